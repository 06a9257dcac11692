import { type Epoch, epoch, type Span } from "../model/time.ts";
import { Unusable } from "../model/unusable.ts";
import { oneLine } from "../model/visible.ts";

const UNIT: { readonly [unit: string]: number } = { m: 60, h: 3600, d: 86_400 };
/** Seconds that are looked at unless the options say otherwise: a flapping that woke someone, with its hours before. */
const USUAL = 6 * 3600;
/** An alarm needs a few datapoints to change its state at all. */
const SHORTEST = 10 * 60;
/** CloudWatch keeps datapoints of one minute for 15 days (User Guide, Metrics retention). */
const LONGEST = 15 * 86_400;

/** The stretch that is looked at where the options name none. */
export function usualWindow(now: Epoch): Span {
  return { start: now - USUAL, end: now };
}

/**
 * The stretch of time to look at. `window` is its length and `since` its start; alone, each reaches until now. Together
 * they are a stretch in the past. Without either it is the given one.
 */
export function windowOf(
  options: { readonly window?: string | undefined; readonly since?: string | undefined },
  now: Epoch,
  otherwise: Span,
): Span {
  if (options.window === undefined && options.since === undefined) return otherwise;
  const length = options.window === undefined ? null : durationOf(options.window, "--window");
  const start = options.since === undefined ? now - (length ?? 0) : startOf(options.since, now);
  const span = { start, end: Math.min(now, length === null ? now : start + length) };
  const seconds = span.end - span.start;
  if (seconds < SHORTEST) throw new Unusable("the window must be at least 10 minutes long and lie in the past");
  if (seconds > LONGEST)
    throw new Unusable("the window must be at most 15 days long: CloudWatch keeps one-minute metrics no longer");
  return span;
}

/** "90m", "6h", "2d" or "1h30m" as seconds. */
export function durationOf(text: string, option: string): number {
  const parts = [...text.matchAll(/(\d+)([mhd])/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== text) {
    throw new Unusable(`${option} ${oneLine(text)}: expected a duration like 90m, 6h, 2d or 1h30m`);
  }
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT[unit ?? ""] ?? 0), 0);
}

function startOf(text: string, now: Epoch): Epoch {
  if (/^[\dmhd]+$/.test(text)) return now - durationOf(text, "--since");
  const full = text.replace(/T(\d\d:\d\d)(?=[Z+-]|$)/, "T$1:00");
  // Without a zone it would mean another moment on another machine.
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/.test(full) || Number.isNaN(Date.parse(full))) {
    throw new Unusable(
      `--since ${oneLine(text)}: expected a time with its zone, like 2026-06-26T08:00Z, or a duration before now, like 2h`,
    );
  }
  return epoch(full);
}
