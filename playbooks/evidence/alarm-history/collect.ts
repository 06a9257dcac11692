import {
  type AlarmFact,
  alarmScope,
  alarmStates,
  breachesIn,
  cells,
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
  median,
  metricData,
  onlyMetric,
  plural,
  type Question,
  range,
  type Series,
  seconds,
  spike,
  upperBound,
  valueAt,
  valuesIn,
  weightedAverage,
  within,
} from "../../../src/playbook.ts";
import { rangeOf } from "../../signals/within-usual-range.ts";
import { refused } from "../alarm/alarm-meant.ts";
import { alarmFact } from "../alarm/fact.ts";
import { alarmMetricFact, episodesFact } from "./fact.ts";
import { expressionWords, limitWords, settledBy, statesWords } from "./judged.ts";
import { toLatency, wantedMetrics } from "./metrics.ts";
import { tailOf } from "./tail.ts";

/**
 * How far the alarm's history is read: a week shows yesterday's flapping beside today's, and stays well inside the 30
 * days that CloudWatch keeps (DescribeAlarmHistory, API reference).
 */
const HISTORY = 7 * 86_400;

const BAND_EMPTY = {
  source: "cloudwatch",
  // Not "missing": the engine takes that for an alarm that does not exist.
  kind: "malformed",
  what: "CloudWatch has no anomaly detection band for the alarm's metric in this window",
  remedy: "a new band needs some hours of data; a window that begins later may have it",
} as const;

/** One latency alarm in plain words: what makes it fire, when it did, and on how many requests each time rests. */
export default defineStep({
  id: "alarm-history",
  title: "alarm history",
  needs: { alarm: alarmFact },
  uses: [],
  gives: [alarmMetricFact, episodesFact],
  async run({ facts, window, ask, give, find, lack }) {
    let { alarm } = facts;
    const described = describeAlarms([alarm.name]);
    const tell = () => find({ id: "condition", ...inWords(alarm), proof: [described.question] });
    // What an expression or a band judges is known when its values are; the others need not wait.
    const later = alarm.expression ?? alarm.band;
    if (!later) tell();

    const past = describeAlarmHistory(alarm.name, { start: window.end - HISTORY, end: window.end });
    const metricsAsked = metricData(window, alarm.period, wantedMetrics(alarm));
    const valuesOf = alarm.band ? upperBound : expressionData;
    const valuesAsked = later ? valuesOf(window, alarm.period, later) : null;
    const [history, metrics, values] = await Promise.all([
      ask(past),
      ask(metricsAsked),
      valuesAsked && ask(valuesAsked),
    ]);
    const plain = metrics.ok ? toLatency(metrics.value, alarm.period) : null;
    const settled = later ? settledBy(alarm, values?.ok ? values.value : null, plain) : { alarm, metric: plain };
    if (settled && "because" in settled) {
      lack({ source: "cloudwatch", ...refused(alarm.name, settled.because) });
      return;
    }
    if (!settled) {
      // When it was in ALARM is told all the same; what rests on the values stays open.
      if (alarm.band) tell();
      if (values?.ok && alarm.band) lack(BAND_EMPTY);
      if (!history.ok) return;
      const told = episodesOf(alarm, window, { transitions: history.value, from: window.end - HISTORY }, null);
      find({ id: "flapping", ...flapping(told), proof: [past.question] });
      return;
    }
    const { metric } = settled;
    alarm = settled.alarm;
    if (later) {
      // What it is judged by is known only now: the threshold of a band, the factor of an expression.
      give(alarmFact, alarm);
      tell();
    }
    const metricQuestion = (alarm.expression && valuesAsked ? valuesAsked : metricsAsked).question;
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
    const states = alarmStates({
      alarm,
      window,
      transitions: history.ok ? history.value : null,
      historyFrom: since,
      // Not what is judged: an expression may leave out all of them.
      datapoints: metric ? cells(metric.average).length : null,
    });
    if (states.statement !== null) find({ id: "states", ...statesWords(states), proof: [past.question] });
    if (episodes.earlier.length > 0) find({ id: "earlier", ...earlier(episodes), proof: [past.question] });
    if (metric && episodes.episodes.length > 0) describeMetric(alarm, metric, episodes, metricsAsked.question, find);
  },
});

function inWords(alarm: AlarmFact) {
  const { threshold, period, evaluationPeriods: n, datapointsToAlarm: m } = alarm;
  const { scopeWords } = alarmScope(alarm);
  const over = sideOf(alarm.comparison);
  const of = `in ${m === n ? n : `${m} of ${n}`} ${m === n && n > 1 ? "consecutive " : ""}${n === 1 ? "period" : "periods"} of ${duration(period)}`;
  return {
    statement: `fires when the ${alarm.statistic} of TargetResponseTime of ${scopeWords}${expressionWords(alarm)} is ${over} ${limitWords(alarm)} ${of}`,
    measures: {
      threshold: Number.isNaN(threshold) ? null : threshold,
      period,
      evaluationPeriods: n,
      datapointsToAlarm: m,
      statistic: alarm.statistic,
      treatMissingData: alarm.treatMissingData,
    },
  };
}

function sideOf(comparison: string): string {
  if (comparison === "LessThanLowerOrGreaterThanUpperThreshold") return "outside";
  return comparison.startsWith("Less") ? "below" : "above";
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
