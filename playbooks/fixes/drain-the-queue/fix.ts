import {
  defineFix,
  type EpisodesFact,
  plain,
  plural,
  replicasChange,
  replicasUndo,
  shellQuoted,
  spike,
  valueAt,
  whereItLives,
} from "../../../src/playbook.ts";
import { type Classic, classicFact } from "../../evidence/classic/fact.ts";

/**
 * Room behind a Classic Load Balancer for what its queue turns down (004; AWS re:Post, "troubleshoot ELB capacity"): while
 * it overflows the instances take what they can, so that what they took is what so many of them can do.
 */
export default defineFix({
  id: "drain-the-queue",
  for: ["connection-saturation"],
  uses: { classic: classicFact },
  propose({ classic, episodes, topology, workload, autoscaler, loadBalancer }, verdict) {
    if (verdict.rootCause !== "connection-saturation" || !classic || !episodes) return null;
    const worst = worstOf(classic, episodes);
    const instances = topology?.healthy ?? null;
    if (!worst || instances === null || instances === 0) return null;
    const { taken, spilled, step } = worst;
    const factor = (taken + spilled) / taken;
    const pods = workload && workload.kind !== "DaemonSet" && workload.replicas > 0 ? workload : null;
    const now = pods ? pods.replicas : instances;
    const needed = Math.max(now + 1, Math.ceil(now * factor));
    const what = pods ? "pod" : "instance";
    const name = loadBalancer?.name ?? "the load balancer";
    return {
      id: "drain-the-queue",
      for: ["connection-saturation"],
      title: `${plural(needed, what)} behind ${name} instead of ${now}`,
      why: `In the ${spike(episodes)}s more arrived than ${plural(now, what)} took, its queue filled, and the rest was rejected. The queue's length (1,024) is fixed: only faster or more ${what}s empty it.`,
      risk: `${plural(needed - now, what)} more, all day; what they share gets as many more requests.`,
      changes: pods ? [replicasChange(pods, autoscaler, needed)] : [],
      preconditions: [
        ...(pods
          ? [
              whereItLives(pods.appliedBy),
              "where an autoscaler sets the replicas (kubectl get hpa), raise its minimum instead: it takes a number set by hand back",
            ]
          : [
              `more instances, by their Auto Scaling group; or registered by hand: aws elb register-instances-with-load-balancer --load-balancer-name ${shellQuoted(name)} --instances INSTANCE-ID`,
            ]),
        `the ${what}s are what is short, and not what they share (a database): more of them would then wait for it as well`,
        "HTTP keep-alive is on in the servers, and stays open longer than the load balancer's idle timeout: its connections to them are then reused, which costs them less",
      ],
      verify: ["SpilloverCount has no datapoint, and SurgeQueueLength stays below 1,024, in the next comparable load"],
      rollback: pods ? [replicasUndo(pods, autoscaler).command] : [],
      arithmetic: [
        `worst ${step === 60 ? "minute" : "period"}: ${plain(taken)} requests taken and ${plain(spilled)} rejected, ${plain(factor)} times what was taken`,
        `${plural(now, what)} × ${plain(factor)} = ${plain(now * factor)}: at least ${needed}${pods || topology?.targets == null ? "" : "; as many as are in service now"}`,
        "what already waited in the queue comes on top: it is emptied only by what is left over",
      ],
      notOffered: [
        {
          id: "reserve-capacity",
          title: "capacity of the load balancer itself (pre-warming)",
          because:
            "the queue is in front of the instances: it fills because they are slow to take, and not because the load balancer is small",
          evidence: ["classic.answers"],
        },
      ],
    };
  },
});

/** The period of the episodes in which the largest part was turned down; null: nothing was, or nothing was taken. */
function worstOf({ requests, spilled }: Classic, { episodes }: EpisodesFact) {
  const { step } = requests;
  const times = episodes.flatMap(({ burst: { start, end } }) =>
    Array.from({ length: Math.max(0, Math.ceil((end - start) / step)) }, (_, index) => start + index * step),
  );
  const known = times.flatMap((at) => {
    const [taken, over] = [valueAt(requests, at) ?? 0, valueAt(spilled, at) ?? 0];
    return taken > 0 && over > 0 ? [{ taken, spilled: over, step }] : [];
  });
  return known.sort((a, b) => b.spilled / b.taken - a.spilled / a.taken)[0] ?? null;
}
