import {
  type Ask,
  cells,
  type Episode,
  type LatencyFact,
  type Question,
  type RangeLine,
  type Series,
  type Span,
  sum,
  valueAt,
  valuesIn,
  valuesOutside,
  type WorkloadFact,
  weightedAverage,
  within,
} from "../../../src/playbook.ts";
import { askRates, type Rates, STEP } from "../pod-cpu/rates.ts";
import type { Backend, BackendLoad, BackendSeries } from "./fact.ts";
import type { ControllerName } from "./known.ts";
import { type BackendName, type Cluster, METRICS } from "./metrics.ts";

/** Labels by which a store holds one series twice: two scrape jobs, or a pair of Prometheus servers. */
const DOUBLES = ["job", "endpoint", "prometheus", "prometheus_replica", "replica"] as const;

export interface ReadBackends {
  /** Null: Prometheus did not answer. Empty: it has no series of them. */
  readonly backends: readonly Backend[] | null;
  /** The same by the minute. */
  readonly series: readonly BackendSeries[];
  /** What shows how long they took, and what they answered. */
  readonly times: readonly Question[];
  readonly answers: readonly Question[];
}

/** What the controller's pods sent to each backend, and what came of it, in every episode and outside them. */
export async function readBackends(
  controller: ControllerName,
  statusClass: "4" | "5",
  workload: WorkloadFact,
  cluster: Cluster,
  episodes: readonly Episode[],
  window: Span,
  ask: Ask,
): Promise<ReadBackends> {
  const { by, requests: metric, answered, times, scale, matchers, nameOf } = METRICS[controller];
  const pods = matchers(workload);
  const rates = (name: string, more = "") => {
    const once = (range: string) => `max without (${DOUBLES.join(", ")}) (rate(${name}{${pods}${more}}[${range}]))`;
    return askRates((range) => `sum by (${by.join(", ")}) (${once(range)})`, window, ask);
  };
  const [requests, errors, took] = await Promise.all([
    rates(metric),
    rates(metric, `,${answered(statusClass)}`),
    firstTimes(times, rates),
  ]);
  if (!requests.answer.ok) return { backends: null, series: [], times: [], answers: [] };
  const named = (answer: Rates | undefined) => group(answer, (labels) => nameOf(labels, cluster));
  const [counts, failures, sums, numbers] = [requests, errors, took?.sum, took?.count].map(named);
  const bursts = episodes.map(({ burst }) => burst);
  const byName = [...(counts ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  const both = byName.map(([name, { of, series }]) => {
    const [bad = [], total = [], count = []] = [failures, sums, numbers].map((all) => all?.get(name)?.series);
    const load = (chosen: (series: Series) => readonly number[]): BackendLoad => {
      const all = (lines: readonly Series[]) => sum(lines.flatMap(chosen));
      const measured = all(count);
      return {
        requests: Math.round(60 * all(series)),
        seconds: measured > 0 && total.length > 0 ? (scale * all(total)) / measured : null,
        // A status that was never answered has no series: where the question was answered, none is none.
        errors: errors.answer.ok ? Math.round(60 * all(bad)) : null,
      };
    };
    const backend: Backend = {
      name,
      service: of.service,
      usual: load((one) => valuesOutside(one, bursts)),
      episodes: episodes.map(({ id, burst }) => ({ episode: id, ...load((one) => valuesIn(one, [burst])) })),
    };
    return { backend, series: seriesOf(name, series, { total, count, bad, scale }) };
  });
  return {
    backends: both.map(({ backend }) => backend),
    series: both.map(({ series }) => series),
    times: [took?.sum, took?.count].flatMap((one) => (one ? [one.question] : [])),
    answers: [errors.question, requests.question],
  };
}

/** Requests and errors a minute, and the mean seconds of a request; rates are by the second. */
function seriesOf(
  name: string,
  requests: readonly Series[],
  took: {
    readonly total: readonly Series[];
    readonly count: readonly Series[];
    readonly bad: readonly Series[];
    readonly scale: number;
  },
): BackendSeries {
  const [all, total, count, failed] = [requests, took.total, took.count, took.bad].map(added);
  const { start, step, values } = all ?? EMPTY;
  const each = (of: (at: number) => number | null): Series => ({
    start,
    step,
    values: values.map((_, index) => of(start + index * step)),
  });
  const at = (series: Series | undefined, time: number) => valueAt(series ?? EMPTY, time);
  return {
    arn: name,
    name,
    requests: each((time) => scaled(at(all, time), step)),
    failed: each((time) => scaled(at(failed, time), step)),
    average: each((time) => {
      const [sums, measured] = [at(total, time), at(count, time)];
      return sums === null || measured === null || measured <= 0 ? null : (took.scale * sums) / measured;
    }),
    // A histogram's last bucket has no upper bound.
    maximum: { start, step, values: [] },
  };
}

const EMPTY: Series = { start: 0, step: STEP, values: [] };
const scaled = (value: number | null, by: number) => (value === null ? null : value * by);

/** Series of the same grid, added up; a moment at which none has a value has none. */
function added(series: readonly Series[]): Series {
  const [first = EMPTY] = series;
  const values = first.values.map((_, index) => {
    const here = series.flatMap((one) => one.values[index] ?? []);
    return here.length === 0 ? null : sum(here);
  });
  return { ...first, values };
}

/** The first histogram that has something to say. */
async function firstTimes(names: readonly string[], rates: (name: string) => Promise<Rates>) {
  for (const name of names) {
    const [total, count] = await Promise.all([rates(`${name}_sum`), rates(`${name}_count`)]);
    if (total.answer.ok && count.answer.ok && count.answer.value.length > 0) return { sum: total, count };
  }
  return null;
}

/** The lines of an answer by their backend. */
function group(rates: Rates | undefined, nameOf: (labels: RangeLine["labels"]) => BackendName) {
  const found = new Map<string, { readonly of: BackendName; readonly series: Series[] }>();
  for (const { labels, series } of rates?.answer.ok ? rates.answer.value : []) {
    const of = nameOf(labels);
    const known = found.get(of.name) ?? { of, series: [] };
    // A rate looks back, and a datapoint of CloudWatch begins where it says.
    known.series.push({ ...series, start: series.start - series.step });
    found.set(of.name, known);
  }
  return found;
}

/** The requests of each episode at the load balancer, and the seconds by which they took longer than usual. */
export function seenByBalancer(metric: LatencyFact, episodes: readonly Episode[]) {
  const bursts = episodes.map(({ burst }) => burst);
  const usual = weightedAverage(metric.average, metric.requests, (at) => !within(bursts, at)) ?? 0;
  return episodes.map(({ id, burst }) => {
    const minutes = cells(metric.average).filter(({ at }) => within([burst], at));
    const added = minutes.map(({ at, value }) => Math.max(0, value - usual) * (valueAt(metric.requests, at) ?? 0));
    return { episode: id, requests: sum(valuesIn(metric.requests, [burst])), seconds: sum(added) };
  });
}
