import { expect, it } from "vitest";
import keepConnectionsLonger from "../../playbooks/fixes/keep-connections-longer/fix.ts";
import type { Verdict } from "../../src/model/judgement.ts";
import { mainFacts } from "./main-facts.ts";

const verdict = { rootCause: "idle-timeout-mismatch" } as Verdict;
const { workload, loadBalancer } = mainFacts();

function proposed(command: readonly string[], idleTimeout: number | null = 60) {
  const serving = { ...workload.serving, command, args: [], environment: {}, variables: [] };
  const facts = { workload: { ...workload, serving }, loadBalancer: { ...loadBalancer, idleTimeout } };
  return keepConnectionsLonger.propose(facts, verdict, []);
}

it("outlasts the load balancer's idle timeout, told as the server takes it", () => {
  const uvicorn = proposed(["uvicorn", "app:api", "--timeout-keep-alive", "5"]);
  expect(uvicorn?.title).toBe("uvicorn keeps idle connections for 75 s (now 5 s)");
  expect(uvicorn?.changes[0]?.patch).toContain("--timeout-keep-alive 75");
  expect(uvicorn?.preconditions.join()).not.toContain("default");
  expect(proposed(["uvicorn", "app:api", "--timeout-keep-alive", "5"], 120)?.title).toContain("for 135 s");
});

it("says of a default that it was not read", () => {
  const node = proposed(["node", "server.js"]);
  expect(node?.title).toContain("by default");
  expect(node?.preconditions.join()).toContain("is Node.js's default before version 26, and was not read");
  expect(node?.changes[0]?.patch).toContain("server.keepAliveTimeout = 75000");
});

it("proposes nothing where server or idle timeout are not known", () => {
  expect(proposed(["./serve"])).toBeNull();
  expect(proposed(["node", "server.js"], null)).toBeNull();
});
