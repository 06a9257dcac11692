import { expect, it } from "vitest";
import weightToZero from "../../playbooks/fixes/weight-to-zero/fix.ts";
import { episodes, level } from "../signals/facts.ts";
import { group, responses } from "../signals/groups.ts";
import { groupFacts, said, verdictOf } from "./group-facts.ts";

type More = Parameters<typeof groupFacts>[0];
const fixed = (more: More = {}) => weightToZero.propose(groupFacts(more), verdictOf("canary-weight"), []);
const actionsIn = (command: string | undefined) =>
  JSON.parse(/--(?:default-)?actions '(.*)'$/.exec(command ?? "")?.[1] ?? "[]");

it("changes that weight and keeps all else of the rule, with today's as the way back", () => {
  const fix = fixed({ rule: { groupStickiness: 300 } });
  const command = fix?.changes[0]?.command;
  expect(command).toMatch(/^aws elbv2 modify-rule --rule-arn arn:rule /);
  const [forward] = actionsIn(command);
  expect(forward.ForwardConfig.TargetGroups.map(({ Weight }: { Weight: number }) => Weight)).toEqual([0, 80]);
  expect(forward.ForwardConfig.TargetGroupStickinessConfig).toEqual({ Enabled: true, DurationSeconds: 300 });
  expect(actionsIn(fix?.rollback[0])[0].ForwardConfig.TargetGroups[0].Weight).toBe(20);
  expect(said(fix)).toContain("1 / (1 − 20 %) = 1.3 times");
  expect(said(fix)).toContain("no forecast of the alarm");
});

it("is the listener's default action where the rule is its default", () => {
  expect(fixed({ rule: { defaultOf: "arn:listener" } })?.changes[0]?.command).toMatch(
    /^aws elbv2 modify-listener --listener-arn arn:listener --default-actions /,
  );
});

it("gives no command that would drop another action of the rule", () => {
  const fix = fixed({ rule: { forwardsOnly: false } });
  expect(fix?.changes).toEqual([]);
  expect(said(fix)).toContain("does more than forward");
});

it("is made where the weight is kept: the Ingress, or Argo Rollouts", () => {
  const byIngress = fixed({ tags: { "ingress.k8s.aws/resource": "default/api-data-service:80" } });
  expect(byIngress?.changes[0]?.command).toBe("kubectl edit ingress api -n default");
  const byRollout = fixed({ workload: { kind: "Rollout" } });
  expect(byRollout?.changes[0]?.command).toBe("kubectl argo rollouts abort data-service -n default");
});

it("asks for the pods first where the other target group would get twice its requests", () => {
  const half = {
    targetGroups: [20, 20].map((weight, index) => ({
      arn: index === 0 ? groupFacts({}).service.targetGroup : "arn:stable",
      weight,
    })),
  };
  expect(said(fixed({ rule: half }))).toContain("give it the pods for that first");
  expect(said(fixed())).not.toContain("give it the pods for that first");
});

it("compares what fails where no latency was read, and does not say that the pods are enough", () => {
  const { blame: _, ...facts } = groupFacts({});
  const { arn, name } = { arn: facts.service.targetGroup, name: "data" };
  const { responses: answers } = responses([
    { ...group(name, { requests: level(0, 100), failed: level(0, 50) }), arn },
    group("stable", { requests: level(400, 400), failed: level(4, 4) }),
    group("cart", { requests: level(400, 400), failed: level(400, 400) }),
  ]);
  const known = { ...facts, ...episodes(), suspect: { group: { arn, name }, isOwn: true }, responses: answers };
  const fix = weightToZero.propose(known, verdictOf("canary-weight"), []);
  expect(fix?.why).toContain("fails 50 % of its requests where stable fails 1 % of the same requests");
  expect(actionsIn(fix?.changes[0]?.command)[0].ForwardConfig.TargetGroups[0].Weight).toBe(0);
  expect(fix?.notOffered).toEqual([]);
});
