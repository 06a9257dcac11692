import { columns, type Line, line, span, toWidest, wrapped } from "../drawing/lines.ts";
import { briefPicture, type Picture } from "../drawing/picture.ts";
import { shown } from "../drawing/theme.ts";
import type { Session } from "../model/session.ts";
import { visible } from "../model/visible.ts";
import { alarmTitle, answeredOf } from "../model/words.ts";
import { diffPart } from "./diffs.ts";
import { beside, GUTTER, page, type Style } from "./layout.ts";
import { text } from "./postmortem/block.ts";
import { partsOf } from "./sections.ts";
import { standingInFull, standingOf } from "./standing.ts";
import { blockLines, type Room, toned } from "./terminal.ts";
import { verdictOf } from "./verdict.ts";

/** `short`: what one needs at night; `full`: also everything that was ruled out and every finding. */
export type Depth = "short" | "full";

/** The page of an investigation: the verdict, what to do, what it is not and why, what is missing. */
export function plainPage(
  session: Session,
  style: Style,
  depth: Depth = "full",
  pictures: readonly Picture[] = [],
): string {
  const brief = depth === "short";
  if (session.outcome === "unsupported-alarm") return page([refused(session, style)], style);
  const room = { width: style.width - GUTTER, numberOf: (finding: string) => numberOf(session, finding) };
  const told = partsOf(session, brief);
  // What makes the cause plain stands before what it is not, and after what to do.
  const before = told.some(({ label }) => label === "FIX") ? "FIX" : "CAUSE";
  const parts = told.flatMap((part) => [
    beside(part.label, blockLines(part.blocks, room)),
    // The diffs of the user's own manifests go with the fix.
    ...(part.label === "FIX" ? [diffPart(session, room)] : []),
    ...(part.label === before ? [beside("WHY", drawn(briefPicture(session, pictures, room.width), style))] : []),
  ]);
  return page(
    [
      header(session, style),
      ...parts,
      ...(brief ? [] : [findings(session, room)]),
      beside("SOURCES", sources(session, room, brief)),
    ],
    style,
  );
}

/** A picture in the characters that are wanted. */
function drawn(lines: readonly Line[], { unicode = true }: Style): Line[] {
  return lines.map((one) => one.map((piece) => ({ ...piece, text: shown(piece.text, { color: false, unicode }) })));
}

/** An alarm that nothing here judges: what it watches and what to do, and no list of what was not looked at. */
function refused(session: Session, { width }: Style): Line[] {
  const remedy = session.facts.refusal?.remedy;
  return [verdictOf(session).headline, ...(remedy ? [remedy] : [])].flatMap((words) => wrapped(words, width));
}

/** The alarm's name and how it stands, on one line where both fit. */
function header(session: Session, { width }: Style): Line[] {
  const name = visible(alarmTitle(session.facts.alarm, session.opening.alarmName));
  const fits = (right: string) => columns(name) + 2 + columns(right) <= width;
  const right = [standingInFull(session), standingOf(session)].find(fits);
  if (right === undefined) return [...wrapped(name, width, "strong"), ...wrapped(standingInFull(session), width)];
  const title: Line = [{ ...span(name, "strong"), ...consoleLink(session) }];
  return [[...title, span(" ".repeat(width - columns(name) - columns(right))), span(right)]];
}

/** Where the alarm stands in the console; nowhere for a recording. */
function consoleLink({ opening: { source }, facts: { alarm } }: Session): { readonly href?: string } {
  if (source.kind !== "live" || !alarm) return {};
  const region = /^arn:(aws[\w-]*):cloudwatch:([a-z0-9-]+):/.exec(alarm.arn);
  const host = CONSOLES[region?.[1] ?? ""];
  if (!region?.[2] || !host) return {};
  return {
    href: `https://${region[2]}.${host}/cloudwatch/home?region=${region[2]}#alarmsV2:alarm/${encodeURIComponent(visible(alarm.name))}`,
  };
}

/** The console of each partition (AWS General Reference, partitions). */
const CONSOLES: { readonly [partition: string]: string } = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** The number of a finding, "[7]". */
function numberOf({ findings }: Session, wanted: string): string {
  const index = findings.findIndex(({ id }) => id === wanted);
  return index < 0 ? "" : `[${index + 1}]`;
}

/** The findings under their steps, with the numbers by which the rest of the page calls them. */
function findings(session: Session, room: Room): Line[] {
  const told = session.steps.filter(
    ({ id, state }) => state === "skipped" || session.findings.some(({ step }) => step === id),
  );
  return told.flatMap(({ id, title, state, note }, index) => {
    const heading = state === "skipped" ? `${title}: not done, ${note ?? "it was not reached"}` : title;
    const own = session.findings.filter(({ step }) => step === id);
    return [
      ...beside(index === 0 ? "FINDINGS" : "", blockLines([text({ strong: heading })], room)),
      ...own.flatMap((finding) => numbered(numberOf(session, finding.id), finding.statement, room)),
    ];
  });
}

function numbered(number: string, statement: string, { width }: Room): Line[] {
  return wrapped(statement, width).map((one, index): Line => {
    const left = index === 0 ? `${number.padStart(GUTTER - 1)} ` : " ".repeat(GUTTER);
    return [span(left, "dim"), ...one];
  });
}

/** What was asked, and how one sees what is behind it. */
function sources(session: Session, room: Room, brief: boolean): Line[] {
  const { exchanges, hypotheses, opening, findings } = session;
  const { source } = opening;
  const unanswered = exchanges.filter(({ answer }) => answer?.status !== "answered").length;
  const of = source.kind === "fixture" ? `, from the recording ${source.fixture}` : "";
  const about = source.kind === "fixture" && !brief ? toned([span(source.description)], room.width) : [];
  const chosen = hypotheses.find(({ cause }) => cause === session.verdict?.rootCause);
  const example = numberOf(session, chosen?.evidence[0] ?? "") || "[1]";
  const number = example.slice(1, -1);
  const show = [
    ...(brief ? [["Everything that was found:", `lbdoctor show ${opening.id}`]] : []),
    [`Figures and commands behind ${example}:`, `lbdoctor show ${opening.id} ${number}`],
  ];
  const { short } = findings[Number(number) - 1] ?? {};
  const inShort = short === undefined ? [] : [line(`In short, for ${example}:`, "dim"), line(visible(short))];
  return [
    ...wrapped(`${answeredOf(exchanges.length, unanswered)}${of}.`, room.width),
    ...about,
    ...(findings.length > 0 ? [...commandLines(show, room), ...inShort] : []),
  ];
}

/** Commands behind what they show, or under it where there is no room; never wrapped: they are there to be copied. */
function commandLines(show: readonly (readonly string[])[], { width }: Room): Line[] {
  const labels = toWidest(show.map(([what = ""]) => what));
  const fits = show.every(([, command = ""], index) => columns(`${labels[index]}  ${command}`) <= width);
  return show.flatMap(([what = "", command = ""], index): Line[] =>
    fits ? [[span(`${labels[index]}  `, "dim"), span(command)]] : [line(what, "dim"), line(command)],
  );
}
