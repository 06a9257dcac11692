import {
  type Ask,
  type Asked,
  type Question,
  queryRange,
  type RangeLine,
  type Span,
  type Typed,
} from "../../src/playbook.ts";

/** Seconds between the points that are asked for: CloudWatch's own resolution, so that both can be laid side by side. */
export const STEP = 60;

/**
 * The range of a rate: a minute. Where Prometheus scrapes once a minute, which is its default (global.scrape_interval), a
 * minute holds one sample and has no rate; two minutes hold two samples, a minute apart.
 */
const RANGES = ["1m", "2m"] as const;

/** A rate over the window, a point a minute, with the question that was answered in the end. */
export interface Rates {
  readonly answer: Asked<RangeLine[]>;
  readonly question: Question;
}

/** Asks for a rate over the window: by the minute, or where that has no points, by two. */
export async function askRates(expression: (range: string) => string, window: Span, ask: Ask): Promise<Rates> {
  const [first, second] = RANGES.map((range) => queryRange(expression(range), window, STEP)) as [
    Typed<RangeLine[]>,
    Typed<RangeLine[]>,
  ];
  const answer = await ask(first);
  if (!answer.ok || answer.value.some(({ series }) => series.values.some((value) => value !== null)))
    return { answer, question: first.question };
  const wider = await ask(second);
  return wider.ok && wider.value.length > 0
    ? { answer: wider, question: second.question }
    : { answer, question: first.question };
}
