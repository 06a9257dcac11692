import {
  type AutoscalerSizing,
  actsAbove,
  autoscalerName,
  coreCount,
  defineFix,
  desiredReplicas,
  objectChange,
  plain,
  plural,
  type Reach,
  reachOf,
  reachWords,
  shellQuoted,
  sizeAutoscaler,
  sizeNodes,
  sizeReplicas,
  sizeWorkers,
  spike,
  whereItLives,
  workerSetting,
} from "../../../src/playbook.ts";

/**
 * The autoscaler made able to trigger (000 H6–H8): its percent are of the request, cut to whole ones, and a ratio within
 * its tolerance is left alone. Target and maximum together: a lower target alone meets the old maximum in the same burst.
 * The slower, second line of defence: new pods come after the burst that asked for them has begun (000 J6, J7).
 */
export default defineFix({
  id: "autoscaler-that-acts",
  kind: "mitigate",
  for: ["worker-concurrency-ceiling", "insufficient-capacity"],
  propose(facts, verdict) {
    const { workload } = facts;
    const ceiling = verdict.rootCause === "worker-concurrency-ceiling";
    if (!workload || !verdict.factors.includes("autoscaler-never-triggers")) return null;
    if (!ceiling && verdict.rootCause !== "insufficient-capacity") return null;
    const planned = ceiling ? sizeWorkers(facts) : null;
    // Where workers are no setting, pods stay as they are and grow in number.
    const workers =
      planned && facts.workers && workerSetting(workload, facts.workers, planned.workers.to) ? planned : null;
    const others = workers ? [workers] : [ceiling ? null : sizeNodes(facts), sizeReplicas(facts)];
    const least = Math.max(0, ...others.map((one) => one?.pods.to ?? 0));
    const sizing = sizeAutoscaler(facts, workers, least);
    if (!sizing || sizing.target.to === sizing.target.from) return null;
    const object = autoscalerName(workload.namespace, sizing.name);
    const patch = { spec: { maxReplicas: sizing.max.to, targetCPUUtilizationPercentage: sizing.target.to } };
    const undo = { spec: { maxReplicas: sizing.max.from, targetCPUUtilizationPercentage: sizing.target.from } };
    const asked = desiredReplicas(sizing.pods, sizing.seen, sizing.target.to);
    const reach = reachOf(facts);
    const word = spike(facts.episodes);
    return {
      id: "autoscaler-that-acts",
      for: ["worker-concurrency-ceiling", "insufficient-capacity"],
      title: `autoscaler at ${sizing.target.to} %, at most ${sizing.max.to} pods`,
      why: `Pods as busy as in the ${word}s show ${sizing.seen} % of a request of ${coreCount(sizing.request)}; at a target of ${sizing.target.to} % that scales from ${sizing.pods} to ${asked} pods, at ${sizing.target.from} % it never scaled out. By itself it does not end the alarm: its pods come when ${word === "spike" ? "a spike" : "an episode"} is well under way.`,
      risk: roomWords(sizing),
      changes: [objectChange(workload.appliedBy, object, "merge", patch, undo)],
      preconditions: [
        whereItLives(workload.appliedBy),
        ...(workers
          ? ["change the workers first or together with this: the percentages refer to the new request"]
          : []),
        ...roomBefore(sizing.room, reach),
      ],
      verify: [
        `kubectl get hpa ${shellQuoted(sizing.name)} -n ${shellQuoted(workload.namespace)}: below ${sizing.target.to} % between the ${word}s, above ${plain(actsAbove(sizing.target.to))} % in them`,
        "if it stays at its minimum after the fix, that is a good sign as long as the workers carry the load, not a sign that it still cannot trigger",
      ],
      rollback: [objectChange(workload.appliedBy, object, "merge", undo).command],
      arithmetic: arithmeticOf(sizing, asked, reach, word),
    };
  },
});

function roomBefore(room: AutoscalerSizing["room"], reach: Reach | null): readonly string[] {
  if (!room) return [];
  if (reach) return reachWords(room, reach).before;
  return [
    `the node groups may grow to ${plural(room.nodesNeeded, "node")} for these pods alone: look at their maximum (aws eks describe-nodegroup, or the node pool's limits)`,
  ];
}

function arithmeticOf(sizing: AutoscalerSizing, asked: number, reach: Reach | null, word: string): string[] {
  const { target, max, seen, seenFull, pods, request, path, room } = sizing;
  const full = desiredReplicas(pods, seenFull, target.to);
  return [
    `utilisation in the ${word}s: ${seen} % of ${plain(request)} cores; ${seen} / ${target.to} = ${plain(seen / target.to)}, above the tolerance's 1.1, so ceil(${pods} × ${plain(seen / target.to)}) = ${asked} pods`,
    `with all workers busy: ${seenFull} %, so ceil(${pods} × ${plain(seenFull / target.to)}) = ${full} pods; the maximum goes from ${max.from} to ${max.to}`,
    ...(path && path.length > 1
      ? [`if the busiest recorded minute lasted, its work would take the fleet from ${path.join(" to ")} pods`]
      : []),
    ...(room
      ? [
          `room: ${plural(room.perNode, "pod")} a node (${room.binds === "cpu" ? "CPU" : "memory"} binds), so ${max.to} pods need ${plural(room.nodesNeeded, "node")} of today's ${room.nodes}; ${plain(room.leftForOthers)} cores stay for others`,
        ]
      : []),
    ...(room && reach ? [reachWords(room, reach).line] : []),
  ];
}

function roomWords({ room, max }: AutoscalerSizing): string {
  const late =
    "New pods come late: the metric takes up to a minute, a node that has to start some minutes more, then the image and the application's own start.";
  if (!room) return `Whether the nodes hold ${max.to} pods is not known. ${late}`;
  const short = room.nodesNeeded > room.nodes ? `${max.to} pods need more nodes than there are today. ` : "";
  return `${short}More pods cost the nodes that they run on while they exist. ${late}`;
}
