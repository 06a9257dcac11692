import {
  apart,
  columns,
  cut,
  cutMiddle,
  EMPTY,
  filled,
  type Line,
  labelled,
  line,
  type Span,
  span,
} from "../drawing/lines.ts";
import { TURNING } from "../drawing/signs.ts";
import type { Question } from "../model/question.ts";
import type { Exchange, Session, StepRecord } from "../model/session.ts";
import { alarmTitle, answeredOf, plural } from "../model/words.ts";
import { standingOf } from "../output/standing.ts";
import { verdictOf } from "../output/verdict.ts";
import { headlineOf, rankOf, rulingWords } from "./headline.ts";
import { stepMark } from "./rows.ts";

/** What only the clock knows: since when each open question is being waited for, and what time it is now. */
export interface Waiting {
  /** Milliseconds. */
  readonly now: number;
  /** By the question's key, milliseconds. */
  readonly since: ReadonlyMap<string, number>;
  /** A question in a few words: whose answer it is, and what is asked. */
  readonly name: (question: Question) => string;
  /** What a source waits for beyond an answer's usual time, in one sentence; null where it does not. */
  readonly told: string | null;
}

const LABEL = "CAUSE  ";
const FIX = "FIX    ";
const TRY = "TRY    ";

/** The alarm in one line; then where the run stands, or the verdict, in always as many lines; then a rule. */
export function headerLines(session: Session, width: number, waiting: Waiting): Line[] {
  const inner = width - 2;
  const three = session.outcome === null ? progress(session, inner, waiting) : verdict(session, inner);
  const lines = [title(session, inner), ...three.slice(0, 3)];
  while (lines.length < 4) lines.push(EMPTY);
  return [...lines.map((one) => filled([span(" "), ...one], width)), line("─".repeat(width), "dim")];
}

function title(session: Session, width: number): Line {
  const { source, alarmName } = session.opening;
  const place = source.kind === "fixture" ? `recording ${source.fixture}` : (source.region ?? "");
  const standing = standingOf(session);
  const name = alarmTitle(session.facts.alarm, alarmName);
  const least = Math.min(columns(name), 28);
  const right = [standing, place].filter((text) => text !== "").join("   ");
  const shown = columns(right) + 2 + least <= width ? right : standing;
  return apart(line(cutMiddle(name, width - columns(shown) - 2), "strong"), line(shown), width);
}

function verdict(session: Session, width: number): Line[] {
  const headline = labelled(span(LABEL, "strong"), headlineOf(session), width, "strong");
  const first = headline.length > 2 ? shortened(headline, width) : headline;
  const [fix] = session.fixes;
  const below = [rankOf(session), unanswered(session)].filter((text) => text !== "");
  const dim = (text: string): Line => [span(" ".repeat(LABEL.length)), span(cut(text, width - LABEL.length), "dim")];
  const remedy = verdictOf(session).rootCause === null ? remedyOf(session) : "";
  // What gets the missing evidence is what to do; without a gap the counts are all there is to say.
  if (!fix && remedy !== "")
    return [
      ...first,
      ...below.slice(0, 2 - first.length).map(dim),
      [span(TRY, "strong"), span(cut(remedy, width - TRY.length))],
    ];
  if (!fix) return [...first, ...below.map(dim)];
  // What to do comes before how sure it is: the list says that again.
  const todo: Line = [span(FIX, "strong"), span(cut(fix.title, width - FIX.length))];
  if (first.length === 1) return [...first, dim(below.join(" · ")), todo];
  // What is only likely is never told without saying so.
  const sure = [verdictOf(session).confidence, rulingWords(session), gapsOf(session)].filter((text) => text !== "");
  return [...first, apart(todo, line(`  ${sure.join(" · ")}`, "dim"), width)];
}

/** What fills most of the gaps; the first of those that fill as many. Empty without a gap. */
function remedyOf({ gaps }: Session): string {
  const counts = new Map<string, number>();
  for (const { remedy } of gaps) counts.set(remedy, (counts.get(remedy) ?? 0) + 1);
  return [...counts].reduce(
    ([best, most], [remedy, count]) => (count > most ? [remedy, count] : [best, most]),
    ["", 0],
  )[0];
}

/** Two lines of a longer text; the whole one stands in the verdict's own page. */
function shortened([first = EMPTY, second = EMPTY, third = EMPTY]: readonly Line[], width: number): Line[] {
  return [first, filled([...second, span(" "), ...third.slice(1)], width)];
}

/** What the verdict rests on, or what it lacks. */
function unanswered(session: Session): string {
  const { outcome, exchanges, steps } = session;
  const failed = exchanges.filter(({ answer }) => answer?.status !== "answered").length;
  const count = [answeredOf(exchanges.length, failed), gapsOf(session)].filter((text) => text !== "").join(" · ");
  if (outcome !== "interrupted") return count;
  const done = steps.filter(({ state }) => state === "done").length;
  return `${done} of ${steps.length} steps done · ${count} · press r on a step to continue`;
}

function gapsOf({ gaps }: Session): string {
  return gaps.length === 0 ? "" : plural(gaps.length, "gap");
}

/** The steps with their states, and the question that has been waited for longest. */
function progress(session: Session, width: number, waiting: Waiting): Line[] {
  const frame = [...TURNING][Math.floor(waiting.now / 100) % TURNING.length] ?? "…";
  const strip = stripLines(session.steps, width, frame);
  return [...strip.slice(0, 2), ...(strip.length < 2 ? [EMPTY] : []), waitingLine(session, width, waiting)];
}

function stripLines(steps: readonly StepRecord[], width: number, frame: string): Line[] {
  const lines: Span[][] = [[]];
  let used = 0;
  for (const { title: name, state } of steps) {
    const mark = state === "running" ? span(frame, "accent") : stepMark(state);
    const size = columns(name) + 4;
    if (used + size - 2 > width) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(mark, span(` ${name}  `, state === "running" ? "strong" : state === "done" ? "plain" : "dim"));
    used += size;
  }
  return lines;
}

function waitingLine({ exchanges, steps }: Session, width: number, { now, since, name, told }: Waiting): Line {
  const open = exchanges.filter(({ answer }) => answer === null);
  const started = (one: Exchange) => since.get(one.key) ?? now;
  const longest = open.reduce<Exchange | null>(
    (best, one) => (best && started(best) <= started(one) ? best : one),
    null,
  );
  const ended = steps.filter(({ state }) => state === "done" || state === "skipped").length;
  const count = line(`${ended} of ${steps.length} steps`, "dim");
  if (!longest) return apart(line(exchanges.length === 0 ? "starting" : "reading the answers", "dim"), count, width);
  const seconds = ((now - started(longest)) / 1000).toFixed(1);
  // It brings a count of its own, and needs the room of the others.
  if (told !== null)
    return apart([span(cut(told, width - columns(seconds) - 4))], line(`${seconds} s`, "accent"), width);
  const others = open.length > 1 ? `, ${open.length - 1} more` : "";
  const time = ` ${seconds} s${others}  `;
  const what = `waiting for ${name(longest.question)}`;
  const room = width - columns(time) - columns(count[0]?.text ?? "") - 1;
  return apart([span(cut(what, room)), span(time, "accent")], count, width);
}
