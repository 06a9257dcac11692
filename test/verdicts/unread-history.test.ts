import { describe, expect, it } from "vitest";
import { scenarioFor } from "../../simulator/families.ts";
import { solve } from "../../simulator/solve.ts";
import type { Answer, Question } from "../../src/model/question.ts";

const unreadHistory = ({ operation }: Question, answer: Answer): Answer =>
  operation === "DescribeAlarmHistory"
    ? { status: "failed", failure: { kind: "forbidden", message: "not permitted" } }
    : answer;

/** That there was no trouble before the window is known from the alarm's history alone. */
describe.each([1, 2, 3])("a rollout that made it slow (%d), where the alarm's history cannot be read", (seed) => {
  it("is the likely cause at most, and says what is not known", async () => {
    const scenario = scenarioFor("deploy-regression", seed);
    const whole = await solve(scenario);
    expect(whole.verdict).toMatchObject({ rootCause: "deploy-regression", confidence: "confirmed" });
    const session = await solve(scenario, unreadHistory);
    expect(session.verdict?.confidence).not.toBe("confirmed");
    expect(["deploy-regression", null]).toContain(session.verdict?.rootCause);
    const judged = session.hypotheses.find(({ cause }) => cause === "deploy-regression");
    expect(judged?.status).toBe("supported");
    expect(judged?.because).toContain("could not be read");
  });
});
