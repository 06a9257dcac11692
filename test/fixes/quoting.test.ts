import { expect, it } from "vitest";
import latency from "../../playbooks/alarms/latency/playbook.ts";
import type { Facts } from "../../src/model/facts.ts";
import type { Verdict } from "../../src/model/judgement.ts";
import { CAUSES, type Cause } from "../../src/model/vocabulary.ts";
import { MAIN_VERDICT, mainFacts } from "./main-facts.ts";

/** A name that a shell would run, wherever it stands bare. */
const HOSTILE = "$(touch x)";

/** The main incident's facts with hostile names, on full nodes of a node group that can be named. */
function hostile(): Facts {
  const facts = mainFacts();
  const arn = `arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/${HOSTILE}/1`;
  const tags = { "elbv2.k8s.aws/cluster": HOSTILE, "ingress.k8s.aws/stack": "x" };
  const group = { arn, name: HOSTILE, tags, healthCheck: { path: "/" } };
  const load = { arn, name: HOSTILE, requests: 900, inside: 5, outside: 0.5, maximum: 9, worstAverage: 5 };
  const set = { name: HOSTILE, created: facts.episodes.window.start - 86_400, image: "x:1", revision: 3 };
  return {
    ...facts,
    alarm: { ...facts.alarm, name: HOSTILE },
    loadBalancer: { ...facts.loadBalancer, name: HOSTILE, arn: HOSTILE },
    targetGroups: [group as unknown as Facts["targetGroups"][number]],
    blame: { ...facts.blame, groups: [load], guilty: load } as unknown as Facts["blame"],
    service: { ...facts.service, namespace: HOSTILE, name: HOSTILE, targetGroup: arn },
    workload: {
      ...facts.workload,
      namespace: HOSTILE,
      name: HOSTILE,
      serving: { ...facts.workload.serving, name: HOSTILE },
      replicaSets: [set as unknown as Facts["workload"]["replicaSets"][number]],
    },
    autoscaler: {
      ...facts.autoscaler,
      target: facts.autoscaler.target && { ...facts.autoscaler.target, name: HOSTILE },
    },
    rollouts: [
      { at: facts.episodes.window.start, replicaSet: HOSTILE, version: "2", image: "x:2" } as Facts["rollouts"][number],
    ],
  };
}

/** What of a text's command stands bare: a shell takes nothing in single quotes for anything but itself. */
const bare = (text: string) => text.slice(text.search(COMMAND)).replaceAll(/'[^']*'/g, "");
const COMMAND = /\b(?:aws|kubectl|helm) [a-z]/;

function commandsFor(cause: Cause, facts: Facts): string[] {
  const verdict: Verdict = { ...MAIN_VERDICT, rootCause: cause };
  const fixes = latency.fixes.flatMap((fix) => fix.propose(facts, verdict, []) ?? []);
  return fixes
    .flatMap((fix) => [
      ...fix.changes.map(({ command }) => command),
      ...fix.preconditions,
      ...fix.verify,
      ...fix.rollback,
    ])
    .filter((text) => COMMAND.test(text));
}

it.each(CAUSES)("%s: no name from outside stands bare in a command", (cause) => {
  const facts = hostile();
  const full = facts.nodes.map((node) => ({ ...node, group: HOSTILE, busyInBursts: node.pods > 0 ? 0.95 : null }));
  for (const one of [facts, { ...facts, nodes: full }])
    for (const command of commandsFor(cause, one)) expect(bare(command), command).not.toContain("$(");
});

it("reaches the commands of the node group, the rollout, the autoscaler and the zonal shift", () => {
  const facts = hostile();
  const full = facts.nodes.map((node) => ({ ...node, group: HOSTILE, busyInBursts: node.pods > 0 ? 0.95 : null }));
  const all = CAUSES.flatMap((cause) => [facts, { ...facts, nodes: full }].flatMap((one) => commandsFor(cause, one)));
  for (const begin of [
    "aws eks update-nodegroup-config --cluster-name '",
    "kubectl rollout undo '",
    "kubectl rollout status '",
    "kubectl get hpa '",
    "--resource-identifier '",
  ])
    expect(
      all.some((command) => command.includes(begin)),
      begin,
    ).toBe(true);
});
