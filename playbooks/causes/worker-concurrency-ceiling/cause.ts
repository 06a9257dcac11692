import {
  ALIKE,
  confirmed,
  coreCount,
  type DemandFact,
  defineHypothesis,
  HEAVY_THROTTLING,
  highest,
  lowest,
  NODE_FULL,
  NODE_ROOM,
  nodesBusy,
  type PodCpuFact,
  percent,
  plain,
  plural,
  range,
  rejected,
  seconds,
  supported,
  undetermined,
  type WorkersFact,
  type WorkloadFact,
} from "../../../src/playbook.ts";

/**
 * A worker that runs one request after another shows nearly a core, less what it waits in between. Below 0.7 of a core it
 * is waiting, not working; above 1.1 something in it escapes the interpreter lock, and the ceiling is elsewhere.
 */
const BUSY = [0.7, 1.1] as const;
/** Closer to the quota than this, the quota and not the workers may be what flattens it. */
const BELOW_QUOTA = 0.85;
/** Demand this far above the ceiling is told as such; nearer to it, the queue that it makes says more. */
const CLEARLY_MORE = 1.1;

/**
 * Each pod can only work on as many requests as it has workers, so the fleet has a ceiling of pods × workers, and the
 * bursts reach it (000 D–H). What decides: all pods busy alike, flattening near workers × 1 core and below the quota,
 * while more requests are in the house than the ceiling.
 */
export default defineHypothesis({
  cause: "worker-concurrency-ceiling",
  title: "too few workers",
  claim: "The fleet can work on no more requests at once than it has worker processes, and the bursts bring more.",
  needs: ["podCpu", "workers", "workload", "nodes", "rollouts"],
  uses: ["demand"],
  judge({ podCpu, workers, demand, workload, nodes }) {
    const evidence = [
      "pod-cpu.plateau",
      "worker-quota.workers",
      "worker-quota.demand",
      "pod-cpu.evenness",
      "worker-quota.quota",
      "pod-cpu.throttling",
    ];
    const { plateau, jain, throttledShare } = podCpu;
    if (plateau === null || jain === null)
      return undetermined("no pod has a CPU figure in the bursts", ["pod-cpu.evenness"]);
    if (podCpu.together > 1 && jain < ALIKE)
      return rejected(`the pods did not run alike (evenness ${plain(jain)}): a ceiling would keep all of them busy`, [
        "pod-cpu.evenness",
      ]);
    if (throttledShare !== null && throttledShare >= HEAVY_THROTTLING)
      return rejected(`${percent(throttledShare)} of the CPU periods were throttled: the quota stops the pods first`, [
        "pod-cpu.throttling",
      ]);
    const busyShare = nodesBusy(nodes);
    if (busyShare === null)
      return undetermined("needs the nodes' CPU, to tell busy workers from starved ones", ["pod-cpu.plateau"]);
    if (busyShare >= NODE_FULL)
      return rejected(`the nodes were ${percent(busyShare)} busy: they and not the workers are what is full`, [
        "nodes.hosts",
      ]);
    if (busyShare >= NODE_ROOM)
      return undetermined(
        `the nodes were ${percent(busyShare)} busy: nearly full, so that the pods may be starved and not busy`,
        ["nodes.hosts"],
      );
    if (workers.singleCore === false)
      return undetermined(
        `no ceiling follows from the number of workers: ${workers.unknown ?? "one uses many cores"}`,
        ["worker-quota.workers"],
      );
    const count = workers.workers;
    if (count === null)
      return demand
        ? withoutWorkers(podCpu, workers, demand)
        : undetermined("needs the number of workers of a pod", ["pod-cpu.plateau"]);
    const share = plateau / count;
    if (share < BUSY[0])
      return rejected(
        `the pods flatten at ${coreCount(plateau)}, which ${plural(count, "worker")} would exceed if busy: they wait for something else`,
        ["pod-cpu.plateau", "worker-quota.workers"],
      );
    if (share > BUSY[1])
      return rejected(
        `the pods use ${coreCount(plateau)}, more than ${plural(count, "worker")} could on one core each`,
        ["pod-cpu.plateau", "worker-quota.workers"],
      );
    if (workers.quota !== null && plateau > BELOW_QUOTA * workers.quota)
      return rejected(
        `the pods use ${coreCount(plateau)} of a quota of ${plain(workers.quota)}: the quota is used up, not left over`,
        ["pod-cpu.plateau", "worker-quota.quota"],
      );
    if (!demand)
      return undetermined("needs quiet minutes to compare the bursts with", [
        "pod-cpu.plateau",
        "worker-quota.workers",
      ]);
    return weigh(podCpu, count, workers, demand, workload, evidence);
  },
});

