import {
  type AlarmFact,
  breachesIn,
  type EpisodesFact,
  highest,
  type LatencyFact,
  listed,
  lowest,
  median,
  onlyMetric,
  plural,
  type Question,
  range,
  type Series,
  seconds,
  spike,
  valueAt,
  valuesIn,
  weightedAverage,
  within,
} from "../../../src/playbook.ts";
import { rangeOf } from "../../signals/within-usual-range.ts";
import { alarmMetricFact } from "./fact.ts";
import { latencySettled } from "./judged.ts";
import { otherStatistics, requestsAndErrors, toLatency, wantedMetrics } from "./metrics.ts";
import { alarmHistory } from "./step.ts";

/** One latency alarm in plain words: what makes it fire, when it did, and on how many requests each time rests. */
export default alarmHistory({
  gives: [alarmMetricFact],
  beside: requestsAndErrors,
  wanted: wantedMetrics,
  more: otherStatistics,
  settle: latencySettled,
  give({ give }, answers, { values }, { period }) {
    give(alarmMetricFact, toLatency(answers, values, period));
  },
  tell({ alarm, clock, answers, episodes, question }, find) {
    describeMetric(alarm, toLatency(answers, clock.values, alarm.period), episodes, question, find);
  },
});

function describeMetric(
  alarm: AlarmFact,
  metric: LatencyFact,
  fact: EpisodesFact,
  question: Question,
  find: (finding: {
    id: string;
    statement: string;
    measures: Record<string, number | null>;
    proof: Question[];
    short?: Question;
  }) => void,
): void {
  const { episodes } = fact;
  const bursts = episodes.map(({ burst }) => burst);
  const inside = (at: number) => within(bursts, at);
  const middle = (series: Series) => median(valuesIn(series, bursts));
  const average = weightedAverage(metric.average, metric.requests, inside);
  const outside = weightedAverage(metric.average, metric.requests, (at) => !inside(at));
  const maximum = highest(valuesIn(metric.maximum, bursts));
  const [p50, p95, p99] = [middle(metric.p50), middle(metric.p95), middle(metric.p99)];
  if (average !== null) {
    const parts = [
      `average ${seconds(average)}`,
      ...told("p50", p50),
      ...told("p95", p95),
      ...told("p99", p99),
      ...told("slowest", maximum),
    ];
    const rest = outside === null ? "" : `; outside them it averages ${seconds(outside)}`;
    find({
      id: "metric",
      statement: `in the ${spike(fact)}s: ${listed(parts)}${rest}`,
      measures: { average, p50, p95, p99, maximum, outside },
      proof: [question],
    });
  }
  const { high, centre, ratio, figure } = rangeOf(alarm, metric, fact);
  if (figure !== null && ratio !== undefined)
    find({
      id: "range",
      statement: `by the alarm's own statistic (${alarm.statistic}) ${figure}, its median outside the ${spike(fact)}s`,
      measures: { breachesReach: high, usual: centre, ratio },
      proof: [question],
    });
  const counts = breachesIn(alarm, metric.judged, bursts).map(({ at }) => valueAt(metric.requests, at) ?? 0);
  const fewest = lowest(counts);
  const most = highest(counts);
  if (fewest === null || most === null) return;
  const poor = episodes.filter((episode) => (episode.fewestRequests ?? Number.POSITIVE_INFINITY) < FEW_REQUESTS).length;
  const resting =
    poor === 0
      ? ""
      : `; ${plural(poor, "episode rests", "episodes rest")} on datapoints of fewer than ${FEW_REQUESTS} requests`;
  find({
    id: "requests",
    statement: `the breaching datapoints hold ${range(String(fewest), String(most))} requests each${resting}`,
    measures: { fewest, most, median: median(counts), episodesOnFew: poor },
    proof: [question],
    short: onlyMetric(question, "requests"),
  });
}

/** Below this many requests in a datapoint, one request is more than a twentieth of its average. */
const FEW_REQUESTS = 20;

function told(what: string, value: number | null): string[] {
  return value === null ? [] : [`${what} ${seconds(value)}`];
}
