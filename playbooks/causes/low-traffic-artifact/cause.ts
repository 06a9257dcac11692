import {
  cells,
  defineCause,
  is,
  median,
  plural,
  seconds,
  sentence,
  valueAt,
  valuesIn,
  weightedAverage,
  within,
} from "../../../src/playbook.ts";
import { alarmMetricFact, episodesFact } from "../../evidence/alarm-history/fact.ts";
import changeMadeIt from "../../signals/change-made-it.ts";
import fewRequests, { FEW } from "../../signals/few-requests.ts";
import oneRequest from "../../signals/one-request-breaches.ts";
import roseTogether from "../../signals/services-rose-together.ts";
import slowerSince from "../../signals/slower-since-rollout.ts";

/**
 * A handful of slow requests moves the average of a nearly idle target group (000 A8). What decides: take the one
 * slowest request out of each breaching datapoint, and see whether it still breaches.
 */
export default defineCause({
  cause: "low-traffic-artifact",
  title: "low traffic: a few requests skew the average",
  claim: "A handful of slow requests moves the average of a nearly idle target group; nothing else is slow.",
  specific: [fewRequests, oneRequest],
  rejects: [is(fewRequests, "no"), is(oneRequest, "no")],
  needs: [
    is(slowerSince, "no", "unclear", "unknown"),
    is(changeMadeIt, "no", "unclear", "unknown"),
    is(roseTogether, "no", "unclear", "unknown"),
  ],
  supports: [],
  uses: { metric: alarmMetricFact, episodes: episodesFact },
  explains: ({ episodes }) =>
    (episodes?.episodes ?? []).flatMap(({ id, requests, breaching }) =>
      requests !== null && breaching !== null && breaching > 0 && requests / breaching <= 2 * FEW ? [id] : [],
    ),
  words({ metric, episodes }, readings) {
    if (!metric || !episodes) return {};
    const said = (id: string) => readings.get(id)?.statement ?? "";
    const whole = weightedAverage(metric.average, metric.requests, () => true);
    const typical = median(cells(metric.p50).map(({ value }) => value));
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const slow = median(valuesIn(metric.maximum, bursts));
    const harmless =
      slow === null
        ? 0
        : cells(metric.maximum).filter(
            ({ at, value }) => !within(bursts, at) && value >= slow && (valueAt(metric.requests, at) ?? 0) > 0,
          ).length;
    const busier =
      harmless > 0 ? ` ${plural(harmless, "other datapoint")} had an equally slow request and did not breach.` : "";
    return {
      headline: "A single slow request among few makes the average breach; nothing else is slow.",
      summary: `${sentence(said(fewRequests.id))}; ${said(oneRequest.id)}. Over the whole window the average is ${seconds(whole ?? 0)} and the median ${seconds(typical ?? 0)}.${busier} The alarm is based on too few requests; the service is not slow.`,
    };
  },
});
