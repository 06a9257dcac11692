import {
  type Ask,
  type Asked,
  type Question,
  queryRange,
  type RangeLine,
  type Span,
  type Typed,
} from "../../../src/playbook.ts";

/** Seconds between the points that are asked for: CloudWatch's own resolution, so that both can be laid side by side. */
export const STEP = 60;

/** A rate over the window, a point a minute, with the question that was answered in the end. */
export interface Rates {
  readonly answer: Asked<RangeLine[]>;
  readonly question: Question;
}

/**
 * Asks for a rate over the window, by the minute. Where Prometheus scrapes once a minute, which is its default
 * (global.scrape_interval), a minute holds one sample and has no rate; two minutes hold two samples, a minute apart.
 */
export async function askRates(expression: (range: string) => string, window: Span, ask: Ask): Promise<Rates> {
  const by = (range: string) => queryRange(expression(range), window, STEP);
  const minute = by("1m");
  const answer = await ask(minute);
  const byMinute = { answer, question: minute.question };
  if (!answer.ok || answer.value.some(({ series }) => series.values.some((value) => value !== null))) return byMinute;
  const two = by("2m");
  const wider = await ask(two);
  return wider.ok && wider.value.length > 0 ? { answer: wider, question: two.question } : byMinute;
}

/**
 * Asks the same in the forms that installations give it, until one answer holds something. An empty answer to one form is
 * no evidence; where none holds anything the first one's answer stands.
 */
export async function firstThatHolds<T>(
  forms: readonly [Typed<T[]>, ...Typed<T[]>[]],
  ask: Ask,
): Promise<{ asked: Typed<T[]>; answer: Asked<T[]> }> {
  const [first, ...others] = forms;
  const own = await ask(first);
  if (!own.ok || own.value.length > 0) return { asked: first, answer: own };
  for (const asked of others) {
    const answer = await ask(asked);
    if (answer.ok && answer.value.length > 0) return { asked, answer };
  }
  return { asked: first, answer: own };
}
