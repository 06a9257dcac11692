import type { Hypothesis, Status } from "../../../model/judgement.ts";
import type { Session } from "../../../model/session.ts";
import { nearest } from "../../sections.ts";
import { verdictOf } from "../../verdict.ts";
import { type Block, evidence, type Line, list, type Section, sentence, step, table, text } from "../block.ts";
import { findingOf, rulingLine } from "../known.ts";

/** Rows of the body: those that look most like the cause, or that a person has judged. The annex has the others. */
const BODY_ROWS = 8;

/** What it was not, one line each; what the same finding ruled out stands in one. */
export function ruledOutSection(session: Session): Section {
  const { body, annex } = ruledOut(session);
  return {
    id: "ruled-out",
    title: "Ruled out",
    blocks: [
      ...(body.length === 0 ? [text("Nothing could be ruled out.")] : out(session, body)),
      ...(annex.length === 0 ? [] : [text(`${annex.length} more, less like it: annex, Also ruled out.`)]),
    ],
  };
}

/** What else it was not. */
export function alsoRuledOutSection(session: Session): Section {
  const { annex } = ruledOut(session);
  return { id: "also-ruled-out", title: "Also ruled out", blocks: annex.length === 0 ? [] : out(session, annex) };
}

/** Rows of explanations that the same reason ruled out. */
type Rows = readonly (readonly Hypothesis[])[];

function ruledOut(session: Session): { readonly body: Rows; readonly annex: Rows } {
  const all = together(session.hypotheses.filter(({ status }) => status === "rejected"));
  const first = all.flatMap(([one]) => (one ? [one] : []));
  const near = new Set(nearest(session, first, BODY_ROWS));
  const isNear = (alike: readonly Hypothesis[]) =>
    alike.some((one) => near.has(one) || rulingLine(session, one.cause) !== "");
  return { body: all.filter(isNear), annex: all.filter((alike) => !isNear(alike)) };
}

function out(session: Session, rows: Rows): Block[] {
  return table(
    ["Not this", "Because"],
    rows.map((alike) => row(session, alike)),
  );
}

/** The explanations by how they stand and why, in the order of the first of each. */
function together(all: readonly Hypothesis[]): (readonly Hypothesis[])[] {
  const groups = new Map<string, readonly Hypothesis[]>();
  for (const one of all) {
    const key = `${one.status} ${one.because}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function row(session: Session, alike: readonly Hypothesis[]): Line[] {
  const titles = alike.map((one) => named(session, one));
  const [first] = alike;
  return [[sentence(titles.join("; ")).replace(/\.$/, "")], first ? because(session, first) : []];
}

/** The explanation in a few words, with what a person said of it. */
function named(session: Session, { title, cause }: Hypothesis): string {
  return [title, rulingLine(session, cause)].filter((words) => words !== "").join(". ");
}

/** The reason, with the finding that decides; what the root cause has said already is not said again. */
function because(session: Session, { because: reason, evidence: ids }: Hypothesis): Line {
  const read = verdictOf(session).summary.toLowerCase().includes(reason.toLowerCase());
  const deciding = ids.slice(0, 1).filter((id) => findingOf(session, id));
  return [read ? "see the root cause" : reason, ...evidence(deciding)];
}

/** What could not be decided; nothing where everything was. */
export function openSection(session: Session): Section {
  const cause = verdictOf(session).rootCause;
  const open = session.hypotheses.filter(({ status, cause: id }) => id !== cause && status !== "rejected");
  const rows = together(open).map((alike): Line[] => {
    const [names = [], reason = []] = row(session, alike);
    return [names, [STANDING[alike[0]?.status ?? "undetermined"]], reason];
  });
  return {
    id: "open",
    title: "Open questions",
    blocks:
      open.length === 0
        ? []
        : [...table(["Explanation", "Status", "What decides or is missing"], rows), ...collect(session)],
  };
}

const STANDING: Record<Status, string> = {
  confirmed: "shown too, but explains fewer episodes",
  supported: "possible, not shown",
  undetermined: "not decided",
  rejected: "ruled out",
};

function collect({ gaps }: Session): Block[] {
  const remedies = [...new Set(gaps.map(({ remedy }) => remedy))];
  return remedies.length === 0 ? [] : [text("To decide them:"), ...list(remedies.map((remedy) => step(remedy)))];
}
