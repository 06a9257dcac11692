import {
  type Asked,
  cells,
  coreCount,
  cpuMax,
  type DemandFact,
  defineStep,
  type EpisodesFact,
  execIn,
  getConfigMap,
  highest,
  type LatencyFact,
  lowest,
  median,
  type PodCpuFact,
  plural,
  type Question,
  query,
  quoted,
  range,
  seconds,
  spike,
  sum,
  type Typed,
  valueAt,
  valuesWhere,
  type WorkersFact,
  type WorkloadFact,
  weightedAverage,
  within,
  workersOf,
} from "../../../src/playbook.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { podCpuFact } from "../pod-cpu/fact.ts";
import { serviceFact } from "../service/fact.ts";
import { guiltyMetricFact } from "../target-groups/fact.ts";
import { workloadFact } from "../workload/fact.ts";
import { demandFact, workersFact } from "./fact.ts";
import { configMapsOf, contentOf, settingFile, workerWords } from "./workers.ts";

/** How many requests a pod can work on at once, how much CPU it may use, and what the bursts ask of the fleet. */
export default defineStep({
  id: "worker-quota",
  title: "workers and quota",
  needs: { workload: workloadFact },
  uses: [guiltyMetricFact, episodesFact, podCpuFact, serviceFact],
  gives: [workersFact, demandFact],
  async run({ facts, window, allowExec, ask, use, give, find }) {
    const { workload } = facts;
    const read = await readWorkers(workload, window.end, allowExec, ask);
    const { workers } = read;
    give(workersFact, workers);
    find({ id: "workers", ...workerWords(workers), proof: read.workerProof });
    find({ id: "quota", ...quotaWords(workers, workload), proof: read.quotaProof });

    const [metric, episodes, podCpu] = [await use(guiltyMetricFact), await use(episodesFact), await use(podCpuFact)];
    const demand = metric && episodes ? toDemand(metric, episodes, workload, workers, podCpu ?? null) : null;
    if (!demand) return;
    const behindController = (await use(serviceFact))?.proof === "ingress-controller";
    give(demandFact, behindController ? { ...demand, part: true } : demand);
    find({ id: "demand", ...demandWords(demand, episodes), proof: read.workerProof });
  },
});

type Ask = <T>(typed: Typed<T>) => Promise<Asked<T>>;

async function readWorkers(workload: WorkloadFact, now: number, allowExec: boolean, ask: Ask) {
  const { namespace, podPattern, serving } = workload;
  const labels = `namespace=${quoted(namespace)},pod=~${quoted(podPattern)},container=${quoted(serving.name)}`;
  const processesAsked = query(`max by (pod) (container_processes{${labels}})`, now);
  const quotaAsked = query(
    `max by (pod) (container_spec_cpu_quota{${labels}} / container_spec_cpu_period{${labels}})`,
    now,
  );
  const memoryAsked = query(`max by (pod) (container_memory_working_set_bytes{${labels}})`, now);
  const names = configMapsOf(serving);
  const filesAsked = names.map((name) => getConfigMap(namespace, name));
  const pod = workload.pods.find(({ ready }) => ready) ?? workload.pods[0];
  const inPod = (command: string[]) => (allowExec && pod ? execIn(namespace, pod.name, serving.name, command) : null);
  const cpuMaxAsked = inPod(["cat", "/sys/fs/cgroup/cpu.max"]);
  const listAsked = inPod(["ps", "-eo", "pid,ppid,args"]);
  const [processes, quotas, memory, files, maximum, list] = await Promise.all([
    ask(processesAsked),
    ask(quotaAsked),
    ask(memoryAsked),
    Promise.all(filesAsked.map((file) => ask(file))),
    cpuMaxAsked ? ask(cpuMaxAsked) : null,
    listAsked ? ask(listAsked) : null,
  ]);
  const configMaps = new Map(names.map((name, index) => [name, contentOf(files[index], serving, name)] as const));
  const counted = workersOf(serving, {
    configMaps,
    list: list?.ok ? list.value : null,
    processes: processes.ok ? median(processes.value.map(({ value }) => value)) : null,
    pod: pod ? { namespace, pod: pod.name } : null,
  });
  const cgroup = maximum?.ok ? readCpuMax(maximum.value) : null;
  // A quota of a container without a limit is absent from cAdvisor or negative.
  const measured = quotas.ok ? (median(quotas.value.flatMap(({ value }) => (value > 0 ? [value] : []))) ?? null) : null;
  const workers: WorkersFact = {
    ...counted,
    ...quotaFrom(cgroup, measured, serving.cpuLimit),
    cpuMax: cgroup?.text ?? null,
    residentMemory: memory.ok ? median(memory.value.map(({ value }) => value)) : null,
    configuration: settingFile(counted.sources, configMaps),
  };
  const asked = (typed: Typed<unknown> | null): Question[] => (typed ? [typed.question] : []);
  return {
    workers,
    workerProof: [...filesAsked.flatMap(asked), ...asked(listAsked), processesAsked.question],
    quotaProof: [...asked(cpuMaxAsked), quotaAsked.question],
  };
}

function readCpuMax(text: string): { text: string; cores: number | null } | null {
  try {
    return { text: text.trim(), cores: cpuMax(text) };
  } catch {
    // Another cgroup layout: the quota is then taken from the metrics or the limit.
    return null;
  }
}

