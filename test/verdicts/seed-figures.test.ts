import { describe, expect, it } from "vitest";
import { type Meddle, solve } from "../../simulator/solve.ts";
import { type WorldKind, worldFor } from "../../simulator/worlds.ts";
import type { Answer } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";

/* The figures of the seeds (001 to 004), each as a whole incident whose truth the simulator knows. */

const solved = (kind: WorldKind, seed: number, meddle?: Meddle): Promise<Session> =>
  solve({ ...worldFor(kind, seed).scenario, seen: {} }, meddle);
const summaryOf = ({ verdict }: Session) => verdict?.summary ?? "";
const judgedAs = ({ hypotheses }: Session, cause: string) => hypotheses.find((one) => one.cause === cause);

it("2 targets in one zone and 6 in the other, cross-zone off: 25 % for each of the two, 8.3 % for the others", async () => {
  const session = await solved("cross-zone-on-flows", 2);
  expect(session.verdict).toMatchObject({ rootCause: "cross-zone-imbalance", confidence: "confirmed" });
  const because = judgedAs(session, "cross-zone-imbalance")?.because;
  expect(because).toMatch(/^a target in \S+ gets 25 % of the requests, one in \S+ 8.3 %: 3 times$/);
  const fix = session.fixes.find(({ id }) => id === "cross-zone-on");
  expect(fix?.changes[0]?.command).toContain("Key=load_balancing.cross_zone.enabled,Value=true");
  expect(fix?.preconditions.join()).toContain("traffic between zones is billed");
  expect(fix?.arithmetic?.join()).toMatch(/connections \/ 2 targets = 25 %.*connections \/ 6 targets = 8.3 %/);
});

it("350 s of the load balancer against 120 s of the server (001 part 7) are told, and nothing else is blamed", async () => {
  const session = await solved("idle-timeout-on-flows", 1);
  const judged = judgedAs(session, "idle-timeout-mismatch");
  expect(judged?.status).not.toBe("rejected");
  expect(judged?.because).toMatch(/closes idle connections after 120 s .* forgets them after 350 s/);
  expect([null, "idle-timeout-mismatch"]).toContain(session.verdict?.rootCause);
});

it("a deregistration delay of 5 s cuts off what is still connected (001 part 2)", async () => {
  const session = await solved("abrupt-on-flows", 1);
  expect(session.verdict).toMatchObject({ rootCause: "abrupt-deregistration", confidence: "confirmed" });
  expect(summaryOf(session)).toContain("gives a leaving target 5 s");
});

it("policy Local and nodes without a pod (001 quiz 6)", async () => {
  const session = await solved("local-policy-unhealthy", 1);
  expect(session.verdict).toMatchObject({ rootCause: "local-policy-blackhole", confidence: "confirmed" });
  expect(summaryOf(session)).toContain("4 of 6 targets have no ready pod");
  expect(session.fixes.map(({ id }) => id)).toContain("targets-with-pods");
});

describe("PROXY protocol on one side (001 part 4)", () => {
  /** The pods run nginx with a mounted file that opens their port so. */
  const listens =
    (words: string): Meddle =>
    (question, answer) => {
      if (question.source !== "kubernetes") return answer;
      const resource = String(question.input.resource);
      if (question.operation === "get" && resource === "configmaps" && question.input.name === "nginx")
        return {
          status: "answered",
          pages: [{ metadata: { name: "nginx" }, data: { "nginx.conf": `server { listen ${words}; }` } }],
        } as Answer;
      if (answer.status !== "answered" || (resource !== "pods" && resource !== "deployments")) return answer;
      const mounted = JSON.parse(JSON.stringify(answer), (key, value) =>
        key === "containers" && Array.isArray(value)
          ? value.map((one) => ({ ...one, volumeMounts: [{ name: "nginx", mountPath: "/etc/nginx" }] }))
          : key === "spec" && value?.containers
            ? { ...value, volumes: [{ name: "nginx", configMap: { name: "nginx" } }] }
            : value,
      );
      return mounted as Answer;
    };
  const portOf = (seed: number) => worldFor("proxy-protocol", seed).scenario.focus.targetPort;

  it("is the load balancer's, where nginx does not expect the header", async () => {
    const session = await solved("proxy-protocol", 1, listens(`${portOf(1)}`));
    expect(session.verdict).toMatchObject({ rootCause: "proxy-protocol-mismatch", confidence: "confirmed" });
  });

  it("is ruled out where both speak it", async () => {
    const session = await solved("proxy-protocol", 1, listens(`${portOf(1)} proxy_protocol`));
    expect(judgedAs(session, "proxy-protocol-mismatch")?.status).toBe("rejected");
  });
});

it("an expired certificate (003 F2)", async () => {
  const session = await solved("certificate-expired", 1);
  expect(session.verdict).toMatchObject({ rootCause: "tls-failure", confidence: "confirmed" });
  expect(summaryOf(session)).toMatch(/expired at (\S+ \S+) UTC, and clients began to fail at \1 UTC/);
});

it("a flash of traffic (003 F3)", async () => {
  const session = await solved("flash-on-application", 2);
  expect(session.verdict).toMatchObject({ rootCause: "connection-saturation", confidence: "confirmed" });
  expect(summaryOf(session)).toMatch(/\d+ times the usual new connections came/);
});

it("a canary of the wrong weight (003 F6)", async () => {
  const session = await solved("canary-overweight", 1);
  expect(session.verdict).toMatchObject({ rootCause: "canary-weight", confidence: "confirmed" });
  expect(summaryOf(session)).toContain("gets 50 % of a weighted rule");
});

it("a rule to the wrong service (003 F4)", async () => {
  const session = await solved("misrouted-requests", 1);
  expect(session.verdict?.rootCause).toBe("misrouted-requests");
  expect(summaryOf(session)).toContain("It began with a change at");
});
