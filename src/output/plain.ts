import type { Hypothesis } from "../model/judgement.ts";
import type { Session, StepGap } from "../model/session.ts";
import { visible } from "../model/visible.ts";
import { alarmTitle, answeredOf, duration, plural, withoutCycles } from "../model/words.ts";
import { diffLines } from "./diffs.ts";
import {
  columns,
  firstColumn,
  GUTTER,
  markedText,
  type Paint,
  padded,
  page,
  paintOf,
  type Row,
  type Style,
  section,
  table,
  wrapped,
} from "./layout.ts";
import { verdictOf } from "./verdict.ts";

/** Gaps of one kind are told together; beyond this many the JSON has them. */
const GAPS_TOLD = 4;

/** The page of an investigation: the verdict, what it is not and why, what is missing, and then what was seen. */
export function plainPage(session: Session, style: Style): string {
  const paint = paintOf(style);
  if (session.outcome === "unsupported-alarm") return `${refused(session, style)}\n`;
  const width = style.width - GUTTER;
  const part = (label: string, lines: readonly string[]) => section(label, lines, paint);
  const [not, open] = [rejected(session), undecided(session)];
  const first = firstColumn([...not, ...open], width);
  const rejections = part("RULED OUT", table(not, width, first, paint));
  const doubts = [part("OPEN", table(open, width, first, paint)), part("GAPS", gaps(session, width, paint))];
  const factors = part("ALSO", also(session, width, paint));
  const fix = part("FIX", fixes(session, width, paint));
  const diffs = diffLines(session, width, paint);
  const established = verdictOf(session).rootCause !== null;
  return page([
    header(session, style, paint),
    part("CAUSE", cause(session, width, paint)),
    // Without a cause, what could still be it and what is missing for that matter most.
    ...(established ? [rejections, factors, fix, diffs, ...doubts] : [...doubts, rejections, factors]),
    found(session, style, paint),
    part("SOURCES", seen(session, width)),
  ]);
}

/** An alarm that nothing here judges: what it watches and what to do, and no list of what was not looked at. */
function refused(session: Session, { width }: Style): string {
  const remedy = session.facts.refusal?.remedy;
  return [verdictOf(session).headline, ...(remedy ? [remedy] : [])].flatMap((line) => wrapped(line, width)).join("\n");
}

function header(session: Session, { width }: Style, paint: Paint): string[] {
  const name = alarmTitle(session.facts.alarm, session.opening.alarmName);
  const flapping = howItFlaps(session);
  if (columns(name) + 2 + columns(flapping) > width)
    return [...wrapped(name, width).map(paint.bold), ...wrapped(flapping, width)];
  const [line = ""] = wrapped(name, width);
  return [`${paint.bold(line)}${padded("", width - columns(name) - columns(flapping))}${flapping}`.trimEnd()];
}

/** "9 × OK→ALARM in 5 h, longest 6 min"; empty where the episodes are unknown. */
function howItFlaps({ facts: { episodes } }: Session): string {
  if (!episodes) return "";
  if (episodes.cycles === 0) return withoutCycles(episodes);
  const times =
    episodes.cycles === 1 ? "OK→ALARM once" : `${episodes.cycles} × OK→ALARM in ${duration(episodes.flappingFor)}`;
  return `${times}, longest ${duration(episodes.longest)}`;
}

function cause(session: Session, width: number, paint: Paint): string[] {
  const verdict = verdictOf(session);
  const headline = wrapped(verdict.headline, width).map(paint.bold);
  // Where no cause is established the summary goes on from the headline.
  const rest = verdict.summary.startsWith(verdict.headline)
    ? verdict.summary.slice(verdict.headline.length).trim()
    : verdict.summary;
  const summary = rest === "" ? [] : wrapped(rest, width);
  if (verdict.rootCause === null) return [...headline, ...summary];
  const { episodes, of } = verdict.explains;
  const rank = `${verdict.confidence} · ${verdict.rootCause} · explains ${episodes} of ${plural(of, "episode")}`;
  return [...headline, ...wrapped(rank, width).map(paint.dim), ...summary];
}

function rejected(session: Session): Row[] {
  return session.hypotheses.filter(({ status }) => status === "rejected").map((one) => toRow(session, one));
}

/** What could not be decided; where nothing was looked for at all, that is all of it and needs no list. */
function undecided(session: Session): Row[] {
  if (session.outcome === "no-alarm" || session.outcome === "unread") return [];
  return session.hypotheses.flatMap((one) => {
    if (one.cause === session.verdict?.rootCause) return [];
    if (one.status === "undetermined") return [toRow(session, one)];
    return one.status === "supported" ? [{ ...toRow(session, one), why: `possible: ${one.because}` }] : [];
  });
}

