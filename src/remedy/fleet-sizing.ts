import { mostCores, placesFor } from "../analysis/packing.ts";
import { lowest, sum } from "../analysis/series.ts";
import type { Facts } from "../model/facts.ts";
import { type AlarmForecast, type ForecastFacts, forecastAlarm, forecastFacts } from "./alarm-forecast.ts";
import { GRAIN_CPU, leastOf, MOST_PODS, type Move, rounded } from "./sizing-goals.ts";
import type { Fleet } from "./what-if.ts";

/** The pods that a fleet without a setting for its workers needs, by the same goals. */
export interface ReplicaSizing {
  readonly pods: Move<number>;
  /** Pods that the nodes have CPU for beside the present ones; null where that is not known. */
  readonly places: number | null;
  readonly fleet: Fleet;
  readonly forecast: AlarmForecast | null;
}

/** More pods as they are, as few as reach a goal, and no more than the nodes that are there have CPU for. */
export function sizeReplicas(facts: Partial<Facts>): ReplicaSizing | null {
  const known = forecastFacts(facts);
  const request = facts.workload?.podCpuRequest ?? 0;
  if (!known) return null;
  const { present: now } = known;
  const pod = { request, cpu: now.workers * known.request.busy, memory: null };
  const places = request > 0 && facts.nodes ? placesFor(facts.nodes, pod, pod) : null;
  // Pods for which there is no CPU on the nodes would share what the present ones have.
  const more = Math.min(now.pods * (MOST_PODS - 1), places ?? Number.POSITIVE_INFINITY);
  if (more < 1) return null;
  const choices = Array.from({ length: more }, (_, index) => now.pods + 1 + index);
  const fleetWith = (pods: number): Fleet => ({ ...now, pods });
  const pods = leastOf(known, choices, fleetWith);
  const fleet = fleetWith(pods);
  return { pods: { from: now.pods, to: pods }, places, fleet, forecast: forecastAlarm(known, fleet) };
}

/** What the alarm would do with another quota. */
export interface QuotaForecast {
  readonly facts: ForecastFacts;
  readonly fleet: Fleet;
  readonly forecast: AlarmForecast | null;
  /** Cores that each pod could use then. */
  readonly cores: number;
}

/**
 * The pods with `quota` cores (null: without one). Throttled pods show their quota and not what they would use, and even a
 * lone request is held up by it: its work is its CPU on a whole core, and what it took beyond that under the old quota is
 * not work. A pod then uses as many cores as the quota and its node leave it, and as many as it has workers, where these
 * are `counted`; else its requests run side by side on all of them.
 */
export function forecastQuota(facts: Partial<Facts>, quota: number | null, counted: boolean): QuotaForecast | null {
  const known = forecastFacts(facts);
  const { podCpu, nodes, workers, demand } = facts;
  const old = known?.present.quota ?? null;
  if (!known || old === null || !podCpu || !nodes || !workers || !demand?.cpuPerRequest) return null;
  const room = mostCores(nodes, podCpu.plateau ?? 0);
  if (room === null) return null;
  const most = Math.min(quota ?? Number.POSITIVE_INFINITY, room);
  const cores = Math.max(GRAIN_CPU, counted ? Math.min(most, known.present.workers) : most);
  const cpu = demand.cpuPerRequest;
  const besides = Math.max(0, demand.serviceTime - cpu / Math.min(1, old));
  const as = { ...known, request: { ...known.request, cpu, besides, busy: 1 } };
  const servers = Math.max(1, counted ? known.present.workers : Math.floor(cores));
  const fleet = { ...known.present, workers: servers, quota: cores };
  return { facts: as, fleet, forecast: forecastAlarm(as, fleet), cores };
}

/** More new nodes than this many times those that hold the pods are another service, not a larger one. */
const MOST_NODES = 5;

/** More nodes, and pods to stand on them. */
export interface NodeSizing {
  /** Nodes that hold pods of the workload. */
  readonly nodes: Move<number>;
  readonly pods: Move<number>;
  /** Of the serving container, cores. */
  readonly request: Move<number | null>;
  /** Cores that a pod uses in the bursts, where its node lets it. */
  readonly used: number;
  readonly facts: ForecastFacts;
  readonly fleet: Fleet;
  readonly forecast: AlarmForecast | null;
}

/**
 * As few more nodes as keep the alarm quiet, each with as many pods as the present ones hold, and each pod with the cores
 * that it has now: what new nodes have free beyond that is not counted on. The request goes up to what a pod uses, as far
 * as its node has it to promise: the kernel guarantees it and the scheduler keeps others from it.
 */
export function sizeNodes(facts: Partial<Facts>): NodeSizing | null {
  const known = forecastFacts(facts);
  const { nodes, podCpu, workload, demand } = facts;
  const used = podCpu?.plateau ?? null;
  if (!known || !nodes || !workload || used === null || used === 0 || !demand?.cpuPerRequest) return null;
  const hosts = nodes.filter(({ pods }) => pods > 0);
  if (hosts.length === 0) return null;
  const density = Math.max(1, Math.round(sum(hosts.map(({ pods }) => pods)) / hosts.length));
  const cpu = demand.cpuPerRequest;
  const besides = Math.max(0, demand.serviceTime - cpu);
  const as = { ...known, request: { ...known.request, cpu, besides, busy: 1 } };
  const servers = Math.max(1, Math.round(used));
  const { pods: now } = known.present;
  const fleetWith = (more: number): Fleet => ({
    ...known.present,
    pods: now + more * density,
    workers: servers,
    quota: used,
  });
  const choices = Array.from({ length: MOST_NODES * hosts.length }, (_, index) => 1 + index);
  const more = leastOf(as, choices, fleetWith);
  const fleet = fleetWith(more);
  const { serving, podCpuRequest } = workload;
  const sidecars = Math.max(0, (podCpuRequest ?? 0) - (serving.cpuRequest ?? 0));
  const promised = lowest(
    hosts.flatMap(({ allocatableCpu, requestedCpu, pods }) =>
      allocatableCpu === null || requestedCpu === null
        ? []
        : [(allocatableCpu - requestedCpu) / pods + (podCpuRequest ?? 0) - sidecars],
    ),
  );
  const request = rounded(Math.min(used, promised ?? used, serving.cpuLimit ?? used), GRAIN_CPU, Math.floor);
  return {
    nodes: { from: hosts.length, to: hosts.length + more },
    pods: { from: now, to: fleet.pods },
    request: { from: serving.cpuRequest, to: Math.max(request, serving.cpuRequest ?? 0) },
    used,
    facts: as,
    fleet,
    forecast: forecastAlarm(as, fleet),
  };
}
