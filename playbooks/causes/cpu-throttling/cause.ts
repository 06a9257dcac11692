import { coreCount, defineCause, is, plain, sentence, spike } from "../../../src/playbook.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";
import { podCpuFact } from "../../evidence/pod-cpu/fact.ts";
import { workersFact } from "../../evidence/worker-quota/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import autoscalerExhausted from "../../signals/autoscaler-exhausted.ts";
import capacityUsedUp from "../../signals/capacity-used-up.ts";
import nodesFull from "../../signals/nodes-full.ts";
import podsClumped from "../../signals/pods-clumped.ts";
import podsThrottled from "../../signals/pods-throttled.ts";
import quotaKnown from "../../signals/quota-used-up.ts";
import requestsHeld from "../../signals/requests-held-open.ts";
import passBusy from "../../signals/requests-pass-busy-container.ts";
import requestsPassedOn from "../../signals/requests-passed-on.ts";
import rolloutsKnown from "../../signals/rollouts-known.ts";
import typicalSlower from "../../signals/typical-request-slower.ts";
import { LOADED_PODS } from "../of-one-service.ts";

/** The pods' CPU quota throttles them (000 C4). What decides: the share of throttled periods in the episodes. */
export default defineCause({
  cause: "cpu-throttling",
  title: "CPU throttling",
  claim: "The pods' CPU quota stops them within each period, and requests wait for the next one.",
  elsewhere: requestsPassedOn,
  specific: [podsThrottled],
  rejects: [is(podsThrottled, "no"), is(autoscalerExhausted, "yes"), is(nodesFull, "yes")],
  needs: [
    ...LOADED_PODS,
    is(passBusy, "yes", "unknown"),
    is(podsClumped, "no", "unclear", "unknown"),
    is(capacityUsedUp, "no", "unclear", "unknown"),
    is(requestsHeld, "no", "unclear", "unknown"),
    is(quotaKnown, "yes", "no", "unclear"),
    is(autoscalerExhausted, "no"),
    is(nodesFull, "no", "unclear"),
    is(rolloutsKnown, "yes"),
    is(typicalSlower, "yes", "unclear", "unknown"),
  ],
  supports: [],
  uses: { podCpu: podCpuFact, workers: workersFact, workload: workloadFact, episodes: episodesFact },
  words({ podCpu, workers, workload, episodes }, readings) {
    const word = spike(episodes);
    const said = (id: string) => readings.get(id)?.statement ?? "";
    const beside = podCpu?.containers?.find(({ name }) => name === podCpu.container);
    const quota = beside ? beside.limit : (workers?.quota ?? null);
    const at = `at ${coreCount(podCpu?.plateau ?? 0)}${quota === null ? "" : ` of a quota of ${plain(quota)}`}`;
    const pods = `${workload?.name ?? "the service"}'s pods`;
    return {
      headline: beside
        ? `The CPU quota of container ${beside.name} in ${pods} throttles it in the ${word}s.`
        : `The CPU quota of ${pods} throttles them in the ${word}s.`,
      summary: `In the ${word}s ${said(podsThrottled.id)}, ${at}. ${beside ? sentence(said(passBusy.id)) : "Their workers could use more"}, and ${said(nodesFull.id)}: requests wait for the quota's next period.`,
    };
  },
});
