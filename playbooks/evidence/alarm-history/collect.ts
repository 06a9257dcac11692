import {
  type AlarmFact,
  breaches,
  cells,
  choosesAmong,
  clock,
  defineStep,
  describeAlarmHistory,
  describeAlarms,
  duration,
  type EpisodesFact,
  episodesOf,
  expressionData,
  highest,
  type LatencyFact,
  listed,
  lowest,
  type MetricWanted,
  median,
  metricData,
  plural,
  type Question,
  range,
  type Series,
  seconds,
  sum,
  valueAt,
  weightedAverage,
  within,
} from "../../../src/playbook.ts";
import { refused } from "../alarm/alarm-meant.ts";
import { alarmFact } from "../alarm/fact.ts";
import { alarmMetricFact, episodesFact } from "./fact.ts";

/**
 * How far the alarm's history is read: a week shows yesterday's flapping beside today's, and stays well inside the 30
 * days that CloudWatch keeps (DescribeAlarmHistory, API reference).
 */
const HISTORY = 7 * 86_400;

/** One latency alarm in plain words: what makes it fire, when it did, and on how many requests each time rests. */
export default defineStep({
  id: "alarm-history",
  title: "alarm history",
  needs: { alarm: alarmFact },
  uses: [],
  gives: [alarmMetricFact, episodesFact],
  async run({ facts: { alarm }, window, ask, give, find, lack }) {
    const described = describeAlarms([alarm.name]);
    const tell = () => find({ id: "condition", ...inWords(alarm), proof: [described.question] });
    // Whether an expression only chooses among a metric's periods is known when its values are; the others need not wait.
    if (!alarm.expression) tell();

    const past = describeAlarmHistory(alarm.name, { start: window.end - HISTORY, end: window.end });
    const metricsAsked = metricData(window, alarm.period, wantedMetrics(alarm));
    const valuesAsked = alarm.expression ? expressionData(window, alarm.period, alarm.expression) : null;
    const [history, metrics, values] = await Promise.all([
      ask(past),
      ask(metricsAsked),
      valuesAsked && ask(valuesAsked),
    ]);
    const plain = metrics.ok ? toLatency(metrics.value, alarm.period) : null;
    if (alarm.expression) {
      if (!plain || !values?.ok) return;
      if (!choosesAmong(values.value, plain.judged)) {
        const because = `its expression ${alarm.expression.words} is more than a choice among the periods of ${alarm.metric}`;
        lack({ source: "cloudwatch", ...refused(alarm.name, because) });
        return;
      }
      tell();
    }
    const metric = plain && values?.ok ? { ...plain, judged: values.value } : plain;
    const metricQuestion = (valuesAsked ?? metricsAsked).question;
    if (metric) give(alarmMetricFact, metric);
    if (!history.ok && !metric) return;

    const since = window.end - HISTORY;
    const episodes = episodesOf(alarm, window, history.ok ? { transitions: history.value, from: since } : null, metric);
    const tail = tailOf(episodes, alarm);
    if (tail === null) give(episodesFact, episodes);
    else
      lack({
        source: "cloudwatch",
        kind: "missing",
        what: `the window holds only the last ${duration(tail)} of an episode that began before it`,
        remedy: "let the window begin before the episode: an earlier --since, or a longer --window",
      });
    find({ id: "flapping", ...flapping(episodes), proof: [history.ok ? past.question : metricQuestion] });
    if (episodes.earlier.length > 0) find({ id: "earlier", ...earlier(episodes), proof: [past.question] });
    if (metric && episodes.episodes.length > 0) describeMetric(alarm, metric, episodes, metricsAsked.question, find);
  },
});

function inWords(alarm: AlarmFact) {
  const { dimensions, threshold, period, evaluationPeriods: n, datapointsToAlarm: m } = alarm;
  const group = dimensions.TargetGroup;
  const scope = group
    ? `target group ${group.split("/")[1] ?? group}`
    : `load balancer ${dimensions.LoadBalancer?.split("/")[1] ?? ""}, all its target groups together`;
  const over = alarm.comparison.startsWith("Greater") ? "above" : "below";
  const of = `in ${m === n ? n : `${m} of ${n}`} ${m === n && n > 1 ? "consecutive " : ""}${n === 1 ? "period" : "periods"} of ${duration(period)}`;
  const { expression } = alarm;
  const judged = expression ? ` (only the periods that ${expression.words} leaves)` : "";
  return {
    statement: `fires when the ${alarm.statistic} of TargetResponseTime of ${scope}${judged} is ${over} ${seconds(threshold)} ${of}`,
    measures: {
      threshold,
      period,
      evaluationPeriods: n,
      datapointsToAlarm: m,
      statistic: alarm.statistic,
      treatMissingData: alarm.treatMissingData,
    },
  };
}

/** Periods of a burst that must lie in the window; the last one of each is when its queue drains and its pods come to rest. */
const ENOUGH_OF_A_BURST = 3;

/**
 * How much of an episode lies in the window, seconds, where it holds nothing but the end of one: what pods do then is not
 * what they did in the burst. Null where it holds more.
 */
function tailOf({ episodes, window }: EpisodesFact, { period }: AlarmFact): number | null {
  const lengths = episodes.map(({ burst }) => burst.end - burst.start);
  const isTail = episodes.every(
    ({ alarmAt }, index) => alarmAt <= window.start && (lengths[index] ?? 0) < ENOUGH_OF_A_BURST * period,
  );
  return lengths.length > 0 && isTail ? sum(lengths) : null;
}

