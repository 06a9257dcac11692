import {
  type ContainerFact,
  coreCount,
  defineFix,
  type Facts,
  forecastFacts,
  forecastLines,
  mebibytes,
  millicores,
  objectChange,
  objectEdit,
  plain,
  plural,
  refuseLeastOutstanding,
  refuseQuotaAlone,
  refuseReadinessProbe,
  refuseRollback,
  replicasChange,
  replicasUndo,
  rolloutStatus,
  shortfall,
  sizeWorkers,
  undoRollout,
  type WorkerSizing,
  whereItLives,
  workerSetting,
  workloadName,
} from "../../../src/playbook.ts";
import { GIVEN_UP_USED, givenUpLines } from "../given-up.ts";

/**
 * More workers a pod, with quota, request and memory to match: never one without the others (000 H1–H5). Workers on a
 * quota that is too small throttle each other, and memory for one worker kills two. Vertical relief works at once; new
 * pods come too late for the burst that asks for them (000 J6, J7).
 */
export default defineFix({
  id: "more-workers",
  for: ["worker-concurrency-ceiling"],
  uses: GIVEN_UP_USED,
  propose(facts, verdict, hypotheses) {
    const { workload, workers } = facts;
    if (verdict.rootCause !== "worker-concurrency-ceiling" || !workload || !workers) return null;
    const sizing = sizeWorkers(facts);
    const setting = sizing ? workerSetting(workload, workers, sizing.workers.to) : null;
    if (!sizing || !setting) return null;
    const name = workloadName(workload);
    const by = workload.appliedBy;
    const patch = podPatch(workload.serving.name, sizing, setting.container);
    const { from, to } = sizing.workers;
    const { pods } = sizing;
    const grows = pods.to > pods.from;
    return {
      id: "more-workers",
      for: ["worker-concurrency-ceiling"],
      title: titleOf(sizing),
      why: `${plural(to, "worker")} a pod${grows ? ` and ${pods.to} pods` : ""} raise the fleet's capacity from ${pods.from * from} to ${pods.to * to} requests at a time${grows ? "" : ", immediately and without a new pod"}; each worker needs a core and its own memory, so limit, request and memory rise with them.${shortfall(sizing.forecast)}`,
      risk: `Each worker has its own memory, and how much it needs only shows once ${to} of them run. A pod requests more of its node (${millicores(sizing.cpuRequest.to ?? 0)}): during the rollout one pod more than usual needs that room, and waits for a node where there is none. Requests of one client may now run at the same time in one pod.`,
      changes: [
        ...setting.objects.map(({ object, patch: change, undo }) => objectChange(by, object, "merge", change, undo)),
        ...setting.edits.map(({ object, words }) => objectEdit(by, object, words)),
        objectChange(by, name, "strategic", patch, podNow(workload.serving)),
        ...(grows ? [replicasChange(workload, facts.autoscaler, pods.to)] : []),
      ],
      preconditions: [
        whereItLives(by),
        ...(setting.byHand ? [setting.byHand] : []),
        `the application may run in ${plural(to, "process", "processes")}: nothing is kept in one process' memory that all requests must see (sessions, counters, locks)`,
        ...(setting.objects.length + setting.edits.length > 0
          ? [
              setting.edits.some(({ object }) => object.kind !== "ConfigMap")
                ? "make both changes together: each of them restarts the pods, so make the second one in the same edit"
                : "make both changes together: the file is read when a worker starts, and the change to the Deployment restarts them",
            ]
          : []),
        "try it in a smaller environment first, with its limit raised as well: two workers on half a core start slowly enough to fail their startup probe",
      ],
      verify: [
        rolloutStatus(name),
        `in one pod: ${to + 1} processes of ${workers.server ?? "the server"} (a master and ${plural(to, "worker")}), cpu.max ${quotaText(sizing)}`,
        `memory: about ${mebibytes(workers.residentMemory ?? 0)} a pod right after the start, growing towards ${mebibytes(sizing.memoryRequest?.to ?? 0)} as each worker warms up`,
        "a cheap request and a heavy one at the same time: the cheap one must not wait for the heavy one",
        "run lbdoctor verify after the next load of the same size: a quiet alarm alone proves nothing",
      ],
      rollback: [
        ...setting.objects.map(({ object, undo }) => objectChange(by, object, "merge", undo).command),
        ...setting.edits.flatMap(({ object, undo }) =>
          object.kind === "ConfigMap" ? `${objectEdit(by, object, undo).command}: ${undo}` : [],
        ),
        undoRollout(by, name),
        ...(grows ? [replicasUndo(workload, facts.autoscaler).command] : []),
      ],
      arithmetic: [...arithmeticOf(facts, sizing), ...givenUpLines(facts)],
      notOffered: [
        ...refuseLeastOutstanding(facts),
        ...refuseReadinessProbe(facts),
        ...refuseQuotaAlone(facts),
        ...refuseRollback(facts, hypotheses),
      ],
    };
  },
});

