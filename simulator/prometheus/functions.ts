import type { Labels } from "./scrape.ts";
import { type Line, PromqlError, type Value, withoutName } from "./values.ts";

/** Functions of an instant vector and of further numbers, value by value. */
const PER_VALUE: { readonly [name: string]: (value: number, ...more: number[]) => number } = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  sqrt: Math.sqrt,
  ln: Math.log,
  exp: Math.exp,
  round: (value, step = 1) => Math.round(value / step) * step,
  clamp_min: (value, least = Number.NEGATIVE_INFINITY) => Math.max(value, least),
  clamp_max: (value, most = Number.POSITIVE_INFINITY) => Math.min(value, most),
  clamp: (value, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY) =>
    Math.min(most, Math.max(least, value)),
};

/** Evaluates a function of values that are there already; null where there is no such function. */
export function callOf(name: string, values: readonly Value[], texts: readonly string[], time: number): Value | null {
  const [first] = values;
  switch (name) {
    case "time":
      return { type: "scalar", value: time };
    case "vector":
      if (first?.type !== "scalar") throw new PromqlError("expected type scalar in call to function vector");
      return { type: "vector", lines: [{ labels: {}, value: first.value }] };
    case "scalar":
      return {
        type: "scalar",
        value: lines(name, first).length === 1 ? (lines(name, first)[0]?.value ?? 0) : Number.NaN,
      };
    case "absent":
      return { type: "vector", lines: lines(name, first).length > 0 ? [] : [{ labels: {}, value: 1 }] };
    case "sort":
      return { type: "vector", lines: [...lines(name, first)].sort((a, b) => a.value - b.value) };
    case "sort_desc":
      return { type: "vector", lines: [...lines(name, first)].sort((a, b) => b.value - a.value) };
    case "timestamp":
      return {
        type: "vector",
        lines: lines(name, first).map(({ labels }) => ({ labels: withoutName(labels), value: time })),
      };
    case "label_replace":
      return { type: "vector", lines: lines(name, first).map((line) => relabelled(line, texts)) };
  }
  const each = PER_VALUE[name];
  if (!each) return null;
  const more = values.slice(1).map((one) => (one.type === "scalar" ? one.value : Number.NaN));
  return {
    type: "vector",
    lines: lines(name, first).map(({ labels, value }) => ({
      labels: withoutName(labels),
      value: each(value, ...more),
    })),
  };
}

function lines(name: string, value: Value | undefined): readonly Line[] {
  if (value?.type !== "vector") throw new PromqlError(`expected type instant vector in call to function "${name}"`);
  return value.lines;
}

/** label_replace(v, destination, replacement, source, pattern): `texts` are its four strings. */
function relabelled({ labels, value }: Line, texts: readonly string[]): Line {
  const [destination = "", replacement = "", source = "", pattern = ""] = texts;
  const match = new RegExp(`^(?:${pattern})$`, "s").exec(labels[source] ?? "");
  if (!match) return { labels, value };
  const text = replacement.replace(/\$(\d+)|\$\{(\d+)\}/g, (_, a?: string, b?: string) => match[Number(a ?? b)] ?? "");
  const { [destination]: _, ...rest } = labels;
  const made: Labels = text === "" ? rest : { ...rest, [destination]: text };
  return { labels: made, value };
}
