import type { Epoch, Series, Span as Stretch } from "../model/time.ts";
import type { Tone } from "./lines.ts";
import { LEVELS } from "./signs.ts";

/** Eighths of a column, for bars that lie: ▏ is one eighth, █ a whole one. */
const EIGHTHS = " ▏▎▍▌▋▊▉█";

/** The highest value, or 0 of nothing. */
export function highestOf(values: readonly (number | null)[]): number {
  return values.reduce<number>((best, value) => Math.max(best, value ?? 0), 0);
}

/**
 * A series squeezed into columns: each shows the highest value of its stretch, or the lowest where that is what is bad, so
 * that no peak is lost; null where there is no datapoint.
 */
export function squeezed(
  { start, step, values }: Series,
  { start: from, end }: Stretch,
  columns: number,
  keep: "highest" | "lowest" = "highest",
) {
  const further = keep === "highest" ? Math.max : Math.min;
  const width = (end - from) / columns;
  const slots = Array.from({ length: columns }, (): number | null => null);
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const at = start + index * step;
    const first = Math.max(0, Math.floor((at - from) / width));
    // Where a value's stretch is wider than a column it fills all of them.
    const last = Math.max(first, Math.ceil((at + step - from) / width) - 1);
    for (let slot = first; slot <= last && slot < columns; slot += 1)
      slots[slot] = further(slots[slot] ?? value, value);
  }
  return slots;
}

/** The values of a series in a stretch of time, one for each of its steps. */
export function valuesIn({ start, step, values }: Series, { start: from, end }: Stretch): (number | null)[] {
  const first = Math.round((from - start) / step);
  const count = Math.max(1, Math.round((end - from) / step));
  return Array.from({ length: count }, (_, index) => values[first + index] ?? null);
}

/** The column in which a moment lies. */
export function columnAt(at: Epoch, { start, end }: Stretch, columns: number): number {
  return Math.min(columns - 1, Math.max(0, Math.floor(((at - start) / (end - start)) * columns)));
}

/** One character for one value of 0 to `top`; a blank where there is none. */
export function level(value: number | null, top: number): string {
  if (value === null || top <= 0) return " ";
  const place = Math.min(LEVELS.length - 1, Math.max(0, Math.round((value / top) * LEVELS.length) - 1));
  return LEVELS[place] ?? " ";
}

/** A lying bar of 0 to `top` in at most `width` columns, to an eighth of a column. */
export function bar(value: number, top: number, width: number): string {
  if (top <= 0 || value <= 0) return "";
  const eighths = Math.round((Math.min(value, top) / top) * width * 8);
  return "█".repeat(Math.floor(eighths / 8)) + (eighths % 8 === 0 ? "" : EIGHTHS[eighths % 8]);
}

/** The part of a standing bar that falls into a row; rows count from the bottom, `rows` reach to `top`. */
export function standing(value: number, top: number, rows: number, row: number): string {
  const eighths = Math.round((value / top) * rows * 8) - row * 8;
  if (eighths <= 0) return " ";
  return eighths >= 8 ? "█" : (LEVELS[eighths - 1] ?? " ");
}

/** Neighbouring characters of one tone as one span. */
export function spansOf(cells: readonly { readonly text: string; readonly tone: Tone }[]) {
  const spans: { text: string; tone: Tone }[] = [];
  for (const { text, tone } of cells) {
    const last = spans.at(-1);
    if (last && last.tone === tone) last.text += text;
    else spans.push({ text, tone });
  }
  return spans;
}