function titleOf({ workers, pods, cpuLimit, cpuRequest, memoryRequest }: WorkerSizing): string {
  const parts = [
    plural(workers.to, "worker"),
    ...(pods.to > pods.from ? [`${pods.to} pods instead of ${pods.from}`] : []),
    ...(cpuLimit ? [`limit ${millicores(cpuLimit.to)}`] : []),
    `request ${millicores(cpuRequest.to ?? 0)}${memoryRequest?.to ? `, ${mebibytes(memoryRequest.to)}` : ""}`,
  ];
  return parts.join(" · ");
}

function quotaText({ cpuLimit }: WorkerSizing): string {
  return cpuLimit ? `"${Math.round(cpuLimit.to * 100_000)} 100000"` : '"max 100000"';
}

/** One patch for the pod: what restarts it must bring all of it. */
function podPatch(name: string, sizing: WorkerSizing, container: object) {
  const { cpuLimit, cpuRequest, memoryRequest, memoryLimit } = sizing;
  const limits = {
    ...(cpuLimit ? { cpu: millicores(cpuLimit.to) } : {}),
    ...(memoryLimit ? { memory: mebibytes(memoryLimit.to) } : {}),
  };
  const requests = {
    cpu: millicores(cpuRequest.to ?? 0),
    ...(memoryRequest?.to ? { memory: mebibytes(memoryRequest.to) } : {}),
  };
  const resources = { ...(Object.keys(limits).length > 0 ? { limits } : {}), requests };
  return { spec: { template: { spec: { containers: [{ name, ...container, resources }] } } } };
}

/** What the pod has today of all that the patch may set. */
function podNow({ name, command, args = [], environment, ...now }: ContainerFact) {
  const cpu = (cores: number | null) => (cores === null ? null : millicores(cores));
  const memory = (bytes: number | null) => (bytes === null ? null : mebibytes(bytes));
  const resources = {
    limits: { cpu: cpu(now.cpuLimit), memory: memory(now.memoryLimit) },
    requests: { cpu: cpu(now.cpuRequest), memory: memory(now.memoryRequest) },
  };
  const env = Object.entries(environment).map(([key, value]) => ({ name: key, value }));
  const own = { command: command.slice(0, command.length - args.length), args, env };
  return { spec: { template: { spec: { containers: [{ name, ...own, resources }] } } } };
}

function arithmeticOf(facts: Partial<Facts>, sizing: WorkerSizing): string[] {
  const { workers } = facts;
  const { workers: count, pods, cpuLimit, cpuRequest, memoryRequest, busy, fleet, forecast, shelf } = sizing;
  const lines = [
    pods.to === pods.from
      ? `ceiling: ${pods.from} pods × ${count.from} = ${pods.from * count.from} at a time now, × ${count.to} = ${pods.to * count.to} after`
      : `ceiling: ${pods.from} pods × ${count.from} = ${pods.from * count.from} at a time now, ${pods.to} × ${count.to} = ${pods.to * count.to} after; with ${pods.from} pods their nodes have cores and memory for ${plural(sizing.most, "worker")} each, which is not enough`,
  ];
  if (cpuLimit)
    lines.push(
      `limit: ${plural(count.to, "worker")} need ${coreCount(count.to)}; on ${plain(cpuLimit.from)} each would get ${plain(cpuLimit.from / count.to)} and wait for the quota`,
    );
  const room = shelf
    ? `a node has ${plain(shelf.allocatable)} − ${plain(shelf.overhead)} = ${plain(shelf.allocatable - shelf.overhead)} cores for pods; `
    : "";
  lines.push(
    `request: ${room}${count.to} busy workers use ${plain(count.to * busy)}; ${millicores(cpuRequest.to ?? 0)} keeps as many pods on a node as today`,
  );
  if (memoryRequest?.to && workers?.residentMemory)
    lines.push(
      `memory: ${mebibytes(workers.residentMemory)} with ${plural(count.from, "worker")}, built at run time and not shared by fork, so ${mebibytes(memoryRequest.to)} with ${count.to}`,
    );
  const known = forecastFacts(facts);
  if (known) lines.push(...forecastLines(known, fleet, forecast));
  return lines;
}
