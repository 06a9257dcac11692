import {
  dateAndClock,
  defineFix,
  kubectlUndo,
  type RolloutFact,
  rolloutStatus,
  shellQuoted,
  undoneByGitOps,
  workloadName,
} from "../../../src/playbook.ts";

/**
 * Back to the version before the one with which it began (000 C5). Where GitOps or a chart holds the version, the rollback
 * is there: an undo by hand is taken back at the next sync.
 */
export default defineFix({
  id: "roll-back",
  for: ["deploy-regression"],
  propose({ workload, rollouts, episodes }, verdict) {
    if (verdict.rootCause !== "deploy-regression" || !workload || workload.kind === "DaemonSet") return null;
    const first = episodes?.episodes[0];
    const before = (rollouts ?? []).filter(({ at }) => first === undefined || at <= first.burst.start + 60);
    const bad = before.at(-1);
    const sets = workload.replicaSets.filter(({ created }) => bad !== undefined && created < bad.at);
    const good = sets.at(-1);
    if (!bad || !good) return null;
    const name = workloadName(workload);
    const revision = good.revision === null ? "" : ` --to-revision=${good.revision}`;
    const version = good.image?.split(":").at(-1) ?? good.name;
    const undo = `${kubectlUndo(name)}${revision}`;
    const gitOps = undoneByGitOps(workload.appliedBy);
    const byHelm = workload.appliedBy === "helm";
    const command = gitOps
      ? `git revert the change to ${bad.version ?? bad.image}, and let it sync`
      : byHelm
        ? `helm rollback RELEASE -n ${shellQuoted(name.namespace)}`
        : undo;
    return {
      id: "roll-back",
      for: ["deploy-regression"],
      title: `back to ${version}`,
      why: `The trouble began with ${nameOf(bad)}; the version before it had the same load without it.`,
      risk: "What the new version brought is lost: check first for a changed schema or message format that the old version does not understand.",
      changes: [
        {
          target: `${workload.kind} ${workload.namespace}/${workload.name}`,
          patch: `image: ${good.image ?? good.name}`,
          command,
          lines: [...(bad.image ? [`- image: ${bad.image}`] : []), ...(good.image ? [`+ image: ${good.image}`] : [])],
        },
      ],
      preconditions: [
        "the old version can work with the data that the new one has written (database migrations)",
        ...(byHelm
          ? [
              `RELEASE in the command is the release that owns it, not always its own name: helm list -n ${shellQuoted(name.namespace)}`,
            ]
          : []),
        ...(gitOps ? [] : ["the pipeline does not deploy the new version again meanwhile"]),
      ],
      verify: [
        rolloutStatus(name),
        "quiet minutes take as long as before the rollout; lbdoctor verify after the next comparable load",
      ],
      rollback: ["roll the new version out again"],
      arithmetic: [
        `${nameOf(bad)}, and the first episode at ${first ? dateAndClock(first.alarmAt) : "an unknown time"}`,
      ],
    };
  },
});

function nameOf({ version, replicaSet, at }: RolloutFact): string {
  return `${version ?? replicaSet} of ${dateAndClock(at)}`;
}
