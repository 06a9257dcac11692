import { defineFix, listed, plural, shellQuoted, workloadName } from "../../../src/playbook.ts";

/** What brings a target group's targets back, by what is known of why they are not healthy (000 ALB page, 001 lab). */
export default defineFix({
  id: "bring-targets-back",
  for: ["no-healthy-targets"],
  propose({ suspect, topology, targetGroups, workload, service }, verdict) {
    const group = targetGroups?.find(({ arn }) => arn === suspect?.group?.arn);
    if (verdict.rootCause !== "no-healthy-targets" || !group) return null;
    const targets = topology?.targets ?? null;
    const reasons = [
      ...new Set((targets ?? []).flatMap(({ state, reason }) => (state === "healthy" ? [] : (reason ?? [])))),
    ];
    const pods = workload?.pods.length ?? null;
    const isEmpty = targets !== null && targets.length === 0;
    const selector = Object.entries(service?.selector ?? {})
      .map(([label, value]) => `${label}=${value}`)
      .join(",");
    return {
      id: "bring-targets-back",
      for: ["no-healthy-targets"],
      title: isEmpty ? `register targets with ${group.name}` : `make the targets of ${group.name} pass their check`,
      why: isEmpty
        ? "Nothing is registered: the load balancer has no target to send a request to."
        : "No target passes its check: the requests that the load balancer sends them anyway may fail.",
      risk: "None: nothing is changed.",
      changes: [],
      preconditions: [
        `aws elbv2 describe-target-health --target-group-arn ${shellQuoted(group.arn)} --query ${shellQuoted("TargetHealthDescriptions[].[Target.Id,TargetHealth.State,TargetHealth.Reason]")} --output text`,
        ...(isEmpty && pods !== null
          ? [
              pods === 0
                ? `${workload ? workloadName(workload) : "the workload"} has no pod: its replicas, and why none starts`
                : `${plural(pods, "pod")} of it ${pods === 1 ? "runs" : "run"}: the Service's selector${selector === "" ? "" : ` (${selector})`} and the controller's log (kubectl describe targetgroupbinding)`,
            ]
          : []),
        ...reasons.flatMap((reason) => REASONS[reason] ?? []),
      ],
      verify: ["HealthyHostCount is back, and HTTPCode_ELB_503_Count stops"],
      rollback: [],
      notOffered: [
        {
          id: "one-command",
          title: "one command that ends it",
          because:
            reasons.length === 0
              ? "that no target is healthy is a symptom, not a reason: no change follows from it"
              : `the targets' current reasons (${listed(reasons)}) say where to look, but not what is wrong there`,
          evidence: ["target-health.course"],
        },
      ],
    };
  },
});

/** What a reason code leads to (ELB User Guide, "Target health status"). */
const REASONS: { readonly [reason: string]: readonly string[] } = {
  "Target.Timeout": [
    "Target.Timeout: packets are dropped (security groups), or the targets are too busy to answer in time",
  ],
  "Target.FailedHealthChecks": [
    "Target.FailedHealthChecks: the process closes or refuses: does it listen on the check's port?",
  ],
  "Target.ResponseCodeMismatch": [
    "Target.ResponseCodeMismatch: the check's path answers with a code that its matcher does not accept",
  ],
  "Target.NotInUse": ["Target.NotInUse: no rule forwards to the target group, or its zone is not enabled"],
  "Target.InvalidState": ["Target.InvalidState: the instances are stopped or terminated"],
};