function weigh(
  podCpu: PodCpuFact,
  count: number,
  workers: WorkersFact,
  demand: DemandFact,
  workload: WorkloadFact,
  evidence: string[],
) {
  const ceiling = demand.pods * count;
  const over = demand.byEpisode.filter(({ outstanding }) => outstanding > ceiling);
  const explains = over.map(({ episode }) => episode);
  if (over.length === 0) {
    const most = highest(demand.byEpisode.map(({ outstanding }) => outstanding)) ?? 0;
    return rejected(`at most ${plain(most)} requests were in the house at once, and the fleet can work on ${ceiling}`, [
      "worker-quota.demand",
    ]);
  }
  const means = podCpu.pods.flatMap(({ inBursts }) => inBursts ?? []);
  const low = plain(lowest(means) ?? 0);
  const high = plain(highest(means) ?? 0);
  const quota = workers.quota === null ? "without a quota" : `below their quota of ${plain(workers.quota)}`;
  const throttled =
    podCpu.throttledShare === null ? "" : `, with ${percent(podCpu.throttledShare)} of the CPU periods throttled`;
  const worst = highest(over.map(({ outstanding }) => outstanding)) ?? 0;
  const slowest = highest(over.map(({ latency }) => latency)) ?? 0;
  const arrivals = highest(over.map((one) => one.demand)) ?? 0;
  const need =
    arrivals > CLEARLY_MORE * ceiling
      ? `the busiest minute alone brings work for ${plain(Math.round(arrivals * 10) / 10)}`
      : `up to ${Math.round(worst)} are in the house at once`;
  const kind = workers.kind === "event loop" ? "event-loop " : "";
  return confirmed(
    `all pods flatten at ${coreCount(podCpu.plateau ?? 0)}, ${quota}, while up to ${Math.round(worst)} requests are in the house for ${ceiling} workers`,
    evidence,
    explains,
    {
      headline: `${workload.name} can work on ${plural(ceiling, "request")} at a time; in the bursts ${need}.`,
      summary: `${plural(demand.pods, "pod")} × ${plural(count, `${workers.server ?? ""} ${kind}worker`.trim())} can work on ${ceiling} requests at a time. In the bursts all pods run alike (${range(low, high)} cores on average) and flatten at ${coreCount(podCpu.plateau ?? 0)}, ${quota}${throttled}, while requests wait: a request that takes ${seconds(demand.serviceTime)} in quiet minutes takes ${seconds(slowest)} on average in the worst burst. The queue, not the load balancer, is what the alarm sees.`,
    },
  );
}

/** Without the number of workers, a plateau near a whole number of cores, well below the quota, still points to it. */
function withoutWorkers(podCpu: PodCpuFact, { quota }: WorkersFact, demand: DemandFact) {
  const plateau = podCpu.plateau ?? 0;
  const whole = Math.max(1, Math.round(plateau));
  const fits = plateau / whole >= BUSY[0] && quota !== null && plateau <= BELOW_QUOTA * quota;
  const missing = "needs the number of workers of a pod";
  if (!fits) return undetermined(missing, ["worker-quota.workers", "pod-cpu.plateau"]);
  const explains = demand.byEpisode
    .filter(({ outstanding }) => outstanding > demand.pods * whole)
    .map(({ episode }) => episode);
  return supported(
    `all pods flatten at ${coreCount(plateau)}, below their quota of ${plain(quota ?? 0)}, as ${plural(whole, "worker")} would; ${missing}`,
    ["pod-cpu.plateau", "pod-cpu.evenness", "worker-quota.workers"],
    explains,
  );
}
