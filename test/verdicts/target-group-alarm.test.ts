import { expect, it } from "vitest";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { solve } from "../../simulator/solve.ts";

const onTargetGroup = () => {
  const main = INCIDENTS["worker-ceiling"]();
  return { ...main, alarm: { ...main.alarm, on: "target group" as const } };
};

it("finds the same cause where the alarm watches the target group alone", async () => {
  const session = await solve(onTargetGroup());
  expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
  expect(session.verdict?.factors).not.toContain("alarm-on-whole-load-balancer");
});

it("does not take an empty answer for proof that the load balancer is gone", async () => {
  const session = await solve(onTargetGroup(), (question, answer) =>
    question.operation === "DescribeLoadBalancers" ? { status: "answered", pages: [{ LoadBalancers: [] }] } : answer,
  );
  expect(session.hypotheses.find(({ cause }) => cause === "alarm-on-nothing")?.status).not.toBe("confirmed");
  expect(session.gaps.find(({ step }) => step === "watched")).toMatchObject({
    what: expect.stringContaining("not known whether it exists"),
    remedy: expect.stringContaining("aws elbv2 describe-load-balancers"),
  });
});

it("says that the target group is gone, where the controller has made another in its place", async () => {
  const session = await solve(onTargetGroup(), (question, answer) => {
    if (question.operation !== "DescribeTargetGroups" || answer.status !== "answered") return answer;
    return JSON.parse(JSON.stringify(answer).replaceAll("88e28b4b6c", "0000000000"));
  });
  expect(session.verdict).toMatchObject({ rootCause: "alarm-on-nothing", confidence: "confirmed" });
  expect(session.verdict?.headline).toContain("does not exist");
  const gap = session.gaps.find(({ what }) => what.includes("no such target group any more"));
  expect(gap).toMatchObject({ kind: "missing", source: "elbv2" });
  expect(gap?.consequence).toContain("too few workers");
});