function quotaFrom(
  cgroup: { cores: number | null } | null,
  measured: number | null,
  limit: number | null,
): Pick<WorkersFact, "quota" | "quotaFrom"> {
  if (cgroup) return { quota: cgroup.cores, quotaFrom: "cpu.max" };
  if (measured !== null) return { quota: measured, quotaFrom: "metrics" };
  // The kubelet sets the quota from the limit; a container without one has none (Kubernetes, Resource Management).
  return { quota: limit, quotaFrom: "limit" };
}

function toDemand(
  metric: LatencyFact,
  { episodes }: EpisodesFact,
  workload: WorkloadFact,
  workers: WorkersFact,
  podCpu: PodCpuFact | null,
): DemandFact | null {
  const bursts = episodes.map(({ burst }) => burst);
  const serviceTime = quietLatency(metric, (at) => within(bursts, at));
  if (serviceTime === null) return null;
  const pods = podCpu?.together ?? workload.pods.length;
  const perRequest = (inside: boolean) =>
    podCpu ? cpuPerRequest(metric, podCpu, (at) => within(bursts, at) === inside) : null;
  return {
    serviceTime,
    cpuPerRequest: perRequest(true),
    cpuPerRequestOutside: perRequest(false),
    pods,
    workers: workers.workers,
    // A worker with threads takes as many requests at a time as it has threads (gunicorn gthread, puma).
    ceiling: workers.workers === null ? null : pods * workers.workers * (workers.threads ?? 1),
    byEpisode: episodes.map(({ id, burst }) => {
      const here = cells(metric.requests).filter(({ at }) => within([burst], at));
      const arrivals = (highest(here.map(({ value }) => value)) ?? 0) / metric.period;
      // Little's law, L = λW: as many requests are in flight on average as come in a second, times how long each stays.
      const outstanding =
        highest(here.map(({ at, value }) => (value / metric.period) * (valueAt(metric.average, at) ?? 0))) ?? 0;
      const latency = weightedAverage(metric.average, metric.requests, (at) => within([burst], at)) ?? 0;
      return { episode: id, arrivals, demand: arrivals * serviceTime, outstanding, latency };
    }),
  };
}

/**
 * What a request takes where none waits: the request-weighted average of the quieter half of the periods outside the
 * bursts, in which queues are shortest. Null where nothing lies outside the bursts.
 */
function quietLatency(metric: LatencyFact, inBurst: (at: number) => boolean): number | null {
  const rates = cells(metric.requests).filter(({ at, value }) => !inBurst(at) && value > 0);
  const half = median(rates.map(({ value }) => value));
  if (half === null) return null;
  const quiet = new Set(rates.filter(({ value }) => value <= half).map(({ at }) => at));
  return weightedAverage(metric.average, metric.requests, (at) => quiet.has(at));
}

function cpuPerRequest(metric: LatencyFact, { pods }: PodCpuFact, chosen: (at: number) => boolean): number | null {
  const requests = sum(valuesWhere(metric.requests, chosen));
  const used = sum(pods.flatMap(({ cpu }) => valuesWhere(cpu, chosen).map((value) => value * cpu.step)));
  return requests === 0 ? null : used / requests;
}

function quotaWords({ quota, quotaFrom: from, cpuMax: text, workers }: WorkersFact, { serving }: WorkloadFact) {
  const measures = { quota, cpuMax: text, request: serving.cpuRequest, limit: serving.cpuLimit, workers };
  if (quota === null) return { statement: `the pods have no CPU quota${text ? ` (cpu.max = ${text})` : ""}`, measures };
  const read =
    from === "cpu.max" ? `cpu.max = ${text}` : from === "metrics" ? "from the container's metrics" : "from the limit";
  return { statement: `the quota is ${coreCount(quota)} a pod (${read})`, measures };
}

function demandWords(
  { serviceTime, ceiling, pods, workers, byEpisode, cpuPerRequest: cost }: DemandFact,
  episodes: EpisodesFact | undefined,
) {
  const outstanding = byEpisode.map((one) => one.outstanding);
  const demand = byEpisode.map((one) => one.demand);
  const low = lowest(outstanding) ?? 0;
  const high = highest(outstanding) ?? 0;
  const measures = {
    serviceTime,
    ceiling,
    pods,
    workers,
    cpuPerRequest: cost,
    lowestOutstanding: low,
    highestOutstanding: high,
    highestDemand: highest(demand),
    outstanding,
    demand,
  };
  const inFlight = `${range(tenths(low), tenths(high))} requests in flight in their worst minutes (rate × latency)`;
  const threads = workers === null || ceiling === null ? 1 : ceiling / (pods * workers);
  const places = `${pods} × ${workers}${threads > 1 ? ` × ${plural(threads, "thread")}` : ""}`;
  const can = ceiling === null ? "" : `; the fleet can process ${places} = ${ceiling} at a time`;
  return {
    statement: `a request takes ${seconds(serviceTime)} without a queue; the ${spike(episodes)}s have ${inFlight}${can}`,
    measures,
  };
}

function tenths(value: number): string {
  return String(Math.round(value * 10) / 10);
}
