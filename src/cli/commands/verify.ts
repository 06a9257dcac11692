import { type Comparison, compareSessions, type VerifyFacts } from "../../analysis/verify.ts";
import { again } from "../../app/access.ts";
import { alarmGiven } from "../../app/alarm-given/given.ts";
import { keptSession } from "../../app/kept-session.ts";
import type { LiveOriginOptions } from "../../app/live-origin.ts";
import { type OriginOptions, originOf } from "../../app/origin.ts";
import { version } from "../../app/package.ts";
import { runInvestigation } from "../../app/run.ts";
import type { Terminal } from "../../app/terminal.ts";
import { valueWords } from "../../model/metric-words.ts";
import type { Session } from "../../model/session.ts";
import { Unusable } from "../../model/unusable.ts";
import { visible, visibleJson } from "../../model/visible.ts";
import { jsonReport } from "../../output/json.ts";
import { plainPage } from "../../output/plain.ts";
import { EXIT } from "../exit.ts";
import { lookedAt, tellTrouble } from "../first.ts";
import { styleOf } from "../style.ts";

export interface VerifyOptions extends OriginOptions, LiveOriginOptions {
  readonly json?: boolean;
}

/** Exit code for each outcome: only a proven fix is 0; what cannot be said yet is like an investigation without a cause. */
const PROVEN = { fixed: 0, "not fixed": 3, unproven: 3, unknown: 3 } as const;

/** Investigates the same alarm again and compares it, load for load, with a session from before the fix. */
export async function verify(
  wanted: string,
  options: VerifyOptions,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<number> {
  const then = await keptSession(terminal, wanted);
  if (then.outcome === "unsupported-alarm") return refuse(then, options, terminal);
  const before = factsOf(then);
  const { source, live, alarm, opening, end } = await beginning(then, options, terminal, stop);
  const first = await lookedAt(source, live, alarm, terminal, stop);
  if (first.alarm === "missing" || typeof first.alarm === "object") {
    await tellTrouble(first.alarm, live, alarm, terminal);
    end();
    return first.alarm === "missing" ? EXIT["no-alarm"] : EXIT.unread;
  }
  const whole = { ...opening, version: version() };
  const now = await runInvestigation({ source: first.source, opening: whole }, terminal, stop);
  end();
  if (now.outcome === "interrupted") return 130;
  if (now.outcome === "unsupported-alarm") return refuse(now, options, terminal);
  const comparison = compareSessions(before, factsOf(now));
  terminal.out.write(options.json ? jsonOf(then, now, comparison) : pageOf(comparison));
  return PROVEN[comparison.outcome];
}

/** An alarm that no playbook takes, or takes no longer: there is nothing to compare. */
function refuse(session: Session, { json }: VerifyOptions, terminal: Terminal): number {
  terminal.out.write(json ? jsonReport(session) : plainPage(session, styleOf(terminal, {})));
  return EXIT["unsupported-alarm"];
}

/** The same alarm again: in a recording, or live. */
async function beginning({ opening, facts }: Session, options: VerifyOptions, terminal: Terminal, stop: AbortSignal) {
  const alarm = await alarmGiven(facts.alarm?.arn ?? opening.alarmName, process.stdin);
  if (options.fixture !== undefined)
    return { ...(await originOf(opening.alarmName, options)), alarm, live: null, end: () => {} };
  const { liveOrigin } = await import("../../app/live-origin.ts");
  const origin = liveOrigin(alarm, again(opening, options), terminal.environment, stop, false);
  return { ...origin, alarm, live: origin.source };
}

function factsOf({ facts, opening }: Session): VerifyFacts {
  const { alarm, judged, episodes } = facts;
  if (!alarm || !judged || !episodes)
    throw new Unusable(`session ${opening.id} does not have the alarm with its metric: there is nothing to compare`);
  return { ...facts, alarm, judged, episodes };
}

function jsonOf(then: Session, now: Session, comparison: Comparison): string {
  const document = { schemaVersion: 1, session: now.opening.id, comparedWith: then.opening.id, ...comparison };
  return `${visibleJson(JSON.stringify(document, null, 2))}\n`;
}

const WORD: Record<Comparison["outcome"], string> = {
  fixed: "FIXED",
  "not fixed": "NOT FIXED",
  unproven: "UNPROVEN",
  unknown: "UNKNOWN",
};

function pageOf({ outcome, statement, proven, open, classes, unit, counts }: Comparison): string {
  const level = (one: Comparison["classes"][number]["before"]) =>
    one === null ? "–" : `${one.periods}, ${figureOf(unit, one.mean)}, ${figureOf(unit, one.worst)}`;
  const table = classes.map(
    ({ from, to, before, after }) =>
      `${`${from}${to === null ? " and more" : `–${to}`}`.padEnd(22)}${level(before).padEnd(33)}${level(after)}`,
  );
  const lines = [
    `${WORD[outcome]}  ${statement}`,
    ...section("PROVEN", proven),
    ...section("OPEN", open),
    ...(table.length === 0
      ? []
      : ["", `${`${counts} a period`.padEnd(22)}then: periods, mean, worst       now: periods, mean, worst`, ...table]),
  ];
  return `${visible(lines.join("\n"))}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

function figureOf(unit: Comparison["unit"], value: number): string {
  return valueWords(unit, Number(value.toPrecision(3)));
}
