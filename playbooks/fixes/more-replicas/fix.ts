import {
  defineFix,
  type Facts,
  forecastAlarm,
  forecastFacts,
  forecastLines,
  NODE_FULL,
  percent,
  plain,
  plural,
  type ReplicaSizing,
  reachOf,
  reachWords,
  refuseLeastOutstanding,
  refuseRollback,
  replicasChange,
  replicasUndo,
  roomFor,
  shelfOf,
  shellQuoted,
  shortfall,
  sizeReplicas,
  sizeWorkers,
  spike,
  whereItLives,
  workerSetting,
} from "../../../src/playbook.ts";
import { GIVEN_UP_USED, givenUpLines } from "../given-up.ts";

/**
 * More pods from the beginning (000 H1, J): for a fleet that uses all its CPU, and for a server whose workers are no
 * setting. The minimum is raised, not only the maximum: pods that the autoscaler adds come after the burst has begun.
 */
export default defineFix({
  id: "more-replicas",
  for: ["insufficient-capacity", "worker-concurrency-ceiling"],
  uses: GIVEN_UP_USED,
  propose(facts, verdict, hypotheses) {
    const { workload, workers, nodes } = facts;
    if (!workload || workload.kind === "DaemonSet") return null;
    const cause = verdict.rootCause;
    // Where workers are a setting, and the nodes have cores for more of them, more-workers is quicker and cheaper.
    const onlyPods =
      cause === "worker-concurrency-ceiling" &&
      (!workers || workerSetting(workload, workers, 2) === null || sizeWorkers(facts) === null);
    if (cause !== "insufficient-capacity" && !onlyPods) return null;
    if ((nodes ?? []).some(({ pods, busyInBursts }) => pods > 0 && (busyInBursts ?? 0) >= NODE_FULL)) return null;
    const sizing = sizeReplicas(facts);
    if (!sizing) return null;
    const { from, to } = sizing.pods;
    const shelf = nodes ? shelfOf(nodes) : null;
    const size = { cpu: workload.podCpuRequest ?? 0, memory: workload.podMemoryRequest };
    const room = shelf && nodes && size.cpu > 0 ? roomFor(nodes, shelf, size, to) : null;
    const reach = reachOf(facts);
    const reached = room && reach ? reachWords(room, reach) : null;
    return {
      id: "more-replicas",
      for: ["insufficient-capacity", "worker-concurrency-ceiling"],
      title: `${to} pods instead of ${from}`,
      why: `The ${spike(facts.episodes)}s need what ${plural(to, "pod")} can do, from their first minute: pods that are added in the middle of one come too late.${shortfall(sizing.forecast)}`,
      risk: `${plural(to - from, "pod")} more run all day. ${room ? `They need ${plural(room.nodesNeeded, "node")} in all; there are ${room.nodes}.` : "Whether the nodes hold them is not known."} Its downstream services get as many more connections.`,
      changes: [replicasChange(workload, facts.autoscaler, to)],
      preconditions: [
        whereItLives(workload.appliedBy),
        "what the pods share (a database, its connections) can take that many more of them",
        ...(reached?.before ?? []),
      ],
      verify: [
        `kubectl get pods -n ${shellQuoted(workload.namespace)}: ${to} ready, none Pending`,
        "under the next comparable load the pods stay below the cores at which they top out now (lbdoctor verify)",
      ],
      rollback: [replicasUndo(workload, facts.autoscaler).command],
      arithmetic: [...arithmeticOf(facts, sizing), ...(reached ? [reached.line] : []), ...givenUpLines(facts)],
      notOffered: [...refuseLeastOutstanding(facts), ...refuseRollback(facts, hypotheses)],
    };
  },
});

function arithmeticOf(facts: Partial<Facts>, { places, fleet, forecast }: ReplicaSizing): string[] {
  const known = forecastFacts(facts);
  if (!known) return [];
  const { present: now } = known;
  return [
    `${now.pods} pods × ${plain(now.workers)} were ${percent(Math.min(1, forecastAlarm(known, now)?.utilisation ?? 1))} busy`,
    ...(places === null ? [] : [`the existing nodes have CPU for ${plural(places, "pod")} more`]),
    ...forecastLines(known, fleet, forecast),
  ];
}
