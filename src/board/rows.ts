import { type Span, span, type Tone } from "../drawing/lines.ts";
import type { Picture } from "../drawing/picture.ts";
import { SIGN } from "../drawing/signs.ts";
import type { Finding } from "../model/finding.ts";
import type { Hypothesis, Status } from "../model/judgement.ts";
import { withoutCause } from "../model/outcome.ts";
import type { Session, StepState } from "../model/session.ts";
import { notesOn, ownFindings, type Ruling, rulingOn } from "../model/user.ts";
import type { Cause, Factor } from "../model/vocabulary.ts";
import { plural } from "../model/words.ts";
import { wordsOf } from "./hits.ts";

/** What a row of the list stands for. */
export type Item =
  | { readonly kind: "verdict" }
  | { readonly kind: "hypothesis"; readonly cause: Cause }
  /** By the id of its evidence. */
  | { readonly kind: "picture"; readonly picture: string }
  | { readonly kind: "factor"; readonly factor: Factor }
  | { readonly kind: "finding"; readonly finding: string }
  | { readonly kind: "gap"; readonly gap: string }
  | { readonly kind: "fix"; readonly fix: string }
  | { readonly kind: "step"; readonly step: string };

export interface Row {
  /** Names the item for good: what is chosen stays chosen whatever comes in between. */
  readonly id: string;
  /** The heading under which it stands; empty for the first row. */
  readonly section: string;
  readonly item: Item;
  readonly mark: Span;
  readonly title: string;
  readonly tone: Tone;
  /** The reason, in the same line where there is room. */
  readonly why: string;
  /** What the person says of it: it stands before the reason and takes nothing of it away. */
  readonly said: string;
  /** The number of the deciding finding, "[7]". */
  readonly reference: string;
}

export const VERDICT_ROW = "verdict";

const STATUS_TONE: { readonly [status in Status]: Tone } = {
  confirmed: "good",
  supported: "warn",
  rejected: "bad",
  undetermined: "dim",
};

const TITLE_TONE: { readonly [status in Status]: Tone } = {
  confirmed: "strong",
  supported: "strong",
  rejected: "dim",
  undetermined: "plain",
};

const RULING_WORD: { readonly [ruling in Ruling]: string } = {
  accepted: "accepted by you",
  rejected: "ruled out by you",
  withdrawn: "",
};

/**
 * Everything that can be looked at, in the declared order. Nothing is sorted by what happens, so nothing jumps; the
 * finding that came last is told in the first row while the investigation runs.
 */
export function rowsOf(session: Session, newest: string | null, pictures: readonly Picture[]): Row[] {
  return [
    verdictRow(session, newest),
    ...session.hypotheses.map((one) => hypothesisRow(session, one)),
    ...pictures.map(({ evidence, title, about }) =>
      row("EVIDENCE", { kind: "picture", picture: evidence }, `picture:${evidence}`, { title, why: about }),
    ),
    ...session.factors.map(({ factor, statement, evidence }) =>
      row("ALSO", { kind: "factor", factor }, `factor:${factor}`, {
        title: statement,
        reference: referenceTo(session, evidence),
      }),
    ),
    ...allFindings(session).map((one, index) => findingRow(session, one, index + 1)),
    ...session.gaps.map(({ id, what, consequence }) =>
      row("NOT READ", { kind: "gap", gap: id }, `gap:${id}`, {
        mark: span(SIGN.gap, "warn"),
        title: what,
        why: consequence,
      }),
    ),
    ...session.fixes.map(({ id, title, why }) => row("FIXES", { kind: "fix", fix: id }, `fix:${id}`, { title, why })),
    ...session.steps.map(({ id, title, state, note }) =>
      row("STEPS", { kind: "step", step: id }, `step:${id}`, { mark: stepMark(state), title, why: note ?? "" }),
    ),
  ];
}

/** The rows in which every word of the query occurs. */
export function matching(rows: readonly Row[], query: string): readonly Row[] {
  const words = wordsOf(query);
  if (words.length === 0) return rows;
  return rows.filter(({ id, section, title, why, said }) => {
    const text = `${id} ${section} ${title} ${said} ${why}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** lbdoctor's findings, then the person's own. A finding's number is its place here. */
export function allFindings({ findings, user }: Session): readonly Finding[] {
  return user ? [...findings, ...ownFindings(user)] : findings;
}

/** The number by which a finding is called, "[7]"; empty while numbers can still change. */
export function referenceTo(session: Session, [decisive]: readonly string[]): string {
  if (session.outcome === null) return "";
  const index = allFindings(session).findIndex(({ id }) => id === decisive);
  return index < 0 ? "" : `[${index + 1}]`;
}

export function statusMark(status: Status): Span {
  return span(SIGN[status], STATUS_TONE[status]);
}

export function statusTone(status: Status): Tone {
  return STATUS_TONE[status];
}

export function stepMark(state: StepState): Span {
  if (state === "running") return span("…", "accent");
  return state === "done"
    ? span(SIGN.done, "good")
    : span(state === "skipped" ? SIGN.skipped : SIGN.waiting, state === "skipped" ? "warn" : "dim");
}

function row(section: string, item: Item, id: string, fields: Partial<Row> & { readonly title: string }): Row {
  return { mark: span(" "), tone: "plain", why: "", said: "", reference: "", ...fields, section, item, id };
}

function verdictRow({ verdict, outcome, findings }: Session, newest: string | null): Row {
  const item = { kind: "verdict" } as const;
  if (outcome === null) {
    const found = findings.find(({ id }) => id === newest);
    const why = found ? `just found: ${found.statement}` : "not reached yet";
    return row("", item, VERDICT_ROW, { title: "the verdict", why });
  }
  if (!verdict?.rootCause) return row("", item, VERDICT_ROW, { title: "the verdict", why: withoutCause("open") });
  const { episodes, of } = verdict.explains;
  return row("", item, VERDICT_ROW, {
    mark: span(SIGN[verdict.confidence === "confirmed" ? "confirmed" : "supported"], "good"),
    title: "the verdict",
    tone: "strong",
    why: `${verdict.confidence}, explains ${episodes} of ${plural(of, "episode")}`,
  });
}

function hypothesisRow(session: Session, { cause, title, status, because, evidence }: Hypothesis): Row {
  const ruling = rulingOn(session.user ?? [], cause);
  return row("HYPOTHESES", { kind: "hypothesis", cause }, `hypothesis:${cause}`, {
    mark: statusMark(status),
    title,
    tone: TITLE_TONE[status],
    said: ruling ? `${SIGN.byYou} ${RULING_WORD[ruling.ruling]}: ${ruling.reason}` : "",
    why: because,
    reference: referenceTo(session, evidence),
  });
}

function findingRow(session: Session, { id, statement }: Finding, number: number): Row {
  const notes = notesOn(session.user ?? [], id);
  const own = number > session.findings.length;
  const last = notes.at(-1);
  return row("FINDINGS", { kind: "finding", finding: id }, `finding:${id}`, {
    mark: own || last ? span(SIGN.byYou, "accent") : span(" "),
    title: statement,
    said: last ? `${SIGN.byYou} ${last.text}` : "",
    reference: session.outcome === null ? "" : `[${number}]`,
  });
}
