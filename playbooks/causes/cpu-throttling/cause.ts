import { coreCount, defineCause, is, plain, spike } from "../../../src/playbook.ts";
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
import rolloutsKnown from "../../signals/rollouts-known.ts";
import servingWorks from "../../signals/serving-container-works.ts";
import typicalSlower from "../../signals/typical-request-slower.ts";
import { LOADED_PODS } from "../of-one-service.ts";

/** The pods' CPU quota throttles them (000 C4). What decides: the share of throttled periods in the episodes. */
export default defineCause({
  cause: "cpu-throttling",
  title: "CPU throttling",
  claim: "The pods' CPU quota stops them within each period, and requests wait for the next one.",
  specific: [podsThrottled],
  rejects: [is(podsThrottled, "no"), is(autoscalerExhausted, "yes"), is(nodesFull, "yes")],
  needs: [
    ...LOADED_PODS,
    is(servingWorks, "yes", "unknown"),
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
    const at = `${coreCount(podCpu?.plateau ?? 0)} of a quota of ${plain(workers?.quota ?? 0)}`;
    return {
      headline: `The CPU quota of ${workload?.name ?? "the service"}'s pods throttles them in the ${word}s.`,
      summary: `In the ${word}s ${said(podsThrottled.id)}, at ${at}. Their workers could use more, and ${said(nodesFull.id)}: requests wait for the quota's next period.`,
    };
  },
});
