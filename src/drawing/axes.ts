import { type ScaleLinear, type ScaleTime, scaleLinear, scaleUtc } from "d3-scale";
import { line } from "d3-shape";
import type { Series, Span } from "../model/time.ts";
import { clock, plain } from "../model/words.ts";
import { element, label, WIDTH } from "./svg.ts";

/** The part of a figure in which is drawn, in pixels. */
export interface Panel {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type TimeScale = ScaleTime<number, number>;
export type Scale = ScaleLinear<number, number>;

/** Room at the left for the figures of the vertical axis. */
export const LEFT = 64;
export const RIGHT = WIDTH - 20;

export function timeScale({ start, end }: Span, { left, right }: Panel): TimeScale {
  return scaleUtc([start * 1000, end * 1000], [left, right]);
}

/** From zero, so that heights can be compared. */
export function valueScale(highest: number, { top, bottom }: Panel): Scale {
  return scaleLinear([0, highest > 0 ? highest * 1.06 : 1], [bottom, top]).nice(5);
}

/** The vertical axis with its grid; `unit` is told once, above it. */
export function valueAxis(scale: Scale, { left, right, top }: Panel, unit: string): string[] {
  const lines = scale.ticks(5).flatMap((value) => {
    const y = scale(value);
    return [
      element("line", { class: "grid", x1: left, x2: right, y1: y, y2: y }),
      label(left - 8, y + 4, plain(value), "m", "end"),
    ];
  });
  return [...lines, label(left - 8, top - 10, unit, "m", "end")];
}

/** The horizontal axis in UTC; over more than a day the days are told as well. */
export function timeAxis(scale: TimeScale, { left, right, bottom }: Panel): string[] {
  const ticks = scale.ticks(8);
  const [first, last] = scale.domain();
  const days = first !== undefined && last !== undefined && last.getTime() - first.getTime() > 86_400_000;
  const marks = ticks.flatMap((tick) => {
    const at = tick.getTime() / 1000;
    const text = days ? `${tick.toISOString().slice(5, 10)} ${clock(at)}` : clock(at);
    const x = scale(tick);
    return [
      element("line", { class: "axis", x1: x, x2: x, y1: bottom, y2: bottom + 4 }),
      label(x, bottom + 18, text, "m", "middle"),
    ];
  });
  return [element("line", { class: "axis", x1: left, x2: right, y1: bottom, y2: bottom }), ...marks];
}

/** A stretch of time as a band behind the lines, at least as wide as an eye can see. */
export function band(span: Span, scale: TimeScale, { top, bottom, left, right }: Panel): string {
  const from = Math.max(left, scale(span.start * 1000));
  const to = Math.min(right, scale(span.end * 1000));
  return element("rect", { class: "band", x: from, y: top, width: Math.max(2, to - from), height: bottom - top });
}

/** A level that something is compared with, with its name at the right edge. */
export function level(value: number, text: string, scale: Scale, { left, right }: Panel, look: "limit" | "limit2") {
  const y = scale(value);
  return [
    element("line", { class: look, x1: left, x2: right, y1: y, y2: y }),
    label(right - 2, y - 5, text, look === "limit" ? "tl halo" : "m halo", "end"),
  ];
}

/** The most values that a line shows: more than pixels. */
const MOST_VALUES = 1_000;

/** The values of a series, thinned to the highest of each stretch where there are more than can be seen. */
function thinned({ start, step, values }: Series): { readonly at: number; readonly value: number | null }[] {
  const together = Math.max(1, Math.ceil(values.length / MOST_VALUES));
  return Array.from({ length: Math.ceil(values.length / together) }, (_, index) => {
    const part = values.slice(index * together, (index + 1) * together).filter((value) => value !== null);
    return {
      at: start + (index + 0.5) * together * step,
      value: part.length === 0 ? null : part.reduce((best, value) => Math.max(best, value)),
    };
  });
}

/** The path of a series; where there is no datapoint the line is broken, and a lone one is a dot (a line cap). */
export function path(series: Series, x: TimeScale, y: Scale): string {
  const draw = line<{ at: number; value: number | null }>()
    .defined(({ value }) => value !== null)
    .x(({ at }) => x(at * 1000))
    .y(({ value }) => y(value ?? 0))
    .digits(1);
  return draw(thinned(series)) ?? "";
}

/** The part of a series that lies in a span. */
export function cut({ start, step, values }: Series, span: Span): Series {
  const first = Math.max(0, Math.floor((span.start - start) / step));
  const last = Math.max(first, Math.ceil((span.end - start) / step));
  return { start: start + first * step, step, values: values.slice(first, last) };
}

/** More than these stand too close for their times. */
const TIMED = 12;

/** A place on an axis of episodes: its number and, where there is room, when it began (UTC). */
export function episodeTick(x: number, { bottom }: Panel, id: number, at: number | undefined, count: number): string[] {
  const time = at === undefined || count > TIMED ? [] : [label(x, bottom + 32, clock(at), "m", "middle")];
  return [label(x, bottom + 18, String(id), "m", "middle"), ...time];
}
