import { type Line, textOf, wrapped } from "../drawing/lines.ts";
import type { Session } from "../model/session.ts";
import { rulingOn } from "../model/user.ts";
import { oneLine } from "../model/visible.ts";
import { alarmTitle } from "../model/words.ts";
import { beside, GUTTER, page, type Style } from "./layout.ts";
import { standingOf } from "./standing.ts";
import { rankOf, verdictOf } from "./verdict.ts";

/** What stays on the terminal when the board is left: the alarm, the verdict, what to do, and the commands that go on, where it is kept. */
export function inShort(session: Session, isKept: boolean, style: Style): string {
  return page([verdictPart(session, style.width), isKept ? nextPart(session) : []], style);
}

/** The verdict in a few lines of plain text, to be pasted. */
export function verdictText(session: Session): string {
  const width = Number.MAX_SAFE_INTEGER;
  return verdictPart(session, width).map(textOf).join("\n");
}

function verdictPart(session: Session, width: number): Line[] {
  const name = alarmTitle(session.facts.alarm, session.opening.alarmName);
  const told = (words: string) => wrapped(oneLine(words), width - GUTTER);
  const part = (label: string, ...texts: readonly string[]) =>
    beside(label, texts.filter((words) => words !== "").flatMap(told));
  const [fix] = session.fixes;
  const [gap] = verdictOf(session).rootCause === null ? session.gaps : [];
  return [
    ...part("ALARM", name, standingOf(session)),
    ...part("CAUSE", verdictOf(session).headline, rankOf(session), rulingWords(session)),
    ...part("FIX", fix?.title ?? ""),
    ...part("MISSING", gap?.what ?? "", gap?.remedy ?? ""),
  ];
}

/** What the person said of the cause; empty where nothing. */
function rulingWords({ verdict, user }: Session): string {
  const ruling = verdict?.rootCause ? rulingOn(user ?? [], verdict.rootCause) : null;
  return ruling ? `you ${ruling.ruling === "rejected" ? "ruled it out" : "accepted it"}: ${ruling.reason}` : "";
}

/** Whole commands, one on a line and never wrapped: they are there to be copied. */
function nextPart({ opening: { id }, fixes, outcome }: Session): Line[] {
  const first = fixes.length > 0 ? "fix" : outcome === "interrupted" ? null : "show";
  return beside("NEXT", [
    ...(first ? [[{ text: `lbdoctor ${first} ${id}`, tone: "plain" } as const]] : []),
    [{ text: `lbdoctor resume ${id}`, tone: "plain" }],
  ]);
}
