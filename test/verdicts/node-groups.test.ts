import { expect, it } from "vitest";
import type { Answer, Question } from "../../src/model/question.ts";
import { recorded, replay } from "./replay.ts";

const recording = await recorded("worker-ceiling");
const whole = await replay(recording);

const isStatus = ({ input }: Question) => input.name === "cluster-autoscaler-status";
const statusIs = (answer: Answer) => (question: Question, given: Answer) => (isStatus(question) ? answer : given);
const holding = (status: string): Answer => ({
  status: "answered",
  pages: [{ metadata: { name: "cluster-autoscaler-status", namespace: "kube-system" }, data: { status } }],
});
/** All but what the recording has no log of. */
const ofCluster = ({ step }: { readonly step: string | null }) => step !== "access-logs";
const told = (session: typeof whole, id: string) => session.findings.find((one) => one.id === id)?.statement;

it("names the groups with their bounds and what they come to", () => {
  expect(told(whole, "nodes.groups")).toBe(
    "2 node groups under Cluster Autoscaler: general-on-demand 2–4 (now 4) and general-spot 2–10 (now 6); 14 nodes at most",
  );
  expect(whole.findings.find(({ id }) => id === "nodes.groups")?.measures).toEqual({
    groups: 2,
    min: 4,
    max: 14,
    current: 10,
  });
});

it.each([
  [
    "there is no Cluster Autoscaler",
    { status: "failed", failure: { kind: "missing", message: 'configmaps "cluster-autoscaler-status" not found' } },
  ],
  ["its status names no group", holding("autoscalerStatus: Initializing\n")],
] satisfies [string, Answer][])("where %s, that is one gap and nothing else suffers", async (_, answer) => {
  const session = await replay(recording, statusIs(answer));
  expect(session.gaps.filter(ofCluster)).toMatchObject([
    {
      kind: "missing",
      step: "nodes",
      remedy: expect.stringMatching(/kubectl get nodepools.*aws eks describe-nodegroup/),
      // The same step reads the nodes' disks, by which a target may be known as bad.
      consequence: "still open: one target is bad, one path is always slow",
    },
  ]);
  expect(session.verdict).toEqual(whole.verdict);
  expect(session.hypotheses).toEqual(whole.hypotheses);
  expect(session.fixes.map(({ id }) => id)).toEqual(whole.fixes.map(({ id }) => id));
  expect(session.findings.map(({ id }) => id)).toEqual(
    whole.findings.map(({ id }) => id).filter((id) => id !== "nodes.groups"),
  );
});

it("does not add up maxima of which one is not told", async () => {
  const status =
    "nodeGroups:\n- name: a\n  health:\n    minSize: 1\n    maxSize: 3\n- name: b\n  health:\n    minSize: 1\n";
  const session = await replay(recording, statusIs(holding(status)));
  expect(told(session, "nodes.groups")).toBe(
    "2 node groups under Cluster Autoscaler: a 1–3 and b 1–?; the maximum of some is unknown",
  );
});

it("tells where Prometheus lives, and nothing of it where no Service is known for one", async () => {
  expect(told(whole, "service.prometheus")).toBe(
    "Prometheus is Service monitoring/robusta-kube-prometheus-st-prometheus:9090 (kube-prometheus-stack)",
  );
  const session = await replay(recording, (question, answer) =>
    question.input.resource === "services"
      ? JSON.parse(JSON.stringify(answer).replaceAll("kube-prometheus-stack-prometheus", "something-else"))
      : answer,
  );
  expect(told(session, "service.prometheus")).toBeUndefined();
  expect(session.gaps.filter(ofCluster)).toEqual([]);
  expect(session.verdict).toEqual(whole.verdict);
});
