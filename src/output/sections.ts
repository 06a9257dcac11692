import type { Fix, Hypothesis, Refusal } from "../model/judgement.ts";
import type { Session, StepGap } from "../model/session.ts";
import { plural } from "../model/words.ts";
import { type Inline, type Line, list, table, text } from "./postmortem/block.ts";
import type { TerminalBlock } from "./terminal.ts";
import { rankOf, verdictOf } from "./verdict.ts";

/** A part of what is told on a terminal: the page stands it beside its label, the board under it. */
export interface Part {
  readonly label: string;
  readonly blocks: readonly TerminalBlock[];
}

/** How many of each the short page lists; `lbdoctor show` has all of them. */
const SHORT = { ruledOut: 6, also: 4, instead: 3, open: 6 } as const;
/** Gaps of one kind are told together; beyond this many the JSON has them. */
const GAPS_TOLD = 4;
/** Lines of a change that are told; more are a file, which the patch holds. */
const LINES_TOLD = 8;

/**
 * The investigation in parts, in the order in which a tired person needs them: the cause, what to do, what it is not.
 * Without a cause, what could still be it and what is missing for that matter most. `brief`: only the nearest of each.
 */
export function partsOf(session: Session, brief: boolean): Part[] {
  const [cause, fix, out] = [causePart(session), fixPart(session), ruledOutPart(session, brief)];
  const [also, instead] = [alsoPart(session, brief), insteadPart(session, brief)];
  const [open, missing] = [openPart(session, brief), brief ? missingInShort(session) : missingPart(session)];
  const established = verdictOf(session).rootCause !== null;
  const parts = established
    ? [cause, fix, out, also, instead, open, missing]
    : [cause, open, missing, fix, out, also, instead];
  return parts.filter(({ blocks }) => blocks.length > 0);
}

function causePart(session: Session): Part {
  const { headline, summary, rootCause } = verdictOf(session);
  // Where no cause is established the summary goes on from the headline.
  const rest = summary.startsWith(headline) ? summary.slice(headline.length).trim() : summary;
  return {
    label: "CAUSE",
    blocks: [
      text({ strong: headline }),
      ...(rootCause === null ? [] : [text({ dim: rankOf(session) })]),
      ...(rest === "" ? [] : [text(rest)]),
    ],
  };
}

/** The change that ends it, as a diff; then what goes with it, by its title. */
function fixPart({ fixes }: Session): Part {
  const [first, ...others] = fixes;
  if (!first) return { label: "FIX", blocks: [] };
  const where = "All changes, with commands, checks and rollback: lbdoctor fix";
  return {
    label: "FIX",
    blocks: [
      text({ strong: first.title }),
      ...changesOf(first),
      text(first.why),
      ...(others.length === 0 ? [] : [text(`Also: ${others.map(({ title }) => title).join(" · ")}`)]),
      text({ dim: where }),
    ],
  };
}

/** What a fix changes, object by object, line by line. */
export function changesOf({ changes }: Fix): TerminalBlock[] {
  const byTarget = new Map<string, readonly string[]>();
  for (const { target, lines, patch } of changes)
    byTarget.set(target, [...(byTarget.get(target) ?? []), ...(lines ?? inWords(patch))]);
  const told = [...byTarget].flatMap(([target, lines]) => {
    const more = lines.length > LINES_TOLD ? [`  … ${plural(lines.length - LINES_TOLD, "more line")}`] : [];
    return lines.length === 0 ? [] : [{ target, lines: [...lines.slice(0, LINES_TOLD), ...more] }];
  });
  return told.length === 0 ? [] : [{ kind: "changes", changes: told }];
}

