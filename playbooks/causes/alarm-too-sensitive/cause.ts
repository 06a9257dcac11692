import { breaches, cells, defineCause, is, percent, seconds, sentence } from "../../../src/playbook.ts";
import { alarmFact } from "../../evidence/alarm/fact.ts";
import { alarmMetricFact } from "../../evidence/alarm-history/fact.ts";
import inRuns from "../../signals/breaches-in-runs.ts";
import changeMadeIt from "../../signals/change-made-it.ts";
import fewRequests from "../../signals/few-requests.ts";
import standsOut from "../../signals/one-service-stands-out.ts";
import podsClumped from "../../signals/pods-clumped.ts";
import slowerSince from "../../signals/slower-since-rollout.ts";
import tiedPile from "../../signals/tied-clients-pile-up.ts";
import usualRange from "../../signals/within-usual-range.ts";

/**
 * Nothing is wrong but the alarm: its threshold sits within the service's normal range (000 A5). What decides: the
 * breaching values belong to the usual tail, and they are strewn over time as a tail is.
 */
export default defineCause({
  cause: "alarm-too-sensitive",
  title: "the alarm is too sensitive",
  claim: "The threshold lies within the metric's normal range; the breaches are its normal tail.",
  specific: [usualRange],
  rejects: [is(usualRange, "no"), is(inRuns, "yes"), is(standsOut, "yes")],
  needs: [
    is(podsClumped, "no", "unclear", "unknown"),
    is(tiedPile, "no", "unclear", "unknown"),
    is(inRuns, "no", "unclear"),
    is(standsOut, "no"),
    is(fewRequests, "no", "unclear", "unknown"),
    is(slowerSince, "no", "unclear", "unknown"),
    is(changeMadeIt, "no", "unclear", "unknown"),
  ],
  // Few breaches have no order to look at: then it is likely at most.
  supports: [is(usualRange, "yes"), is(standsOut, "no")],
  uses: { alarm: alarmFact, metric: alarmMetricFact },
  words({ alarm, metric }, readings) {
    if (!alarm || !metric) return {};
    const said = (id: string) => readings.get(id)?.statement ?? "";
    const values = cells(metric.judged);
    const over = values.filter(({ value }) => breaches(alarm, value)).length / Math.max(1, values.length);
    return {
      headline: `Nothing is slow: the threshold of ${seconds(alarm.threshold)} lies within the metric's normal range.`,
      summary: `${sentence(said(usualRange.id))}, and ${percent(over)} of all its datapoints are over the threshold of ${seconds(alarm.threshold)} although nothing has changed. ${sentence(said(standsOut.id))}. It is the alarm that needs to change.`,
    };
  },
});
