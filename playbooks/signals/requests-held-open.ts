import {
  cells,
  defineSignal,
  type LatencyFact,
  median,
  no,
  percent,
  quantile,
  type Reading,
  range,
  type Series,
  seconds,
  unclear,
  unknown,
  valueAt,
  yes,
} from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { guiltyMetricFact, suspectFact } from "../evidence/target-groups/fact.ts";
import onePathHeld, { LONG } from "./one-path-held-open.ts";

/** The middle eight tenths must lie this close around their median: a wait has a fixed length. */
export const CONSTANT = 0.25;
/** Periods with such a wait in them, of all with requests: a wait by design is there at all times. */
export const ALWAYS = 0.5;

/** In minutes of fewer requests the p95 lies between the two slowest ones: there the slowest is at least every twentieth. */
export const FOR_A_P95 = 20;
/** Seconds of the stretches in which such a wait is looked for where it ends in few of the minutes. */
export const STRETCH = 900;
/** In this share of them it must end: troubles come and go, a wait by design goes on. */
export const NEARLY_ALWAYS = 0.8;

/**
 * Are requests held open for a fixed time (000 Elastic Fleet; a long poll's response time is about its interval)? Where
 * quick requests are mixed in, the wait stands in the upper percentiles: in the p95 it is at least every twentieth
 * request; what only the p99 shows may as well be a time-out of a few, and proves nothing. A swing is no proof against
 * it: intervals differ, and an event ends a wait early. The access log shows the wait of one path however few of all
 * requests it has.
 */
export default defineSignal({
  id: "requests-held-open",
  question: "Are requests held open for a fixed time?",
  needs: { metric: guiltyMetricFact },
  uses: { alarm: alarmFact, log: requestLogFact, suspect: suspectFact },
  read({ metric, alarm, log, suspect }) {
    const shown = byPercentiles(metric);
    if (shown.answer === "yes") return shown;
    const path = alarm && log && suspect ? onePathHeld.read({ alarm, log, suspect }) : null;
    if (path?.answer === "yes") return path;
    return (shown.answer === "unclear" ? bySlowest(metric) : null) ?? shown;
  },
});

/**
 * Where a minute holds few requests, some minutes have a held one and others none: the slowest of each minute is then as long as
 * a quick request, or as the wait. Null where they show no wait of a fixed length through nearly all of the window.
 */
function bySlowest({ requests, maximum }: LatencyFact): Reading | null {
  const sparse = cells(requests).flatMap(({ at, value }) => {
    const slowest = valueAt(maximum, at);
    return value > 0 && value < FOR_A_P95 && slowest !== null ? [{ at, slowest }] : [];
  });
  const held = sparse.filter(({ slowest }) => slowest >= LONG);
  const waits = held.map(({ slowest }) => slowest);
  const [low, middle, high] = [quantile(waits, 0.1), median(waits), quantile(waits, 0.9)];
  if (low === null || middle === null || high === null || (high - low) / middle > CONSTANT) return null;
  const stretches = (minutes: readonly { readonly at: number }[]) =>
    new Set(minutes.map(({ at }) => Math.floor(at / STRETCH))).size;
  const counted = stretches(cells(requests).filter(({ value }) => value > 0));
  const share = counted === 0 ? 0 : stretches(held) / counted;
  if (share < NEARLY_ALWAYS) return null;
  const figure = `in minutes of fewer than ${FOR_A_P95} requests the slowest takes a moment or ${range(seconds(low), seconds(high))}, and such a wait ends in ${percent(share)} of the quarters of an hour`;
  return yes(figure, ["alarm-history.metric", "target-groups.percentiles"], (high - low) / middle);
}

function byPercentiles(metric: LatencyFact): Reading {
  const evidence = ["target-groups.percentiles"];
  const counted = cells(metric.requests).filter(({ value }) => value > 0).length;
  const readings = [metric.p50, metric.p95, metric.p99].map((series) => levelOf(series, counted));
  const [typical] = readings;
  if (!typical || counted === 0) return unknown("needs the target group's percentiles", evidence);
  const long = readings.filter((one) => one !== null).filter(({ middle }) => middle >= LONG);
  const held = long.find(({ low, middle, high }) => (high - low) / middle <= CONSTANT) ?? long[0];
  const few = held !== undefined && held === readings.at(-1);
  if (!held)
    return no(
      `nearly all requests are answered within ${seconds(readings.at(-1)?.middle ?? typical.middle)}: nothing is held open`,
      evidence,
      typical.middle,
    );
  const spread = (held.high - held.low) / held.middle;
  const figure = `requests take ${range(seconds(held.low), seconds(held.high))} inside and outside the episodes`;
  if (few) return unclear(`${figure}, and those are at most one in twenty`, evidence, spread);
  if (spread <= CONSTANT && held.present >= ALWAYS) return yes(`${figure}, whatever the load`, evidence, spread);
  return unclear(`${figure}: long, but of no fixed length`, evidence, spread);
}

/** What a percentile is over the window: a tenth of the minutes, half of them and nine tenths lie below. */
export function levelOf(series: Series, counted: number) {
  const values = cells(series).map(({ value }) => value);
  const [low, middle, high] = [quantile(values, 0.1), median(values), quantile(values, 0.9)];
  if (low === null || middle === null || high === null) return null;
  return { low, middle, high, present: counted === 0 ? 0 : values.filter((value) => value >= LONG).length / counted };
}
