import {
  coreCount,
  defineCause,
  highest,
  is,
  lowest,
  NODE_FULL,
  nodesBusy,
  percent,
  plain,
  plural,
  range,
  seconds,
  spike,
} from "../../../src/playbook.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";
import { nodesFact } from "../../evidence/nodes/fact.ts";
import { podCpuFact } from "../../evidence/pod-cpu/fact.ts";
import { demandFact, workersFact } from "../../evidence/worker-quota/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import boundHot from "../../signals/bound-pods-hot.ts";
import capacityUsedUp from "../../signals/capacity-used-up.ts";
import starved from "../../signals/full-nodes-starve-workers.ts";
import inFlight from "../../signals/in-flight-above-workers.ts";
import podsClumped from "../../signals/pods-clumped.ts";
import podsThrottled from "../../signals/pods-throttled.ts";
import queueInPods from "../../signals/queue-in-the-pods.ts";
import quotaUsedUp from "../../signals/quota-used-up.ts";
import requestsHeld from "../../signals/requests-held-open.ts";
import requestsPassedOn from "../../signals/requests-passed-on.ts";
import rolloutsKnown from "../../signals/rollouts-known.ts";
import servingWorks from "../../signals/serving-container-works.ts";
import workGrew from "../../signals/work-grew.ts";
import workersTaken from "../../signals/workers-all-taken.ts";
import mayBeTaken from "../../signals/workers-may-be-taken.ts";
import { LOADED_PODS } from "../of-one-service.ts";

/** From this multiple of the ceiling on the demand itself is reported; below it, the queue is. */
const CLEARLY_MORE = 1.1;

/**
 * Each pod can only process as many requests at a time as it has workers, so the fleet has a ceiling of pods × workers
 * (000 D–H). What decides: all workers are taken while more requests are in flight than there are workers.
 */
export default defineCause({
  cause: "worker-concurrency-ceiling",
  title: "too few workers",
  claim: "The fleet can process only as many requests at a time as it has worker processes, and the spikes bring more.",
  elsewhere: requestsPassedOn,
  specific: [workersTaken, inFlight],
  rejects: [
    is(podsClumped, "yes"),
    is(podsThrottled, "yes"),
    is(starved, "yes"),
    is(workersTaken, "no"),
    is(quotaUsedUp, "yes"),
    is(inFlight, "no"),
  ],
  needs: [
    ...LOADED_PODS,
    is(podsClumped, "no", "unclear"),
    is(boundHot, "no", "unknown"),
    is(servingWorks, "yes", "unknown"),
    is(capacityUsedUp, "no", "unclear", "unknown"),
    is(queueInPods, "yes", "unclear", "unknown"),
    is(requestsHeld, "no", "unclear", "unknown"),
    is(starved, "no"),
    is(quotaUsedUp, "no", "unclear"),
    is(workGrew, "no", "unclear"),
    is(rolloutsKnown, "yes"),
  ],
  supports: [is(mayBeTaken, "yes"), is(starved, "no"), is(rolloutsKnown, "yes")],
  uses: {
    podCpu: podCpuFact,
    workers: workersFact,
    demand: demandFact,
    workload: workloadFact,
    episodes: episodesFact,
    nodes: nodesFact,
  },
  explains: ({ demand }) =>
    demand?.byEpisode.flatMap(({ episode, outstanding }) => (outstanding > (demand.ceiling ?? 0) ? [episode] : [])) ??
    [],
  words({ podCpu, workers, demand, workload, episodes, nodes = [] }) {
    const word = spike(episodes);
    const ceiling = demand?.ceiling ?? null;
    const count = workers?.workers ?? null;
    if (!podCpu || !demand || ceiling === null || count === null) return {};
    const over = demand.byEpisode.filter(({ outstanding }) => outstanding > ceiling);
    const worst = highest(over.map(({ outstanding }) => outstanding)) ?? 0;
    const arrivals = highest(over.map((one) => one.demand)) ?? 0;
    const need =
      arrivals > CLEARLY_MORE * ceiling
        ? `the busiest minute alone brings work for ${plain(Math.round(arrivals * 10) / 10)}`
        : `${word}s bring up to ${Math.round(worst)}`;
    const means = podCpu.pods.flatMap(({ inBursts }) => inBursts ?? []);
    const busy = `${range(plain(lowest(means) ?? 0), plain(highest(means) ?? 0))} cores on average`;
    const quota = workers?.quota ? `below their quota of ${plain(workers.quota)}` : "without a quota";
    const throttled =
      podCpu.throttledShare === null ? "" : `, ${percent(podCpu.throttledShare)} of the CPU periods throttled`;
    const slowest = highest(over.map(({ latency }) => latency)) ?? 0;
    const kind = workers?.kind === "event loop" ? "event-loop " : "";
    const worker = `${workers?.server ?? ""} ${kind}worker`.trim();
    const threads = (workers?.threads ?? 1) > 1 ? ` × ${plural(workers?.threads ?? 1, "thread")}` : "";
    const full =
      (nodesBusy(nodes) ?? 0) >= NODE_FULL
        ? " Their nodes have no CPU left either: more workers need more nodes as well."
        : "";
    return {
      headline: `${workload?.name ?? "the service"} can process ${plural(ceiling, "request")} at a time; ${need}.`,
      summary: `${plural(demand.pods, "pod")} × ${plural(count, worker)}${threads} can process ${plural(ceiling, "request")} at a time. In the ${word}s all pods are equally busy (${busy}) and top out at ${coreCount(podCpu.plateau ?? 0)}, ${quota}${throttled}, while requests queue: a request that takes ${seconds(demand.serviceTime)} without a queue takes ${seconds(slowest)} on average in the worst ${word}. The alarm is seeing the queue in the pods, not a slow load balancer.${full}`,
    };
  },
});
