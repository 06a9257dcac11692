import {
  attributesChange,
  defineFix,
  duration,
  type Facts,
  highest,
  plural,
  shellQuoted,
  type TopologyFact,
} from "../../../src/playbook.ts";
import { newPodsBefore } from "../../signals/slow-after-new-pods.ts";

const SLOW_START = "slow_start.duration_seconds";
/** Seconds that slow start may last (Elastic Load Balancing User Guide, "Slow start mode"); set in steps of half a minute. */
const [LEAST, MOST, STEP] = [30, 900, 30];

/**
 * New pods get their share little by little (000 top section 4): slow start of the target group, as long as a new pod was
 * seen to be slow. It needs pods as targets and round robin; where it cannot be had, what would help is the pod's own:
 * ready only once it is warm. How slow one new pod is was not measured, so there is no forecast.
 */
export default defineFix({
  id: "warm-up-new-pods",
  for: ["cold-start"],
  propose(facts, verdict) {
    const { topology, targetGroups, blame, service, workload } = facts;
    const group = targetGroups?.find(({ arn }) => arn === blame?.guilty?.arn);
    const slow = slowFor(facts);
    if (verdict.rootCause !== "cold-start" || !topology || !group || slow === null) return null;
    const to = Math.min(MOST, Math.max(LEAST, Math.ceil(slow / STEP) * STEP));
    const against = unfit(topology, to);
    const by = workload?.appliedBy ?? "unknown";
    const set =
      against === null
        ? attributesChange(
            { group, service, by },
            { [SLOW_START]: `${to}` },
            { [SLOW_START]: `${topology.slowStart ?? 0}` },
          )
        : null;
    const probe = workload?.serving.probes.readiness
      ? "its readiness probe answers only once caches are filled and code is compiled"
      : "it has no readiness probe: one that answers only once caches are filled and code is compiled would hold requests back until then";
    return {
      id: "warm-up-new-pods",
      for: ["cold-start"],
      title: set ? `slow start of ${duration(to)} for new pods` : "new pods ready only once they are warm",
      why: set
        ? `A new pod was slow for up to ${duration(slow)}, with its full share of the requests from the first. With slow start that share grows evenly over ${duration(to)}.`
        : `A new pod was slow for up to ${duration(slow)}, with its full share of the requests from the first. ${against} So it is the pod itself that has to hold back: Kubernetes sends it requests as soon as it is ready.`,
      risk: set
        ? "The other pods carry more while a new one warms up: after a rollout or scale-out under full load they may be the slow ones. A pod that replaces all others at once gets no slow start: it needs one that is past it."
        : "A pod that is ready later makes rollouts and scale-outs take as much longer.",
      changes: set ? [set.change] : [],
      preconditions: [
        ...(set?.before ?? []),
        `the application's owners: ${probe}; requests of its own at start-up (a warm-up call in a startup probe or a postStart hook) shorten it for everyone`,
      ],
      verify: [
        ...(set
          ? [
              `aws elbv2 describe-target-group-attributes --target-group-arn ${shellQuoted(group.arn)}: ${SLOW_START} is ${to}`,
            ]
          : []),
        "the next rollout or scale-out at the same load makes no episode (lbdoctor verify)",
      ],
      rollback: set ? [set.rollback] : [],
      arithmetic: [
        `from the start of a new pod to the end of the episode that followed: ${duration(slow)} at most${slow > MOST ? `, and slow start lasts ${duration(MOST)} at most` : ""}`,
        "no forecast of the alarm: how slow one new pod is while it warms up was not measured apart from the others",
      ],
      notOffered: [
        {
          id: "more-pods",
          title: "more pods",
          because: "each of them would start cold as well, and the episodes came at no more load than otherwise",
          evidence: ["pod-cpu.evenness", "target-groups.shares"],
        },
      ],
    };
  },
});

/** The longest time from a new pod's start to the end of the episode that began after it, seconds; null where none did. */
function slowFor({ podCpu, episodes }: Partial<Facts>): number | null {
  if (!podCpu || !episodes) return null;
  return highest(
    episodes.episodes.flatMap((episode) => {
      const [...began] = newPodsBefore(episode, podCpu, episodes.window);
      // The last one of several is the one that was cold to the end.
      const last = highest(began);
      return last === null ? [] : [episode.burst.end - last];
    }),
  );
}

/** Why slow start cannot help here, as a sentence; null where it can. */
function unfit({ targetType, algorithm, slowStart, targets }: TopologyFact, wanted: number): string | null {
  if (targetType !== "ip")
    return `Slow start is no help here: the targets are ${targets ? plural(targets.length, "node") : "nodes"}, and a new pod is not a new target.`;
  if (algorithm !== null && algorithm !== "round_robin")
    return `Slow start cannot be combined with this routing rule (${algorithm.replaceAll("_", " ")}).`;
  if ((slowStart ?? 0) >= wanted)
    return `Slow start is on already, for ${duration(slowStart ?? 0)}, and did not suffice.`;
  return null;
}