/** A change that only a person can make has words for a patch. */
function inWords(patch: string): string[] {
  return /^\s*[[{]|\n/.test(patch) ? [] : [`  ${patch}`];
}

function ruledOutPart(session: Session, brief: boolean): Part {
  const all = session.hypotheses.filter(({ status }) => status === "rejected");
  const shown = brief ? nearest(session, all, SHORT.ruledOut) : all;
  return {
    label: "RULED OUT",
    blocks: [...rows(shown.map(toRow)), ...more(all.length - shown.length, ": lbdoctor show")],
  };
}

/**
 * The explanations that look most like the cause: those that the same evidence decided as the cause. In declared order,
 * filled up with the first of the others to so many.
 */
export function nearest(session: Session, all: readonly Hypothesis[], count: number): readonly Hypothesis[] {
  const { rootCause } = verdictOf(session);
  const stepOf = (one: Hypothesis | undefined) => session.findings.find(({ id }) => id === one?.evidence[0])?.step;
  const step = stepOf(session.hypotheses.find(({ cause }) => cause === rootCause));
  const alike = all.filter((one) => step !== undefined && stepOf(one) === step);
  const chosen = [...new Set([...alike, ...all])].slice(0, count);
  return all.filter((one) => chosen.includes(one));
}

/** Factors, and causes that are confirmed too but explain less. */
function alsoPart(session: Session, brief: boolean): Part {
  const other = session.hypotheses.filter(
    ({ status, cause }) => status === "confirmed" && cause !== session.verdict?.rootCause,
  );
  const all = [
    ...other.map(({ title, because, evidence }) => ({ statement: `${title}: ${because}`, evidence })),
    ...session.factors,
  ];
  const shown = brief ? all.slice(0, SHORT.also) : all;
  const told = shown.map(({ statement, evidence }) => [[statement], marks(evidence)]);
  return { label: "ALSO", blocks: [...rows(told), ...more(all.length - shown.length)] };
}

/** What looks like a fix and is none. */
function insteadPart(session: Session, brief: boolean): Part {
  const all = session.fixes.flatMap(({ notOffered = [] }) => notOffered);
  const shown = brief ? all.slice(0, SHORT.instead) : all;
  const told = shown.map(({ title, because, evidence }: Refusal) => [
    [title],
    [brief ? firstClause(because) : because],
    marks(evidence),
  ]);
  return { label: "NOT A FIX", blocks: [...rows(told), ...more(all.length - shown.length)] };
}

/** What could not be decided; where nothing was looked for at all, that is all of it and needs no list. */
function openPart(session: Session, brief: boolean): Part {
  if (session.outcome === "no-alarm" || session.outcome === "unread") return { label: "OPEN", blocks: [] };
  const others = session.hypotheses.filter(({ cause }) => cause !== session.verdict?.rootCause);
  const all = [
    // What fits comes before what is merely not known.
    ...others
      .filter(({ status }) => status === "supported")
      .map((one) => ({ ...one, because: `possible: ${one.because}` })),
    ...others.filter(({ status }) => status === "undetermined"),
  ];
  const shown = brief ? all.slice(0, SHORT.open) : all;
  return { label: "OPEN", blocks: [...rows(shown.map(toRow)), ...more(all.length - shown.length, ": lbdoctor show")] };
}

/** What could not be read, and once for all that have the same consequence, what that leaves undecided and what to do. */
function missingPart({ gaps }: Session): Part {
  const groups = new Map<string, StepGap[]>();
  for (const gap of gaps) groups.set(gap.consequence, [...(groups.get(gap.consequence) ?? []), gap]);
  const blocks = [...groups].flatMap(([consequence, group]) => {
    const left = group.length - GAPS_TOLD;
    const then = [consequence, ...new Set(group.map(({ remedy }) => remedy))].filter((words) => words !== "");
    return [
      ...group.slice(0, GAPS_TOLD).map(({ what }) => text(what)),
      ...(left > 0 ? [text(`and ${left} more like these`)] : []),
      ...list(then.map((words): Line => [{ dim: words }])),
    ];
  });
  return { label: "MISSING", blocks: blocks };
}

/** What could not be read, and what to do: what each of them leaves undecided is in the whole page. */
function missingInShort({ gaps }: Session): Part {
  const what = [...new Set(gaps.map((gap) => gap.what))];
  const remedies = [...new Set(gaps.map(({ remedy }) => remedy))].filter((words) => words !== "");
  const left = what.length - GAPS_TOLD;
  return {
    label: "MISSING",
    blocks: [
      ...what.slice(0, GAPS_TOLD).map((words) => text(words)),
      ...(left > 0 ? [text({ dim: `… ${left} more` })] : []),
      ...list(remedies.slice(0, GAPS_TOLD).map((words): Line => [{ dim: words }])),
    ],
  };
}

function toRow({ title, because, evidence }: Hypothesis): Line[] {
  return [[title], [because], marks(evidence)];
}

/** The deciding finding of a row. */
function marks(evidence: readonly string[]): Inline[] {
  return evidence.slice(0, 1).map((finding) => ({ finding }));
}

function rows(told: readonly (readonly Line[])[]): TerminalBlock[] {
  return table([], told);
}

/** The reason, without what else speaks against it. */
function firstClause(words: string): string {
  return words.split(/; |(?<=[a-z)])\. (?=[A-Z])/, 1)[0] ?? words;
}

function more(left: number, how = ""): TerminalBlock[] {
  return left > 0 ? [text({ dim: `… ${left} more${how}` })] : [];
}