function wantedMetrics(alarm: AlarmFact): MetricWanted[] {
  const { namespace, dimensions } = alarm;
  const latency = (id: string, statistic: string) => ({
    id,
    namespace,
    metric: "TargetResponseTime",
    dimensions,
    statistic,
  });
  const count = (id: string, metric: string) => ({ id, namespace, metric, dimensions, statistic: "Sum" });
  const { TargetGroup: _, ...whole } = dimensions;
  return [
    latency("judged", alarm.statistic),
    latency("average", "Average"),
    latency("p50", "p50"),
    latency("p95", "p95"),
    latency("p99", "p99"),
    latency("maximum", "Maximum"),
    count("requests", "RequestCount"),
    count("target5xx", "HTTPCode_Target_5XX_Count"),
    // The load balancer's own 5xx have no target group dimension (CloudWatch metrics for ALB).
    { ...count("elb5xx", "HTTPCode_ELB_5XX_Count"), dimensions: whole },
  ];
}

function toLatency(series: ReadonlyMap<string, Series>, period: number): LatencyFact {
  const of = (id: string) => series.get(id) ?? { start: 0, step: period, values: [] };
  return {
    period,
    judged: of("judged"),
    average: of("average"),
    p50: of("p50"),
    p95: of("p95"),
    p99: of("p99"),
    maximum: of("maximum"),
    requests: of("requests"),
    target5xx: of("target5xx"),
    elb5xx: of("elb5xx"),
  };
}

function flapping({ episodes, cycles, cyclesPerHour, flappingFor, longest, window, from }: EpisodesFact) {
  const measures = { cycles, cyclesPerHour, flappingFor, longest, episodes: episodes.length };
  const span = duration(window.end - window.start);
  const rebuilt = from === "metric" ? " (rebuilt from the metric: the history could not be read)" : "";
  if (episodes.length === 0) return { statement: `was not in ALARM in the last ${span}${rebuilt}`, measures };
  const ended = episodes[0]?.okAt ?? null;
  if (cycles === 0 && ended !== null)
    return {
      statement: `was in ALARM before the window of ${span}, and is OK since ${clock(ended)}${rebuilt}`,
      measures,
    };
  if (cycles === 0)
    return { statement: `has been in ALARM since before the window of ${span}, without a change${rebuilt}`, measures };
  const first = episodes.find(({ alarmAt }) => alarmAt > window.start);
  const last = episodes.at(-1);
  const when =
    cycles === 1
      ? `at ${clock(first?.alarmAt ?? 0)}`
      : `between ${clock(first?.alarmAt ?? 0)} and ${clock(last?.alarmAt ?? 0)} UTC, within ${duration(flappingFor)}`;
  return {
    statement: `went from OK to ALARM ${plural(cycles, "time")} ${when}; longest stay ${duration(longest)}${rebuilt}`,
    measures,
  };
}

function earlier({ earlier: transitions, window }: EpisodesFact) {
  const alarms = transitions.filter(({ to }) => to === "ALARM");
  const days = new Set(alarms.map(({ at }) => Math.floor((window.start - at) / 86_400)));
  return {
    statement: `before this window it went to ALARM ${plural(alarms.length, "time")} in the last ${duration(HISTORY)}, on ${plural(days.size, "day")}`,
    measures: { alarms: alarms.length, days: days.size },
  };
}

function describeMetric(
  alarm: AlarmFact,
  metric: LatencyFact,
  { episodes }: EpisodesFact,
  question: Question,
  find: (finding: {
    id: string;
    statement: string;
    measures: Record<string, number | null>;
    proof: Question[];
  }) => void,
): void {
  const bursts = episodes.map(({ burst }) => burst);
  const inside = (at: number) => within(bursts, at);
  const middle = (series: Series) => median(cells(series).flatMap(({ at, value }) => (inside(at) ? [value] : [])));
  const average = weightedAverage(metric.average, metric.requests, inside);
  const outside = weightedAverage(metric.average, metric.requests, (at) => !inside(at));
  const maximum = highest(cells(metric.maximum).flatMap(({ at, value }) => (inside(at) ? [value] : [])));
  const [p50, p95, p99] = [middle(metric.p50), middle(metric.p95), middle(metric.p99)];
  if (average !== null) {
    const parts = [
      `average ${seconds(average)}`,
      ...told("p50", p50),
      ...told("p95", p95),
      ...told("p99", p99),
      ...told("slowest", maximum),
    ];
    const rest = outside === null ? "" : `; outside the bursts it averages ${seconds(outside)}`;
    find({
      id: "metric",
      statement: `in the bursts: ${listed(parts)}${rest}`,
      measures: { average, p50, p95, p99, maximum, outside },
      proof: [question],
    });
  }
  const counts = cells(metric.judged).flatMap(({ at, value }) =>
    inside(at) && breaches(alarm, value) ? [valueAt(metric.requests, at) ?? 0] : [],
  );
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
  });
}

/** Below this many requests in a datapoint, one request is more than a twentieth of its average. */
const FEW_REQUESTS = 20;

function told(what: string, value: number | null): string[] {
  return value === null ? [] : [`${what} ${seconds(value)}`];
}
