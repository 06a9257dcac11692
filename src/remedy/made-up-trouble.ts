import { strideOf } from "../analysis/alarm.ts";
import { evaluationRange, replayAlarm } from "../analysis/alarm-evaluation.ts";
import { withPast } from "../analysis/backtest.ts";
import { part } from "../analysis/series.ts";
import type { AlarmFact } from "../model/facts.ts";
import { badSide, type Judged, type MetricUnit } from "../model/metric.ts";
import type { Series } from "../model/time.ts";
import { duration } from "../model/words.ts";

/** A made-up trouble: for a quarter of an hour the metric is worse by this many times the threshold. */
const TROUBLE = { thresholds: 2, seconds: 900, places: 8 };

/** What a fix says of the made-up trouble; `slowest` as slowestCatch() has it. */
export function madeUpTrouble(alarm: AlarmFact, unit: MetricUnit, slowest: number): string {
  const { seconds, places } = TROUBLE;
  return `synthetic test: ${troubleWords(alarm, unit)} for ${duration(seconds)}, at ${places} points: seen each time, within ${duration(slowest)}`;
}

/** The made-up trouble in a few words, to stand before "for 15 min". */
function troubleWords(alarm: Pick<AlarmFact, "comparison">, { kind }: MetricUnit): string {
  if (badSide(alarm) === "below") return "it falls to 0";
  const more = `by ${TROUBLE.thresholds} thresholds`;
  return kind === "duration" ? `every request slower ${more}` : `each datapoint higher ${more}`;
}

/**
 * Seconds from the beginning of a made-up trouble to the rule's alarm, in the worst of the places that were tried: 0 where
 * it is in ALARM already. Null where the trouble is missed at one of them. The trouble is as large as today's threshold
 * makes it, whatever the rule's own is. Of windows that slide only those change that lie wholly in the trouble: those that
 * hold a part of it may show it sooner.
 */
export function slowestCatch(
  rule: AlarmFact,
  judged: Judged,
  today: AlarmFact,
  unit: MetricUnit,
  delay: number,
): number | null {
  const { start, step, values } = judged.values;
  const stride = strideOf(judged);
  const steps = Math.ceil(TROUBLE.seconds / step);
  const length = Math.max(1, steps - stride + 1);
  const range = evaluationRange(rule);
  const whole = withPast(judged, rule);
  const change = troubled(today, unit);
  // Until the trouble begins all goes as without it: that is run once, and of each trouble only its own quarter of an hour.
  const usual = replayAlarm(whole, rule, { initially: "OK", delay, until: Number.POSITIVE_INFINITY }).transitions;
  let slowest = 0;
  for (let index = 0; index < TROUBLE.places; index += 1) {
    const place = Math.floor(((index + 0.5) / TROUBLE.places) * (values.length - length));
    if (place < 0) return null;
    const begin = start + place * step;
    const earlier = usual.filter(({ newest }) => newest < range * stride + place);
    // With the datapoints before it that its first one is judged with.
    const [from, to] = [place + stride, place + range * stride + steps];
    const first = (range - 1) * stride;
    const here = { ...judged, values: changed(part(whole.values, from, to), first, length, change) };
    const run = { initially: earlier.at(-1)?.to ?? "OK", delay, until: begin + TROUBLE.seconds + delay } as const;
    const later = replayAlarm({ ...here, samples: whole.samples && part(whole.samples, from, to) }, rule, run);
    const transitions = [...earlier, ...later.transitions];
    const before = transitions.filter(({ at }) => at < begin).at(-1);
    if (before?.to === "ALARM") continue;
    const caught = transitions.find(({ to, at }) => to === "ALARM" && at >= begin);
    if (!caught) return null;
    slowest = Math.max(slowest, caught.at - begin);
  }
  return slowest;
}

/** What trouble makes of a datapoint. */
type Change = (value: number | null) => number | null;

/**
 * Where high values are bad, so many thresholds more, and one at the least where the threshold is nothing; a share is at
 * most the whole. Where low values are bad, nothing is left. Counts have no datapoint while there is nothing to count, so
 * that trouble makes one; without requests there is no latency and no share.
 */
export function troubled(alarm: Pick<AlarmFact, "comparison" | "threshold">, { kind, scale }: MetricUnit): Change {
  if (badSide(alarm) === "below") return (value) => (value === null ? null : Math.min(0, value));
  const extra = TROUBLE.thresholds * alarm.threshold || 1;
  const most = kind === "share" ? 1 / scale : Number.POSITIVE_INFINITY;
  const without = kind === "count" ? 0 : null;
  return (value) => {
    const usual = value ?? without;
    return usual === null ? null : Math.min(Math.max(most, usual), usual + extra);
  };
}

/** The datapoints with trouble in `length` of them, from `place` on. */
export function changed(series: Series, place: number, length: number, change: Change): Series {
  const values = series.values.map((value, index) =>
    index >= place && index < place + length ? change(value) : value,
  );
  return { ...series, values };
}
