import {
  cells,
  defineSignal,
  type LatencyFact,
  median,
  no,
  quantile,
  type Reading,
  range,
  type Series,
  seconds,
  unclear,
  unknown,
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
    if (shown.answer === "yes" || !alarm || !log || !suspect) return shown;
    const path = onePathHeld.read({ alarm, log, suspect });
    return path.answer === "yes" ? path : shown;
  },
});

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
