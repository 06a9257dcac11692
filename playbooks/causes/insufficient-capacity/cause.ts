import { coreCount, defineCause, is, plural, spike } from "../../../src/playbook.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";
import { podCpuFact } from "../../evidence/pod-cpu/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import capacityUsedUp from "../../signals/capacity-used-up.ts";
import fleetHasRoom from "../../signals/fleet-has-room.ts";
import nodesFull from "../../signals/nodes-full.ts";
import podsClumped from "../../signals/pods-clumped.ts";
import requestsHeld from "../../signals/requests-held-open.ts";
import requestsPassedOn from "../../signals/requests-passed-on.ts";
import rolloutsKnown from "../../signals/rollouts-known.ts";
import servingWorks from "../../signals/serving-container-works.ts";
import workGrew from "../../signals/work-grew.ts";
import { LOADED_PODS } from "../of-one-service.ts";

/**
 * The pods really use all the CPU there is, and there are too few of them (000 H, J). What decides: the nodes' CPU is
 * used up, or every pod uses its whole quota with the autoscaler at its maximum or absent.
 */
export default defineCause({
  cause: "insufficient-capacity",
  title: "too few pods or nodes",
  claim: "All pods use all the CPU that they can get, and there are too few of them for the spikes.",
  elsewhere: requestsPassedOn,
  specific: [capacityUsedUp],
  rejects: [is(capacityUsedUp, "no")],
  needs: [
    ...LOADED_PODS,
    is(servingWorks, "yes", "unknown"),
    is(podsClumped, "no", "unclear", "unknown"),
    is(fleetHasRoom, "no", "unclear", "unknown"),
    is(requestsHeld, "no", "unclear", "unknown"),
    is(workGrew, "no", "unclear", "unknown"),
    is(rolloutsKnown, "yes"),
  ],
  supports: [],
  uses: { podCpu: podCpuFact, workload: workloadFact, episodes: episodesFact },
  words({ podCpu, workload, episodes }, readings) {
    const word = spike(episodes);
    if (!podCpu) return {};
    const name = workload?.name ?? "the service";
    const figure = readings.get(capacityUsedUp.id)?.statement ?? "";
    if (readings.get(nodesFull.id)?.answer === "yes")
      return {
        headline: `${name}'s nodes have no CPU left in the ${word}s.`,
        summary: `In the ${word}s ${figure}, so its ${plural(podCpu.together, "pod")} get no more than ${coreCount(podCpu.plateau ?? 0)} each, whatever their limit says, and requests wait.`,
      };
    return {
      headline: `${name} has too few pods for its ${word}s.`,
      summary: `In the ${word}s ${figure}. They have enough workers to use more; there is no more CPU.`,
    };
  },
});
