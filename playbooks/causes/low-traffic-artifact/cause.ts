import {
  breaches,
  cells,
  confirmed,
  defineHypothesis,
  highest,
  type LatencyFact,
  lowest,
  median,
  percent,
  plural,
  range,
  rejected,
  type Span,
  seconds,
  undetermined,
  valueAt,
  weightedAverage,
  within,
  withoutSlowest,
} from "../../../src/playbook.ts";
import { alarmFact } from "../../evidence/alarm/fact.ts";
import { alarmMetricFact, episodesFact } from "../../evidence/alarm-history/fact.ts";

/** Up to this many requests a datapoint, one request is at least a thirtieth of the average. */
const FEW = 30;
/** In this share of the breaching datapoints the slowest request alone must make the breach. */
const MOSTLY = 0.6;

/**
 * A handful of slow requests moves the average of a nearly idle target group (000 A8). What decides: take the one
 * slowest request out of each breaching datapoint, and see whether it still breaches; it needs no threshold to be
 * believed.
 */
export default defineHypothesis({
  cause: "low-traffic-artifact",
  title: "few requests, slow average",
  claim: "A handful of slow requests moves the average of a nearly idle target group; nothing else is slow.",
  needs: { alarm: alarmFact, alarmMetric: alarmMetricFact, episodes: episodesFact },
  uses: {},
  judge({ alarm, alarmMetric, episodes: { episodes } }) {
    const evidence = ["alarm-history.requests", "alarm-history.metric"];
    const bursts = episodes.map(({ burst }) => burst);
    const points = cells(alarmMetric.judged).filter(({ at, value }) => within(bursts, at) && breaches(alarm, value));
    const requests = points.map(({ at }) => valueAt(alarmMetric.requests, at) ?? 0);
    const usual = median(requests);
    const few = lowest(requests);
    const many = highest(requests);
    if (usual === null || few === null || many === null || usual === 0)
      return undetermined("needs the request counts of the breaching datapoints", evidence);
    const counts = range(String(few), String(many));
    if (usual > FEW) return rejected(`the breaching datapoints hold ${counts} requests each`, evidence);
    const judged = points.map(({ at }) =>
      valueAt(alarmMetric.requests, at) === 1 ? besides(alarmMetric, at, bursts) : withoutSlowest(alarmMetric, at),
    );
    const known = judged.flatMap((one) => one ?? []);
    if (known.length === 0)
      return undetermined("needs the average and the maximum of the breaching datapoints", evidence);
    const ended = known.filter((value) => !breaches(alarm, value)).length / known.length;
    const figures = `without the slowest one ${percent(ended)} of the datapoints no longer breach`;
    if (ended <= 1 - MOSTLY)
      return rejected(`few requests (${counts} a datapoint), but most of them are slow: ${figures}`, evidence);
    if (ended < MOSTLY) return undetermined(`few requests (${counts} a datapoint); ${figures}`, evidence);
    // A trickle of requests that are all slow would pass so far: each datapoint is its one slow request.
    const typical = median(cells(alarmMetric.p50).map(({ value }) => value));
    const whole = weightedAverage(alarmMetric.average, alarmMetric.requests, () => true);
    if (typical === null || whole === null)
      return undetermined("needs the average and the median latency over the window", evidence);
    if (typical > alarm.threshold || breaches(alarm, whole))
      return rejected(
        `over the whole window the average is ${seconds(whole)} and the median ${seconds(typical)}: requests are slow, not only few`,
        evidence,
      );
    const harmless = unharmed(alarmMetric, points);
    const explains = episodes
      .filter(
        ({ requests: own, breaching }) =>
          own !== null && breaching !== null && breaching > 0 && own / breaching <= 2 * FEW,
      )
      .map(({ id }) => id);
    return confirmed(
      `without its one slowest request ${percent(ended)} of the breaching datapoints no longer breach (they hold ${counts} requests each)`,
      evidence,
      explains,
      {
        headline: `A single slow request among ${counts} makes the average breach; nothing else is slow.`,
        summary: `The breaching datapoints hold ${counts} requests each; ${figures}. Over the whole window the average is ${seconds(whole)} and the median ${seconds(typical)}. ${harmless > 0 ? `${plural(harmless, "busier datapoint")} had as slow a request and did not breach. ` : ""}The alarm judges too few requests; the service is not slow.`,
      },
    );
  },
});

/**
 * A datapoint of one request says nothing about the others: what they took, in the other datapoints of its burst. 0 where
 * it was the burst's only one.
 */
function besides({ average, requests }: LatencyFact, alone: number, bursts: readonly Span[]): number {
  const burst = bursts.filter((one) => within([one], alone));
  return weightedAverage(average, requests, (at) => at !== alone && within(burst, at)) ?? 0;
}

/** How many other datapoints had a request as slow as those that breach usually have: with more requests, nobody noticed. */
function unharmed({ maximum }: LatencyFact, breaching: readonly { readonly at: number }[]): number {
  const times = new Set(breaching.map(({ at }) => at));
  const slow = median(breaching.flatMap(({ at }) => valueAt(maximum, at) ?? []));
  return slow === null ? 0 : cells(maximum).filter(({ at, value }) => !times.has(at) && value >= slow).length;
}
