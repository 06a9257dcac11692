import { expect, it } from "vitest";
import { solve } from "../../simulator/solve.ts";
import { worldFor } from "../../simulator/worlds.ts";
import type { Answer, Question } from "../../src/model/question.ts";

/* Prometheus counts no restarts, and the pods say of themselves whether they were ever restarted. */

const { scenario } = worldFor("errors-in-periods", 1);
const isCounter = ({ source, input }: Question) =>
  source === "prometheus" && JSON.stringify(input).includes("kube_pod_container_status_restarts_total");

/** The world without a counter, and with its pods as `change` makes them. */
const uncounted = (change: (pods: string) => string = (pods) => pods) =>
  solve(scenario, (question: Question, answer: Answer): Answer => {
    if (isCounter(question) && answer.status === "answered")
      return { status: "answered", pages: [{ status: "success", data: { resultType: "matrix", result: [] } }] };
    return question.input.resource === "pods" && answer.status === "answered"
      ? JSON.parse(change(JSON.stringify(answer)))
      : answer;
  });
const told = async (session: ReturnType<typeof uncounted>) => {
  const { findings, gaps } = await session;
  return {
    finding: findings.find(({ id }) => id === "restarts.restarts"),
    gap: gaps.find(({ what }) => what.includes('that is not "no restart"')),
  };
};

it("takes pods that are older than the window, and never were restarted, for pods without a restart", async () => {
  const { finding, gap } = await told(uncounted());
  expect(finding?.statement).toMatch(/^all \d+ pods? are older than the window, and none of their containers was ever/);
  expect(finding?.reproduce.join()).toContain("kubectl get pods");
  expect(gap).toBeUndefined();
});

it.each([
  ["one was restarted, nobody knows when", (pods: string) => pods.replace('"restartCount":0', '"restartCount":1')],
  [
    "one is younger than the window",
    (pods: string) => pods.replace(/"creationTimestamp":"[^"]*"/, '"creationTimestamp":"2999-01-01T00:00:00Z"'),
  ],
])("leaves a gap where %s", async (_, change) => {
  const { finding, gap } = await told(uncounted(change));
  expect(finding).toBeUndefined();
  expect(gap?.remedy).toContain("kube-state-metrics");
});
