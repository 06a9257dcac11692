import type { LatencyFact } from "../model/facts.ts";
import type { Epoch, Span } from "../model/time.ts";
import { valueAt } from "./series.ts";

/** Requests that arrived in a stretch of time, at an even rate. */
export interface ArrivalStretch extends Span {
  /** Requests a second. */
  readonly rate: number;
  /** Mean seconds until they were answered. */
  readonly latency: number;
}

/** Two answers cannot be given in less than this part of the time in which their requests came. */
const FASTEST = 0.1;

/**
 * When the requests came that were answered in the span. The load balancer counts a request, and times it, when it is
 * answered; where requests wait, that is later than they came, and a queue lets out no more than it can work off. Taking
 * the answers of minute m back by their latency gives the arrivals: those of [t, t′) came in [t − W(t), t′ − W(t′)),
 * where W at a minute's edge is the mean of its neighbours' averages (first come, first served).
 */
export function arrivalsIn({ requests, average, period }: LatencyFact, span: Span): ArrivalStretch[] {
  const stretches: ArrivalStretch[] = [];
  const wait = (at: Epoch) => valueAt(average, at) ?? 0;
  const edge = (at: Epoch) => (wait(at - period) + wait(at)) / 2;
  const first = requests.start + Math.floor((span.start - requests.start) / period) * period;
  for (let at = first; at < span.end; at += period) {
    const count = valueAt(requests, at) ?? 0;
    const start = Math.max(at - edge(at), stretches.at(-1)?.end ?? Number.NEGATIVE_INFINITY);
    const end = Math.max(at + period - edge(at + period), start + FASTEST * period);
    // Of a latency as long as an age nothing is left of the difference.
    stretches.push({ start, end, rate: count / Math.max(end - start, FASTEST * period), latency: wait(at) });
  }
  return stretches;
}

/**
 * The same with what a queue works off after its burst taken along: the span is reached out on both sides until requests
 * are answered about as fast as usual again.
 */
export function burstArrivals(metric: LatencyFact, burst: Span, usual: number): ArrivalStretch[] {
  const slow = (at: Epoch) => (valueAt(metric.average, at) ?? 0) > 2 * usual;
  let { start, end } = burst;
  // Ten minutes on either side: a queue that takes longer is not one burst's.
  for (let step = 0; step < 10 && slow(end); step += 1) end += metric.period;
  for (let step = 0; step < 10 && slow(start - metric.period); step += 1) start -= metric.period;
  return arrivalsIn(metric, { start: start - metric.period, end });
}
