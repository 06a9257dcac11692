import type { AlarmFact, Facts } from "../model/facts.ts";
import type { Judged } from "../model/metric.ts";
import type { Epoch } from "../model/time.ts";
import { replayAlarm } from "./alarm-evaluation.ts";
import { withPast } from "./backtest.ts";
import { part } from "./series.ts";

type Now = Pick<Facts, "alarm" | "judged"> & Partial<Facts>;

/**
 * Whether an alarm as it was set before would have gone to ALARM on the datapoints that begin after a time, if it was OK
 * until then: so that an alarm that was changed meanwhile does not prove a service. Null where its datapoints are not known.
 */
export function wouldHaveAlarmed(before: AlarmFact, now: Now, since: Epoch): boolean | null {
  const judged = judgedAs(before, now);
  if (!judged) return null;
  const { values, samples } = judged;
  const first = Math.max(0, Math.ceil((since - values.start) / values.step));
  // What lies before is not missing, it is not looked at.
  const fresh = { ...judged, values: part(values, first), samples: samples && part(samples, first) };
  const run = { initially: "OK", delay: 0, until: Number.POSITIVE_INFINITY } as const;
  return replayAlarm(withPast(fresh, before), before, run).transitions.some(({ to }) => to === "ALARM");
}

/** The datapoints of now as the alarm judged them before; null where it judged others, and those are not known. */
function judgedAs(before: AlarmFact, { alarm, judged, alarmMetric }: Now): Judged | null {
  if (whatOf(before) !== whatOf(alarm)) return null;
  if (before.statistic === alarm.statistic) return judged;
  if (alarm.expression || alarm.band) return null;
  const values = judged.statistics[before.statistic];
  if (values) return { ...judged, values };
  // A latency's average is read with it whatever the alarm judges, on the clock's periods.
  return before.statistic === "Average" && alarmMetric
    ? { values: alarmMetric.average, samples: alarmMetric.requests }
    : null;
}

/** What an alarm judges, but for the statistic: its metric, of whom, in which periods, and what is made of it. */
function whatOf({ namespace, metric, dimensions, period, expression, band, unit }: AlarmFact): string {
  const whose = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, metric, whose, period, expression?.words, band?.words, unit]);
}
