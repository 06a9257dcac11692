import type { AlarmGiven } from "../app/alarm-given/one.ts";
import { cyclesSince, type KnownAlarm, knownAlarms } from "../app/first-look/alarms.ts";
import type { Terminal } from "../app/terminal.ts";
import type { Failure } from "../model/question.ts";
import { oneLine } from "../model/visible.ts";
import { duration, plural } from "../model/words.ts";
import type { Source } from "../sources/port.ts";
import { Person } from "./person.ts";

/** Seconds that "today" reaches back. */
const TODAY = 86_400;
/** As many fit on a small screen; the busiest come first. */
const SHOWN = 15;

/** An alarm that is in ALARM, or was today. */
export interface Offered extends KnownAlarm {
  /** How often it went to ALARM today; null where the history could not be read. */
  readonly cycles: number | null;
}

/**
 * The load balancers' alarms that are in ALARM or went there today; those in ALARM first, then by how often. Without
 * `cycles` only those in ALARM are known to belong here.
 */
export function offered(alarms: readonly KnownAlarm[], cycles: ReadonlyMap<string, number> | null): Offered[] {
  const firing = (one: Offered) => (one.state === "ALARM" ? 0 : 1);
  const often = (one: Offered) => one.cycles ?? 0;
  return alarms
    .filter(({ onLoadBalancer }) => onLoadBalancer)
    .map((alarm) => ({ ...alarm, cycles: cycles && (cycles.get(alarm.name) ?? 0) }))
    .filter((one) => one.state === "ALARM" || often(one) > 0)
    .sort((a, b) => firing(a) - firing(b) || often(b) - often(a) || (a.name < b.name ? -1 : 1));
}

/** One line of the list: "2  ALARM for 6 min   9 × today   k8s-api-prod-…" */
export function offeredLine({ name, state, since, cycles }: Offered, number: number, now: number): string {
  const age = since === null ? state : `${state} for ${duration(Math.max(60, now - since))}`;
  return `${String(number).padStart(3)}  ${age.padEnd(22)} ${(cycles === null ? "" : `${cycles} × today`).padEnd(12)} ${oneLine(name)}`;
}

/**
 * Offers the alarms on the terminal, and answers the one that was picked, or why they cannot be read; null where there is
 * none to pick from, or the person wants none. `now` in seconds.
 */
export async function pickAlarm(
  source: Source,
  { err }: Pick<Terminal, "err">,
  now: number,
  stop: AbortSignal,
): Promise<AlarmGiven | Failure | null> {
  const [alarms, cycles] = await Promise.all([knownAlarms(source), cyclesSince(source, now - TODAY, now)]);
  if ("kind" in alarms) return alarms;
  if (stop.aborted) return null;
  const unread = "kind" in cycles;
  if (unread) err.write(`lbdoctor: which alarms fired today cannot be read: ${oneLine(cycles.message)}\n`);
  const all = offered(alarms, unread ? null : cycles);
  if (all.length === 0) {
    err.write(`lbdoctor: ${noneOffered(alarms, unread)}\n`);
    return null;
  }
  const shown = all.slice(0, SHOWN);
  err.write(`${shown.map((one, index) => offeredLine(one, index + 1, now)).join("\n")}\n`);
  if (all.length > SHOWN) err.write(`     and ${all.length - SHOWN} more\n`);
  const person = new Person(stop, err);
  try {
    const answer = (await person.says("Which one? [1, q quits] "))?.trim();
    const picked = answer === "" ? shown[0] : shown[Number(answer) - 1];
    return picked ? { name: picked.name, region: null, account: null } : null;
  } finally {
    person.close();
  }
}

function noneOffered(alarms: readonly KnownAlarm[], unread: boolean): string {
  const seen = alarms.filter(({ onLoadBalancer }) => onLoadBalancer).length;
  if (seen === 0) return "no alarm here watches a load balancer; check --region and --profile.";
  const when = unread ? "is in ALARM" : "is in ALARM or was today";
  return `none of ${plural(seen, "load balancer alarm")} ${when}; name the one you mean.`;
}
