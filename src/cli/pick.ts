import { createInterface } from "node:readline/promises";
import type { AlarmGiven } from "../app/alarm-given/one.ts";
import { cyclesSince, type KnownAlarm, knownAlarms } from "../app/first-look/alarms.ts";
import type { Terminal } from "../app/terminal.ts";
import { oneLine } from "../model/visible.ts";
import { duration, plural } from "../model/words.ts";
import type { LiveSource } from "../sources/live.ts";

/** Seconds that "today" reaches back. */
const TODAY = 86_400;
/** As many fit on a small screen; the busiest come first. */
const SHOWN = 15;

/** An alarm that is in ALARM, or was today. */
export interface Offered extends KnownAlarm {
  /** How often it went to ALARM today. */
  readonly cycles: number;
}

/** The load balancers' alarms that are in ALARM or went there today; those in ALARM first, then by how often. */
export function offered(alarms: readonly KnownAlarm[], cycles: ReadonlyMap<string, number>): Offered[] {
  const firing = (one: Offered) => (one.state === "ALARM" ? 0 : 1);
  return alarms
    .filter(({ onLoadBalancer }) => onLoadBalancer)
    .map((alarm) => ({ ...alarm, cycles: cycles.get(alarm.name) ?? 0 }))
    .filter((one) => one.state === "ALARM" || one.cycles > 0)
    .sort((a, b) => firing(a) - firing(b) || b.cycles - a.cycles || (a.name < b.name ? -1 : 1));
}

/** One line of the list: "2  ALARM for 6 min   9 × today   k8s-api-prod-…" */
export function offeredLine({ name, state, since, cycles }: Offered, number: number, now: number): string {
  const age = since === null ? state : `${state} for ${duration(Math.max(60, now - since))}`;
  return `${String(number).padStart(3)}  ${age.padEnd(22)} ${`${cycles} × today`.padEnd(12)} ${oneLine(name)}`;
}

/**
 * Offers the alarms on the terminal, and answers the one that was picked; null where there is none to pick from, or the
 * person wants none. `now` in seconds.
 */
export async function pickAlarm(live: LiveSource, terminal: Terminal, now: number): Promise<AlarmGiven | null> {
  const [alarms, cycles] = await Promise.all([knownAlarms(live), cyclesSince(live, now - TODAY, now)]);
  const all = offered(alarms, cycles);
  const { err } = terminal;
  if (all.length === 0) {
    const seen = alarms.filter(({ onLoadBalancer }) => onLoadBalancer).length;
    err.write(
      seen === 0
        ? "lbdoctor: no alarm here watches a load balancer; check --region and --profile.\n"
        : `lbdoctor: none of ${plural(seen, "load balancer alarm")} is in ALARM or was today; name the one you mean.\n`,
    );
    return null;
  }
  const shown = all.slice(0, SHOWN);
  err.write(`${shown.map((one, index) => offeredLine(one, index + 1, now)).join("\n")}\n`);
  if (all.length > SHOWN) err.write(`     and ${all.length - SHOWN} more\n`);
  const lines = createInterface({ input: process.stdin, output: err });
  try {
    const answer = (await lines.question("Which one? [1, q quits] ")).trim();
    const picked = answer === "" ? shown[0] : shown[Number(answer) - 1];
    return picked ? { name: picked.name, region: null, account: null } : null;
  } finally {
    lines.close();
  }
}
