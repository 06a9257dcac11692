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
  seconds,
  undetermined,
  valueAt,
  weightedAverage,
  within,
} from "../../src/playbook.ts";

/** Up to this many requests a datapoint, one request is at least a thirtieth of the average. */
const FEW = 30;
/** In this share of the breaching datapoints the slowest request alone must make the breach. */
const MOSTLY = 0.6;
/** In this share of them more than half of the requests must be fast. */
const FAST = 0.8;

/**
 * A handful of slow requests moves the average of a nearly idle target group (000 A8). What decides: take the one
 * slowest request out of each breaching datapoint, and see whether it still breaches; it needs no threshold to be
 * believed.
 */
export default defineHypothesis({
  cause: "low-traffic-artifact",
  title: "few requests, slow average",
  claim: "A handful of slow requests moves the average of a nearly idle target group; nothing else is slow.",
  needs: ["alarm", "alarmMetric", "episodes"],
  uses: [],
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
    const judged = points.map(({ at }) => withoutSlowest(alarmMetric, at));
    const known = judged.flatMap((one) => one ?? []);
    if (known.length === 0)
      return undetermined("needs the average and the maximum of the breaching datapoints", evidence);
    const ended = known.filter((value) => !breaches(alarm, value)).length / known.length;
    const fast =
      points.filter(({ at }) => (valueAt(alarmMetric.p50, at) ?? Number.POSITIVE_INFINITY) <= alarm.threshold).length /
      points.length;
    if (fast < FAST && ended < MOSTLY)
      return rejected(
        `few requests (${counts} a datapoint), but most of them are slow: without the slowest one ${percent(1 - ended)} of the datapoints still breach`,
        evidence,
      );
    if (fast < FAST || ended < MOSTLY)
      return undetermined(
        `few requests (${counts} a datapoint); without the slowest one ${percent(ended)} of the datapoints no longer breach`,
        evidence,
      );
    const whole = weightedAverage(alarmMetric.average, alarmMetric.requests, () => true);
    if (whole !== null && breaches(alarm, whole))
      return rejected(
        `over the whole window the average is ${seconds(whole)}: requests are slow, not only few`,
        evidence,
      );
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
        summary: `The breaching datapoints hold ${counts} requests each. In ${percent(fast)} of them more than half of the requests are fast, and without the one slowest ${percent(ended)} of them would not breach; over the whole window the average is ${whole === null ? "below the threshold" : seconds(whole)}. ${plural(episodes.length, "episode")} of this kind say that the alarm judges too few requests, not that the service is slow.`,
      },
    );
  },
});

/** The average of a datapoint without its slowest request; null where a part of it is missing. */
function withoutSlowest({ average, maximum, requests }: LatencyFact, at: number): number | null {
  const [mean, slowest, count] = [valueAt(average, at), valueAt(maximum, at), valueAt(requests, at)];
  if (mean === null || slowest === null || count === null || count < 1) return null;
  return count === 1 ? 0 : (mean * count - slowest) / (count - 1);
}
