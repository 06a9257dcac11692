import { coreCount, defineCause, is, percent, plural, seconds, sentence, spike } from "../../../src/playbook.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";
import { podCpuFact } from "../../evidence/pod-cpu/fact.ts";
import { blameFact } from "../../evidence/target-groups/fact.ts";
import { topologyFact } from "../../evidence/target-topology/fact.ts";
import { demandFact } from "../../evidence/worker-quota/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import fleetHasRoom from "../../signals/fleet-has-room.ts";
import manySlower from "../../signals/many-requests-slower.ts";
import pickIsBlind from "../../signals/pick-is-blind.ts";
import podsAlike from "../../signals/pods-alike.ts";
import podsClumped from "../../signals/pods-clumped.ts";
import podsHaveCpu from "../../signals/pods-have-cpu-left.ts";
import podsThrottled from "../../signals/pods-throttled.ts";
import requestsClumped from "../../signals/requests-clumped.ts";
import requestsHeld from "../../signals/requests-held-open.ts";
import requestsPassedOn from "../../signals/requests-passed-on.ts";
import pilesUp from "../../signals/requests-pile-up.ts";
import afterNewPods from "../../signals/slow-after-new-pods.ts";
import stickinessOn from "../../signals/stickiness-on.ts";
import { PLACED_BADLY } from "../of-one-service.ts";

/**
 * Requests pile up on some pods: the rule that hands them out does not see how busy a pod is (000 top section, N3). What
 * decides: some pods are hot while others idle, and nothing that picks them looks: the hot ones change, or stand alone on
 * their nodes.
 */
export default defineCause({
  cause: "uneven-pod-load",
  title: "round robin overloads some pods",
  claim: "Whatever hands out the requests ignores how busy a pod is: some pods queue while others idle.",
  elsewhere: requestsPassedOn,
  specific: [podsClumped],
  rejects: [
    is(podsAlike, "yes"),
    is(pickIsBlind, "no"),
    is(fleetHasRoom, "no"),
    is(manySlower, "no"),
    is(requestsClumped, "no"),
  ],
  needs: [
    ...PLACED_BADLY,
    is(podsThrottled, "no", "unclear", "unknown"),
    is(podsHaveCpu, "no", "unclear", "unknown"),
    is(requestsHeld, "no", "unclear", "unknown"),
    is(pilesUp, "yes"),
    is(pickIsBlind, "yes"),
    is(fleetHasRoom, "yes"),
    is(manySlower, "yes"),
    // Where clients are tied to pods, hot ones that change are clients that come and go: nobody picks for each request.
    is(stickinessOn, "no", "unknown"),
    is(requestsClumped, "yes"),
  ],
  // The access log alone shows the queues and not what made them: it supports, and never names it (see byElimination).
  supports: [
    is(requestsClumped, "yes"),
    is(fleetHasRoom, "yes", "unknown"),
    is(manySlower, "yes"),
    // Pods that are hot because they are new are cold, not badly chosen.
    is(afterNewPods, "no", "unknown"),
  ],
  uses: {
    podCpu: podCpuFact,
    topology: topologyFact,
    workload: workloadFact,
    demand: demandFact,
    blame: blameFact,
    episodes: episodesFact,
  },
  words({ podCpu, topology, workload, demand, blame, episodes }, readings) {
    if (!podCpu || podCpu.plateau === null || podCpu.fleetInBursts === null) return {};
    const idle = percent(Math.max(0, 1 - podCpu.fleetInBursts / (podCpu.together * podCpu.plateau)));
    const word = spike(episodes);
    const blind = readings.get(pickIsBlind.id);
    const rule =
      topology?.targetType === "instance"
        ? "round robin picks a node and kube-proxy a pod at random; neither sees how busy a pod is"
        : "the load balancer hands out requests without seeing how busy a pod is";
    const slow = blame?.guilty?.inside ?? null;
    const time = demand
      ? ` (${seconds(demand.serviceTime)} without a queue${slow === null ? "" : `, ${seconds(slow)} on average in the ${word}s`})`
      : "";
    const why = blind?.answer === "yes" ? ` ${sentence(blind.statement)}.` : "";
    return {
      headline: `Requests pile up on some pods of ${workload?.name ?? "the service"} while others idle: ${idle} of the fleet's capacity is unused.`,
      summary: `${sentence(readings.get(podsClumped.id)?.statement ?? "")}; ${readings.get(podsAlike.id)?.statement ?? ""}. ${sentence(rule)}, and the work per request varies${time}, so requests queue behind long ones on ${plural(podCpu.together, "pod")} that use ${coreCount(podCpu.fleetInBursts)} together.${why}`,
    };
  },
});
