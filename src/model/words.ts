import type { AlarmFact, EpisodesFact } from "./facts.ts";
import { type Epoch, iso } from "./time.ts";

/** Figures as a person reads them; the exact values stand in a finding's measures. */

/** The alarm's name, with that of the composite alarm that was asked for; until it is known, what was asked for. */
export function alarmTitle(alarm: AlarmFact | undefined, asked: string): string {
  if (!alarm) return asked;
  return alarm.composite === undefined ? alarm.name : `${alarm.name}, beneath ${alarm.composite}`;
}

/** "40 queries, all answered", "40 queries, 2 failed" */
export function answeredOf(queries: number, failed: number): string {
  return `${plural(queries, "query", "queries")}, ${failed === 0 ? "all answered" : `${failed} failed`}`;
}

/** What there is to say where an alarm did not go to ALARM in the window: it was there when the window began, or never. */
export function withoutCycles({ episodes: [first], window }: EpisodesFact): string {
  const span = duration(window.end - window.start);
  if (!first) return `not in ALARM in ${span}`;
  return first.okAt === null
    ? `in ALARM for all of ${span}`
    : `in ALARM for the first ${duration(first.okAt - window.start)} of ${span}`;
}

/** What breaches for no longer than this is a spike, seconds: half an hour. What stays, as an alarm that is always on, is none. */
const SPIKE = 1800;

/** What the minutes of the episodes are called: "spike" where most of them soon pass, "episode" where not, or not known. */
export function spike(fact: Pick<EpisodesFact, "episodes"> | undefined): "spike" | "episode" {
  const all = fact?.episodes ?? [];
  const short = all.filter(({ burst }) => burst.end - burst.start <= SPIKE).length;
  return 2 * short > all.length ? "spike" : "episode";
}

/** 5.832 → "5.83 s", 0.0421 → "0.042 s", 301.2 → "301 s" */
export function seconds(value: number): string {
  return `${figure(value)} s`;
}

/** 0.9 → "0.9 cores", 1 → "1 core" */
export function coreCount(value: number): string {
  return `${plain(value)} ${plain(value) === "1" ? "core" : "cores"}`;
}

/** Cores without the unit: 0.904 → "0.9", 0.042 → "0.04" */
export function plain(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** 56.34 → "56 times", 1.25 → "1.3 times" */
export function times(factor: number): string {
  return `${factor >= 10 ? Math.round(factor) : Number(factor.toFixed(1))} times`;
}

/** 0.973 → "97 %", 0.0012 → "0.1 %" */
export function percent(share: number): string {
  const value = share * 100;
  return `${Math.abs(value) < 9.95 ? Number(value.toFixed(1)) : Math.round(value)} %`;
}

/** 360 → "6 min", 18000 → "5 h", 45 → "45 s", 19800 → "5 h 30 min" */
export function duration(value: number): string {
  const minutes = Math.round(value / 60);
  if (value < 90) return `${Math.round(value)} s`;
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60)
    return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.round(minutes / 1440)} days`;
}

/** "09:31" (UTC) */
export function clock(time: Epoch): string {
  return iso(time).slice(11, 16);
}

/** "2026-06-26 09:31 UTC" */
export function dateAndClock(time: Epoch): string {
  return `${iso(time).slice(0, 10)} ${clock(time)} UTC`;
}

/** plural(1, "pod") → "1 pod", plural(4, "pod") → "4 pods", plural(2, "Pod is", "Pods are") → "2 Pods are" */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** ["a","b","c"] → "a, b and c" */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}

/** The text as the beginning of a sentence; a name keeps its letters: data-service, k8s-shop-cart-0a1b2c3d4e. */
export function sentence(text: string): string {
  return /^[a-z]+(?=[\s,;:.]|$)/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** "0.84–0.93", or one figure where both are the same. */
export function range(low: string, high: string): string {
  return low === high ? low : `${low}–${high}`;
}

/** A figure without a unit, to about two digits behind the point: 5.832 → "5.83", 0.0421 → "0.042", 301.2 → "301". */
export function figure(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 100) return String(Math.round(value));
  if (size >= 10) return String(Number(value.toFixed(1)));
  return String(Number(size >= 0.1 ? value.toFixed(2) : value.toPrecision(2)));
}
