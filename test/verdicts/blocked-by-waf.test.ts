import { expect, it } from "vitest";
import { type Meddle, solve } from "../../simulator/solve.ts";
import { worldFor } from "../../simulator/worlds.ts";
import type { Answer } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import { lost } from "./replay.ts";

/** Scanners, whose requests the load balancer answers 400 itself, with the access log on. */
const { scenario } = worldFor("scanners", 2);
const logged = {
  ...scenario,
  seen: {},
  logs: { ...worldFor("logged-expensive-endpoint", 1).scenario.logs, on: ["access"] },
} as typeof scenario;

const factor = ({ factors }: Session) => factors.find((one) => one.factor === "blocked-by-waf")?.statement ?? null;

/** The log as it would be had a web ACL turned the scanners away. */
const turnedAway: Meddle = (question, answer) =>
  question.source !== "access-logs"
    ? answer
    : (JSON.parse(
        JSON.stringify(answer).replaceAll('["-1 -1 -1 400 -","-","-"]', '["-1 -1 -1 403 -","-","waf"]'),
      ) as Answer);

it("is told where a web ACL made most of the load balancer's 4xx", async () => {
  const session = await solve(logged, turnedAway);
  expect(session.playbook).toBe("client-errors");
  expect(factor(session)).toMatch(/% of the errors that the load balancer answered itself .* are a web ACL's/);
});

it("is not told of what the load balancer found malformed", async () => {
  const session = await solve(logged);
  expect(session.findings.map(({ id }) => id)).toContain("access-logs.made");
  expect(factor(session)).toBeNull();
});

it("is not told, and missed, without the access log", async () => {
  const session = await solve(logged, (question, answer) =>
    question.source === "access-logs" ? lost : turnedAway(question, answer),
  );
  expect(factor(session)).toBeNull();
  expect(session.gaps.map(({ source }) => source)).toContain("access-logs");
});
