import type { Placed } from "../../../drawing/figure.ts";
import type { Hypothesis } from "../../../model/judgement.ts";
import type { Session } from "../../../model/session.ts";
import { plural } from "../../../model/words.ts";
import { verdictOf } from "../../verdict.ts";
import { type Block, type Line, type Section, sentence, text } from "../block.ts";
import { causeOf, findingOf, isEstablished, rulingLine } from "../known.ts";

/** Findings that lead from the cause to the alarm, whatever the cause is. */
const TO_THE_ALARM = ["target-groups.shares", "alarm-history.flapping"];
/** References behind the paragraph; the annex has all findings. */
const REFERENCES = 6;

/** From the cause to the alarm in one paragraph, with the findings that it rests on and the chart that shows it. */
export function causeSection(session: Session, figure: Placed | undefined): Section {
  const cause = causeOf(session);
  const drawn: Block[] = figure ? [{ kind: "figure", figure: figure.figure }] : [];
  if (!isEstablished(session) || !cause)
    return { id: "cause", title: "Root cause", blocks: [text(unknown(session)), ...drawn] };
  return {
    id: "cause",
    title: "Root cause",
    blocks: [
      text(sentence(verdictOf(session).summary)),
      ...references(session, cause),
      ...ruling(session, cause),
      ...drawn,
    ],
  };
}

function unknown({ findings }: Session): string {
  if (findings.length === 0) return "Not known: nothing could be read.";
  return `Not known: no explanation was confirmed. The annex has ${plural(findings.length, "finding")}, each with its commands.`;
}

function references(session: Session, { evidence }: Hypothesis): Block[] {
  const ids = [...new Set([...evidence.slice(0, REFERENCES - TO_THE_ALARM.length), ...TO_THE_ALARM])];
  const there = ids.filter((id) => findingOf(session, id));
  const line = there.flatMap((finding, index): Line => (index === 0 ? [{ finding }] : [", ", { finding }]));
  return line.length === 0 ? [] : [text("Evidence, in order: ", ...line, ".")];
}

/** A person's own judgement stands beside lbdoctor's, and says so. */
function ruling(session: Session, { cause }: Hypothesis): Block[] {
  const words = rulingLine(session, cause);
  return words === "" ? [] : [text(words)];
}

/** The chart of the evidence that the cause rests on first; where there is none, the first that leads to it. */
export function figureOfCause(session: Session, figures: readonly Placed[]): Placed | undefined {
  const leading = figures.filter(({ place }) => place === "cause");
  const steps = (causeOf(session)?.evidence ?? []).map((id) => findingOf(session, id)?.step);
  const rank = ({ figure }: Placed) => {
    const at = steps.indexOf(figure.name);
    return at < 0 ? steps.length : at;
  };
  return [...leading].sort((a, b) => rank(a) - rank(b))[0];
}

/** The other charts. */
export function chartsSection(figures: readonly Placed[], chosen: Placed | undefined): Section {
  const blocks = figures
    .filter((one) => one.place === "cause" && one !== chosen)
    .map(({ figure }): Block => ({ kind: "figure", figure }));
  return { id: "charts", title: "Further charts", blocks };
}
