import type { Hypothesis } from "../model/judgement.ts";
import type { Session } from "../model/session.ts";
import { alarmTitle, plural } from "../model/words.ts";
import { type Line, step } from "./postmortem/block.ts";
import { markdownLine } from "./postmortem/markdown.ts";
import { impactLines } from "./postmortem/sections/impact.ts";
import { nearest } from "./sections.ts";
import { slackLine } from "./slack.ts";
import { standingOf } from "./standing.ts";
import { rankOf, verdictOf } from "./verdict.ts";

/** How many explanations are named; the others are counted. */
const NAMED = 3;

/** The markups that a summary is written in. */
const MARKUPS = {
  slack: { line: slackLine, item: "• ", below: "\n" },
  markdown: { line: (one: Line) => markdownLine(one, new Set()), item: "- ", below: "\n\n" },
} as const;

/** A summary's markup: Slack's own (mrkdwn), or markdown for GitHub, GitLab and the like. */
export type Markup = keyof typeof MARKUPS;

/**
 * The investigation in a few lines for a chat or an issue: cause, alarm, impact, fix, what it is not, and the next command.
 * Whatever the session holds, pasted or posted it mentions, links and notifies nobody. Pure.
 */
export function summaryOf(session: Session, markup: Markup): string {
  const { line, item, below } = MARKUPS[markup];
  const items = points(session).map(([label, words]) => `${item}${line([`${label}: `, ...words])}`);
  return `${line(cause(session))}${below}${items.join("\n")}\n`;
}

function cause(session: Session): Line {
  const rank = rankOf(session);
  const headline = verdictOf(session).headline.replace(/[.!?]?$/, ".");
  return rank === "" ? [{ strong: `Cause: ${headline}` }] : [{ strong: headline }, ` (${rank})`];
}

function points(session: Session): (readonly [string, Line])[] {
  const { opening, facts, fixes, hypotheses } = session;
  const standing = standingOf(session);
  const [first, ...others] = fixes;
  const { rootCause, confidence } = verdictOf(session);
  const out = hypotheses.filter(({ status }) => status === "rejected");
  const open = hypotheses.filter(
    // Beside a cause that is shown, what is only not known is not worth a line.
    ({ status, cause: id }) =>
      id !== rootCause && (status === "supported" || (status === "undetermined" && confidence !== "confirmed")),
  );
  const impact = impactLines(session);
  const judged = session.outcome !== "no-alarm" && session.outcome !== "unread";
  return [
    ["Alarm", [{ code: alarmTitle(facts.alarm, opening.alarmName) }, standing === "" ? "" : `, ${standing}`]],
    ...(impact.length === 0 ? [] : [["Impact", [impact.join("; ")]] as const]),
    ...(first ? [["Fix", [first.title]] as const] : []),
    ...(others.length === 0 ? [] : [["Also", [others.map(({ title }) => title).join(" · ")]] as const]),
    ...(judged ? [...named("Ruled out", nearest(session, out, NAMED), out), ...named("Open", open, open)] : []),
    ["Next", next(session)],
  ];
}

/** The first of them by their titles, and how many more there are. */
function named(label: string, first: readonly Hypothesis[], all: readonly Hypothesis[]): (readonly [string, Line])[] {
  const titles = first.slice(0, NAMED).map(({ title }) => title);
  const left = all.length - titles.length;
  return titles.length === 0 ? [] : [[label, [[...titles, ...(left > 0 ? [`${left} more`] : [])].join(" · ")]]];
}

/** What to do now: the fix, the page of the cause, or what gets the missing evidence. */
function next({ opening: { id }, outcome, fixes, gaps, verdict }: Session): Line {
  if (outcome === "interrupted" || outcome === null) return [{ code: `lbdoctor resume ${id}` }];
  if (fixes.length > 0) return [{ code: `lbdoctor fix ${id}` }];
  if (verdict?.rootCause) return [{ code: `lbdoctor explain ${verdict.rootCause}` }];
  const [gap] = gaps;
  const everything = { code: `lbdoctor show ${id}` };
  return gap ? [...step(gap.remedy), ` What is missing (${plural(gaps.length, "gap")}): `, everything] : [everything];
}