/** Factors, and causes that are confirmed too but explain less. */
function also(session: Session, width: number, paint: Paint): string[] {
  const other = session.hypotheses.filter(
    ({ status, cause }) => status === "confirmed" && cause !== session.verdict?.rootCause,
  );
  return [
    ...other.map(({ title, because, evidence }) => ({ text: `${title}: ${because}`, evidence })),
    ...session.factors.map(({ statement, evidence }) => ({ text: statement, evidence })),
  ].flatMap(({ text, evidence }) => markedText(text, width, mark(session, evidence), paint));
}

function toRow(session: Session, { title, because, evidence }: Hypothesis): Row {
  return { what: title, why: because, mark: mark(session, evidence) };
}

/** The number of the deciding finding, "[7]". */
function mark({ findings }: Session, [decisive]: readonly string[]): string {
  const index = findings.findIndex(({ id }) => id === decisive);
  return index < 0 ? "" : `[${index + 1}]`;
}

/** What to change, what looks like a fix and is none, and where the patches are. */
function fixes(session: Session, width: number, paint: Paint): string[] {
  if (session.fixes.length === 0) return [];
  const offered = session.fixes.flatMap(({ title, why }) => [
    ...wrapped(title, width).map(paint.bold),
    ...wrapped(why, width - 2).map(indented),
  ]);
  const refused = session.fixes.flatMap(({ notOffered = [] }) =>
    notOffered.map(({ title, because, evidence }) => ({ what: title, why: because, mark: mark(session, evidence) })),
  );
  const instead =
    refused.length > 0 ? ["", "would not help:", ...table(refused, width, firstColumn(refused, width), paint)] : [];
  const where = wrapped("Patches, commands, arithmetic and rollback: lbdoctor postmortem, or --json", width).map(
    paint.dim,
  );
  return [...offered, ...instead, "", ...where];
}

/** What could not be read, and once for all that have the same consequence, what that leaves undecided. */
function gaps({ gaps }: Session, width: number, paint: Paint): string[] {
  const groups = new Map<string, StepGap[]>();
  for (const gap of gaps) groups.set(gap.consequence, [...(groups.get(gap.consequence) ?? []), gap]);
  return [...groups].flatMap(([consequence, group]) => {
    const told = group.slice(0, GAPS_TOLD).flatMap(({ what }) => wrapped(what, width));
    const more = group.length > GAPS_TOLD ? [`and ${group.length - GAPS_TOLD} more like these`] : [];
    const remedies = [...new Set(group.map(({ remedy }) => remedy))];
    const then = [consequence, ...remedies]
      .filter((text) => text !== "")
      .flatMap((text) => wrapped(text, width - 2).map(indented));
    return [...told, ...more, ...then.map(paint.dim)];
  });
}

/** The findings under their steps, with the numbers by which the rest of the page calls them. */
function found({ steps, findings }: Session, { width }: Style, paint: Paint): string[] {
  const numbered = findings.map((finding, index) => ({ ...finding, number: index + 1 }));
  const told = steps.filter(({ id, state }) => state === "skipped" || findings.some(({ step }) => step === id));
  return told.flatMap(({ id, title, state, note }, index) => {
    const heading = state === "skipped" ? `${title}: not done, ${note ?? "it was not reached"}` : title;
    return [
      ...section(index === 0 ? "FINDINGS" : "", wrapped(heading, width - GUTTER).map(paint.bold), paint),
      ...numbered.filter(({ step }) => step === id).flatMap((finding) => numberedLines(finding, width, paint)),
    ];
  });
}

function numberedLines({ number, statement }: { number: number; statement: string }, width: number, paint: Paint) {
  const mark = paint.dim(`[${number}]`.padStart(GUTTER - 1));
  return wrapped(statement, width - GUTTER).map(
    (line, index) => `${index === 0 ? `${mark} ` : " ".repeat(GUTTER)}${line}`,
  );
}

function seen(session: Session, width: number): string[] {
  const { exchanges, hypotheses, findings, opening } = session;
  const { source } = opening;
  const unanswered = exchanges.filter(({ answer }) => answer?.status !== "answered").length;
  const of = source.kind === "fixture" ? `, from the recording ${source.fixture}` : "";
  const count = `${answeredOf(exchanges.length, unanswered)}${of}.`;
  const about = source.kind === "fixture" ? wrapped(source.description, width) : [];
  const chosen = hypotheses.find(({ cause }) => cause === session.verdict?.rootCause);
  const example = mark(session, chosen?.evidence ?? []) || "[1]";
  // On a line of its own and never wrapped: it is there to be copied.
  const show = [`Figures and commands behind ${example}:`, `lbdoctor show ${opening.id} ${example.slice(1, -1)}`];
  const { short } = findings[Number(example.slice(1, -1)) - 1] ?? {};
  const brief = short === undefined ? [] : ["", `In short, for ${example}:`, visible(short)];
  return [...wrapped(count, width), ...about, ...(findings.length > 0 ? [...show, ...brief] : [])];
}

function indented(line: string): string {
  return `  ${line}`;
}
