import type { BadSide, MetricKind, MetricUnit } from "./metric.ts";
import { figure, seconds } from "./words.ts";

/** A metric's value as a person reads it: "0.8 s", "12", "3.2 %", "1 host", "250 connections", "4.1 MB". */
export function valueWords({ kind, scale }: MetricUnit, value: number): string {
  switch (kind) {
    case "duration":
      return seconds(value * scale);
    case "share":
      return `${shareFigure(value * scale * 100)} %`;
    case "hosts":
      return `${figure(value)} ${value === 1 ? "host" : "hosts"}`;
    case "connections":
      return `${figure(value)} ${value === 1 ? "connection" : "connections"}`;
    case "bytes":
      return byteWords(value * scale);
    case "count":
    case "number":
      return figure(value);
  }
}

/** In percent. Close to the whole it is what is missing that counts: an availability of 99.95 % is not one of 100 %. */
function shareFigure(percent: number): string {
  if (percent <= 50 || percent >= 100) return figure(percent);
  return String(Number((100 - Number(figure(100 - percent))).toPrecision(12)));
}

/** The same where there is room for few characters: what is counted is told elsewhere. */
export function shortWords(unit: MetricUnit, value: number): string {
  return unit.kind === "hosts" || unit.kind === "connections" ? figure(value) : valueWords(unit, value);
}

/** SI prefixes, as AWS bills and draws traffic. */
const BYTES = ["B", "kB", "MB", "GB", "TB"] as const;

function byteWords(bytes: number): string {
  const power = Math.min(BYTES.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(bytes))) / 3)));
  return `${figure(bytes / 1000 ** power)} ${BYTES[power]}`;
}

/** The value of an axis: what its figures are in. */
const AXIS: Record<MetricKind, string> = {
  duration: "seconds",
  count: "count",
  share: "%",
  hosts: "hosts",
  connections: "connections",
  bytes: "bytes",
  number: "value",
};

export function axisWords({ kind }: MetricUnit): string {
  return AXIS[kind];
}

/** What a value is multiplied by to be drawn on that axis. */
export function axisScale({ kind, scale }: MetricUnit): number {
  return kind === "share" ? scale * 100 : scale;
}

type UnitSymbol = "s" | "ms" | "count" | "share" | "%" | "hosts" | "connections" | "B";

/** The unit's symbol in JSON; null where it has none. */
const SYMBOL: Record<MetricKind, UnitSymbol | null> = {
  duration: "s",
  count: "count",
  share: "share",
  hosts: "hosts",
  connections: "connections",
  bytes: "B",
  number: null,
};

/** For example "s"; "ms" and "%" of a metric whose values are such. Null where nothing is known but the figure. */
export function unitSymbol({ kind, scale }: MetricUnit): UnitSymbol | null {
  if (kind === "duration" && scale === 0.001) return "ms";
  return kind === "share" && scale === 0.01 ? "%" : SYMBOL[kind];
}

/** Where breaching values lie, to stand before "the threshold". */
export function beyondWords(side: BadSide): string {
  return side === "above" ? "over" : side;
}
