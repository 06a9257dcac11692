import {
  ASSUMPTIONS,
  autoscalerName,
  defineFix,
  type Facts,
  type Fix,
  forecastAlarm,
  forecastFacts,
  objectChange,
  percent,
  plain,
  plural,
  reachOf,
  reachWords,
  refuseLeastOutstanding,
  refuseRollback,
  roomFor,
  seconds,
  shelfOf,
  whereItLives,
  workerSetting,
  workloadName,
} from "../../src/playbook.ts";

/** Where the latency's own share is above the threshold, pods are added until this share of their workers is busy. */
const BUSY_SHARE = 0.7;
/** More than this many times the present pods is no longer a change of a number. */
const MOST = 4;
/** A node this busy has nothing to give to more pods; see more-nodes. */
const NODE_FULL = 0.85;

/**
 * More pods from the beginning (000 H1, J): for a fleet that uses all its CPU, and for a server whose workers are no
 * setting. The minimum is raised, not only the maximum: pods that the autoscaler adds come after the burst has begun.
 */
export default defineFix({
  id: "more-replicas",
  for: ["insufficient-capacity", "worker-concurrency-ceiling"],
  propose(facts, verdict, hypotheses) {
    const { workload, workers, nodes } = facts;
    if (!workload || workload.kind === "DaemonSet") return null;
    const cause = verdict.rootCause;
    // Where workers are a setting, more-workers is quicker and cheaper.
    const onlyPods =
      cause === "worker-concurrency-ceiling" && (!workers || workerSetting(workload, workers, 2) === null);
    if (cause !== "insufficient-capacity" && !onlyPods) return null;
    if ((nodes ?? []).some(({ pods, busyInBursts }) => pods > 0 && (busyInBursts ?? 0) >= NODE_FULL)) return null;
    const plan = planReplicas(facts);
    if (!plan) return null;
    const { from, to } = plan;
    const shelf = nodes ? shelfOf(nodes) : null;
    const size = { cpu: workload.podCpuRequest ?? 0, memory: workload.podMemoryRequest };
    const room = shelf && nodes && size.cpu > 0 ? roomFor(nodes, shelf, size, to) : null;
    const reach = reachOf(facts);
    const reached = room && reach ? reachWords(room, reach) : null;
    return {
      id: "more-replicas",
      for: ["insufficient-capacity", "worker-concurrency-ceiling"],
      title: `${to} pods instead of ${from}`,
      why: `The bursts need what ${plural(to, "pod")} can do, from their first minute: pods that come in the middle of one come too late.`,
      risk: `${plural(to - from, "pod")} more run all day. ${room ? `They need ${plural(room.nodesNeeded, "node")} in all; there are ${room.nodes}.` : "Whether the nodes hold them is not known."} What is behind the service gets as many more connections.`,
      changes: [changeOf(workload, facts.autoscaler, to)],
      preconditions: [
        whereItLives(workload.appliedBy),
        "what the pods share (a database, its connections) bears as many more of them",
        ...(reached?.before ?? []),
      ],
      verify: [
        `kubectl get pods -n ${workload.namespace}: ${to} ready, none Pending`,
        "in the next burst the pods stay below their plateau (lbdoctor verify)",
      ],
      rollback: [changeOf(workload, facts.autoscaler, from).command],
      arithmetic: [...plan.arithmetic, ...(reached ? [reached.line] : [])],
      notOffered: [...refuseLeastOutstanding(facts), ...refuseRollback(facts, hypotheses)],
    };
  },
});

function planReplicas(facts: Partial<Facts>): { from: number; to: number; arithmetic: string[] } | null {
  const known = forecastFacts(facts);
  if (!known) return null;
  const { present: now } = known;
  const tries = Array.from({ length: now.pods * (MOST - 1) }, (_, index) => {
    const pods = now.pods + 1 + index;
    return { pods, forecast: forecastAlarm(known, { ...now, pods }) };
  });
  const chosen =
    tries.find(({ forecast }) => forecast?.cycles === 0) ??
    tries.find(({ forecast }) => forecast !== null && forecast.utilisation <= BUSY_SHARE);
  if (!chosen?.forecast) return null;
  const { forecast } = chosen;
  return {
    from: now.pods,
    to: chosen.pods,
    arithmetic: [
      `forecast with ${plural(chosen.pods, "pod")} in the recorded bursts: ${percent(forecast.utilisation)} of the workers busy at most, ${seconds(forecast.slowest)} on average in the worst burst, the alarm's metric at most ${seconds(forecast.worst)} of ${seconds(known.alarm.threshold)}`,
      `${now.pods} pods × ${plain(now.workers)} were ${percent(forecastAlarm(known, now)?.utilisation ?? 0)} busy`,
      ASSUMPTIONS,
    ],
  };
}

function changeOf(
  workload: Facts["workload"],
  autoscaler: Facts["autoscaler"] | undefined,
  pods: number,
): Fix["changes"][number] {
  const by = workload.appliedBy;
  const target = autoscaler?.target;
  // With an autoscaler the Deployment's own number is overwritten within seconds: its minimum is what counts.
  if (!target) return objectChange(by, workloadName(workload), "merge", { spec: { replicas: pods } });
  const spec = { minReplicas: pods, maxReplicas: Math.max(target.max, pods) };
  return objectChange(by, autoscalerName(workload.namespace, target.name), "merge", { spec });
}
