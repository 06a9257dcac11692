/**
 * Hand-made facts for the rows of the signals: small builders with neutral defaults, so that a row says only what matters
 * to it. Each gives the fact under its id, to be spread into a row's facts. Times are minutes of a made-up window unless
 * a name says seconds.
 */
import type { AlarmFact, EpisodesFact, LatencyFact } from "../../src/model/facts.ts";
import type { JudgedMetric, MetricKind } from "../../src/model/metric.ts";
import type { Epoch, Series } from "../../src/model/time.ts";

export type Values = readonly (number | null)[];

/** Where the made-up window begins: a whole minute. */
export const START: Epoch = 1_700_000_040;
/** Minutes of the window where nothing says otherwise, and its one spike. */
export const MINUTES = 60;
const SPIKE = [30, 40] as const;

export const at = (minute: number): Epoch => START + 60 * minute;

/** Minute by minute; without values nothing was published. */
export const series = (values: Values = [], start = START): Series => ({ start, step: 60, values });

/** The same value in all minutes. */
export const always = (value: number, minutes = MINUTES): Values => new Array<number>(minutes).fill(value);

/** One value outside the spikes and another within them; null: none there. */
export const level = (
  outside: number | null,
  inside: number | null,
  spikes: readonly (readonly [number, number])[] = [SPIKE],
  minutes = MINUTES,
): Values =>
  Array.from({ length: minutes }, (_, minute) =>
    spikes.some(([from, to]) => minute >= from && minute < to) ? inside : outside,
  );

/** An alarm on an average of more than half a second. */
export const alarm = (): { alarm: AlarmFact } => ({
  alarm: {
    name: "shop-latency",
    arn: "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:shop-latency",
    description: null,
    namespace: "AWS/ApplicationELB",
    metric: "TargetResponseTime",
    dimensions: {},
    statistic: "Average",
    threshold: 0.5,
    comparison: "GreaterThanThreshold",
    period: 60,
    evaluationPeriods: 2,
    datapointsToAlarm: 2,
    treatMissingData: "missing",
    state: "ALARM",
    stateSince: null,
  },
});

type MetricValues = Partial<Record<Exclude<keyof LatencyFact, "period">, Values>>;

function latency(known: MetricValues): LatencyFact {
  const minutes = Math.max(...Object.values(known).map((values) => values.length), 1);
  const none: Values = new Array<null>(minutes).fill(null);
  const of = (name: keyof MetricValues) => series(known[name] ?? none);
  return {
    period: 60,
    judged: series(known.judged ?? known.average ?? none),
    average: of("average"),
    p50: of("p50"),
    p95: of("p95"),
    p99: of("p99"),
    maximum: of("maximum"),
    requests: of("requests"),
    target5xx: of("target5xx"),
    elb5xx: null,
  };
}

/** The target group's latency, minute by minute; what is not given has no values. */
export const metric = (known: MetricValues): { guiltyMetric: LatencyFact } => ({ guiltyMetric: latency(known) });

/** The alarm's own metric; it judges the average unless `judged` is given. */
export const alarmMetric = (known: MetricValues): { alarmMetric: LatencyFact } => ({ alarmMetric: latency(known) });

/** The edges of the latency's distribution. */
export const tails = (known: { readonly p10?: Values; readonly p90?: Values }) => ({
  guiltyTails: { p10: series(known.p10 ?? []), p90: series(known.p90 ?? []) },
});

/** Episodes with their spikes from minute to minute; the alarm goes off two minutes into each. */
export const episodes = (
  spikes: readonly (readonly [number, number])[] = [SPIKE],
  more: Partial<EpisodesFact> = {},
  minutes = MINUTES,
): { episodes: EpisodesFact } => ({
  episodes: {
    window: { start: START, end: at(minutes) },
    transitions: [],
    earlier: [],
    historyFrom: START - 14 * 86_400,
    episodes: spikes.map(([from, to], index) => ({
      id: index + 1,
      alarmAt: at(from) + 120,
      okAt: at(to),
      burst: { start: at(from), end: at(to) },
      breaching: to - from,
      worst: 1,
      requests: 1000,
      fewestRequests: 100,
    })),
    from: "history",
    cycles: spikes.length,
    cyclesPerHour: 1,
    flappingFor: 0,
    longest: 600,
    ...more,
  },
});

/** Requests through the load balancer and those that clients gave up, minute by minute. */
export const givenUp = (requests: Values, closed: Values) => ({
  givenUp: { requests: series(requests), closed: series(closed) },
});

/** What the alarm judges, minute by minute. */
export const judged = (values: Values, kind: MetricKind = "duration"): { judged: JudgedMetric } => ({
  judged: {
    values: series(values),
    samples: null,
    unit: { kind, scale: 1 },
    datapoints: values.length,
    traffic: null,
    statistics: {},
    companions: [],
    onClockBecause: null,
  },
});

/** Changes to ALARM before the window, as seconds after (or, negative, before) a time. */
export const alarmsAt = (...times: readonly Epoch[]): EpisodesFact["earlier"] =>
  times.map((time) => ({ at: time, from: "OK", to: "ALARM" }));
