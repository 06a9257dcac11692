import { coreCount, defineCause, is, plain, seconds, spike } from "../../../src/playbook.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";
import { podCpuFact } from "../../evidence/pod-cpu/fact.ts";
import { blameFact } from "../../evidence/target-groups/fact.ts";
import { demandFact } from "../../evidence/worker-quota/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import arrivalsRose from "../../signals/arrivals-rose.ts";
import capacityUsedUp from "../../signals/capacity-used-up.ts";
import fastestSlower from "../../signals/fastest-request-slower.ts";
import manySlower from "../../signals/many-requests-slower.ts";
import nodesFull from "../../signals/nodes-full.ts";
import oneTarget from "../../signals/one-target-slow.ts";
import podsClumped from "../../signals/pods-clumped.ts";
import podsHaveCpu from "../../signals/pods-have-cpu-left.ts";
import podsThrottled from "../../signals/pods-throttled.ts";
import queueInPods from "../../signals/queue-in-the-pods.ts";
import requestsHeld from "../../signals/requests-held-open.ts";
import requestsPassedOn from "../../signals/requests-passed-on.ts";
import rolloutsKnown from "../../signals/rollouts-known.ts";
import servingWorks from "../../signals/serving-container-works.ts";
import severalRose from "../../signals/several-services-rose.ts";
import alwaysSlow from "../../signals/slow-path-always-slow.ts";
import typicalSlower from "../../signals/typical-request-slower.ts";
import workGrew from "../../signals/work-grew.ts";
import { WITHIN_THE_PODS } from "../of-one-service.ts";

/**
 * The pods wait for something else: a database, another service (003). What only it shows: even the fastest requests are
 * slower, while no request queues for a worker and the pods do not work more.
 */
export default defineCause({
  cause: "slow-dependency",
  title: "a slow downstream dependency",
  claim: "The pods wait for something else: latency rises, their CPU does not.",
  elsewhere: requestsPassedOn,
  specific: [fastestSlower],
  rejects: [
    is(requestsHeld, "yes"),
    is(manySlower, "no"),
    is(podsHaveCpu, "no"),
    is(podsThrottled, "yes"),
    is(nodesFull, "yes"),
  ],
  needs: [
    ...WITHIN_THE_PODS,
    is(servingWorks, "yes", "unknown"),
    is(podsClumped, "no", "unclear", "unknown"),
    is(capacityUsedUp, "no"),
    is(typicalSlower, "yes"),
    // What grows with the arrivals may be a line within the pods as well: a lock, a pool of connections.
    is(arrivalsRose, "no", "unclear", "unknown"),
    // Where there is an access log: neither one target nor a path that is slow by its nature.
    is(oneTarget, "no", "unclear", "unknown"),
    is(alwaysSlow, "no", "unclear", "unknown"),
    is(podsHaveCpu, "yes"),
    is(queueInPods, "no"),
    is(workGrew, "no"),
    is(nodesFull, "no"),
    is(rolloutsKnown, "yes"),
    // What an ingress controller waits for is its backends, and what is slow in them is theirs to show.
    is(requestsPassedOn, "no", "unknown"),
  ],
  supports: [
    is(requestsPassedOn, "no", "unknown"),
    is(severalRose, "yes"),
    is(typicalSlower, "yes"),
    is(podsHaveCpu, "yes"),
    is(workGrew, "no"),
    is(nodesFull, "no"),
    is(rolloutsKnown, "yes"),
  ],
  uses: { podCpu: podCpuFact, blame: blameFact, demand: demandFact, workload: workloadFact, episodes: episodesFact },
  words({ podCpu, blame, demand, workload, episodes }, readings) {
    const inside = blame?.guilty?.inside ?? null;
    if (!podCpu || !demand || inside === null) return {};
    const others =
      blame && blame.alsoRose.length > 0
        ? ` ${readings.get(severalRose.id)?.statement}, which points to something that they share.`
        : "";
    const costs = [demand.cpuPerRequest, demand.cpuPerRequestOutside].map((cost) => plain((cost ?? 0) * 1000));
    return {
      headline: `${workload?.name ?? "the service"} waits for a slow dependency; its own CPU has room.`,
      summary: `In the ${spike(episodes)}s requests took ${seconds(inside)} instead of ${seconds(demand.serviceTime)}, while the pods used ${coreCount(podCpu.plateau ?? 0)}, at the usual CPU for each request (${costs[0]} ms against ${costs[1]} ms): ${readings.get(fastestSlower.id)?.statement}.${others} What they wait for (a database, another service) is not visible from here.`,
    };
  },
});
