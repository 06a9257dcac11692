import type { Placed } from "../../../drawing/figure.ts";
import type { Hypothesis, Status } from "../../../model/judgement.ts";
import type { Session } from "../../../model/session.ts";
import { rulingOn } from "../../../model/user.ts";
import { verdictOf } from "../../verdict.ts";
import { type Block, evidence, type Line, list, type Section, sentence, table, text } from "../block.ts";
import { causeOf, findingOf, isEstablished, told } from "../known.ts";

/** Findings that lead from the cause to the page, whatever the cause is. */
const TO_THE_PAGE = ["target-groups.shares", "alarm-history.condition", "alarm-history.flapping"];

/** Root cause; or what is known where there is none. */
export function causeSection(session: Session, figures: readonly Placed[]): Section {
  const drawn = figures
    .filter(({ place }) => place === "cause")
    .map(({ figure }): Block => ({ kind: "figure", figure }));
  const cause = causeOf(session);
  if (!isEstablished(session) || !cause)
    return { id: "cause", title: "What is known", blocks: [...known(session), ...drawn] };
  const chain = [...new Set([...cause.evidence, ...TO_THE_PAGE])].flatMap((id) => findingOf(session, id) ?? []);
  return {
    id: "cause",
    title: "Root cause",
    blocks: [
      text(sentence(verdictOf(session).summary)),
      text("The evidence, step by step:"),
      ...list(
        chain.map((finding) => [told(finding), ...evidence([finding.id])]),
        true,
      ),
      ...ruling(session, cause),
      ...drawn,
    ],
  };
}

function known(session: Session): Block[] {
  const found = session.findings.map((finding): Line => [told(finding), ...evidence([finding.id])]);
  return [
    text(sentence(verdictOf(session).headline)),
    ...(found.length === 0 ? [text("Nothing could be read.")] : list(found)),
  ];
}

const ruledWord = (ruling: string) => (ruling === "rejected" ? "ruled this out" : "accepted this");

/** A person's own judgement stands beside lbdoctor's, and says so. */
function ruling({ user }: Session, { cause }: Hypothesis): Block[] {
  const ruled = rulingOn(user ?? [], cause);
  if (!ruled) return [];
  return [text(`On the board a person ${ruledWord(ruled.ruling)}${ruled.reason === "" ? "." : `: ${ruled.reason}`}`)];
}

/** What it was not, and the finding that showed it. */
export function ruledOutSection(session: Session): Section {
  const out = session.hypotheses.filter(({ status }) => status === "rejected");
  return {
    id: "ruled-out",
    title: "Ruled out",
    blocks:
      out.length === 0
        ? [text("Nothing could be ruled out.")]
        : table(
            ["Not this", "Because", "Evidence"],
            out.map((one) => [[sentence(one.claim), ...ruledOn(session, one)], [one.because], marks(one)]),
          ),
  };
}

/** What could not be decided; empty where nothing is open. */
export function openSection(session: Session): Section {
  const cause = verdictOf(session).rootCause;
  const open = session.hypotheses.filter(
    (one) =>
      one.cause !== cause &&
      (one.status === "undetermined" || one.status === "supported" || one.status === "confirmed"),
  );
  const blocks =
    open.length === 0
      ? [text("Every explanation that lbdoctor knows was decided. It cannot rule out what it does not know.")]
      : [
          ...table(
            ["Explanation", "Status", "What decides or is missing", "Evidence"],
            open.map((one) => [
              [sentence(one.claim), ...ruledOn(session, one)],
              [STANDING[one.status]],
              [one.because],
              marks(one),
            ]),
          ),
          ...collect(session),
        ];
  return { id: "open", title: "Open questions", blocks };
}

const STANDING: Record<Status, string> = {
  confirmed: "shown too, but explains fewer episodes",
  supported: "possible, not shown",
  undetermined: "not decided",
  rejected: "ruled out",
};

function collect({ gaps }: Session): Block[] {
  const remedies = [...new Set(gaps.map(({ remedy }) => remedy))];
  return remedies.length === 0
    ? []
    : [text("To collect, so that it can be decided:"), ...list(remedies.map((remedy) => [sentence(remedy)]))];
}

function ruledOn({ user }: Session, { cause }: Hypothesis): Line {
  const ruled = rulingOn(user ?? [], cause);
  return ruled
    ? [` (On the board a person ${ruledWord(ruled.ruling)}${ruled.reason === "" ? "" : `: ${ruled.reason}`}.)`]
    : [];
}

function marks({ evidence: ids }: Hypothesis): Line {
  return ids.flatMap((finding, index): Line => (index === 0 ? [{ finding }] : [", ", { finding }]));
}

/** What made it longer, louder or harder to see; and apart from that, what is wrong and did nothing to it. */
export function factorsSection({ factors }: Session): Section {
  const [beside, contributing] = [
    factors.filter(({ harmless }) => harmless),
    factors.filter(({ harmless }) => !harmless),
  ];
  const told = (found: Session["factors"]) =>
    list(found.map(({ factor, statement, evidence: ids }) => [{ code: factor }, ": ", statement, ...evidence(ids)]));
  return {
    id: "factors",
    title: "Contributing factors",
    blocks: [
      ...(factors.length === 0 ? [text("None found. What could not be read is listed under Gaps.")] : []),
      ...(contributing.length === 0
        ? []
        : [
            text("Each made the incident longer, louder or harder to see; removing it alone would not have ended it."),
            ...told(contributing),
          ]),
      ...(beside.length === 0
        ? []
        : [text("Found beside it, and harmless in this incident; worth putting right all the same."), ...told(beside)]),
    ],
  };
}
