import { drawFigures, type FigureOfEvidence } from "../../drawing/figure.ts";
import type { Session } from "../../model/session.ts";
import { verdictOf } from "../verdict.ts";
import type { Document, Section } from "./block.ts";
import { actionsSection, peopleSection } from "./sections/actions.ts";
import { causeSection, factorsSection, openSection, ruledOutSection } from "./sections/cause.ts";
import { evidenceSection, gapsSection, versionsSection } from "./sections/evidence.ts";
import { fixSection, verificationSection } from "./sections/fix.ts";
import { impactSection } from "./sections/impact.ts";
import { pathSection } from "./sections/path.ts";
import { summarySection } from "./sections/summary.ts";
import { timelineSection } from "./sections/timeline.ts";

/** lbdoctor's page about a cause, a factor or a term, by its id; undefined where there is none. */
export type PageOf = (id: string) => string | undefined;

/**
 * The postmortem of a session: every figure in it is the session's, and what was not established says so. Pure: the same
 * session gives the same document.
 */
export function postmortemOf(session: Session, pageOf: PageOf, all: readonly FigureOfEvidence[]): Document {
  const { opening, facts } = session;
  const figures = drawFigures(session, all);
  const name = facts.alarm?.name ?? opening.alarmName;
  return {
    title: `Postmortem: ${name}, ${opening.now.slice(0, 10)}`,
    sections: [
      summarySection(session),
      impactSection(session, figures),
      timelineSection(session),
      pathSection(session),
      causeSection(session, figures),
      ruledOutSection(session),
      openSection(session),
      factorsSection(session),
      fixSection(session),
      verificationSection(session),
      actionsSection(session),
      peopleSection(session),
      evidenceSection(session),
      gapsSection(session),
      versionsSection(session),
      ...appendix(session, pageOf),
    ],
    imprint: `lbdoctor ${opening.version}, session ${opening.id}`,
  };
}

/** The ids of all sections, in order: the placeholders of a template. */
export const SECTION_IDS = [
  "summary",
  "impact",
  "timeline",
  "path",
  "cause",
  "ruled-out",
  "open",
  "factors",
  "fix",
  "verification",
  "actions",
  "people",
  "evidence",
  "gaps",
  "versions",
  "appendix",
] as const;

/** The page of the cause; without a cause there is nothing to explain. */
function appendix(session: Session, pageOf: PageOf): Section[] {
  const { rootCause } = verdictOf(session);
  const page = rootCause === null ? undefined : pageOf(rootCause);
  if (page === undefined) return [];
  return [{ id: "appendix", title: "Appendix: what this cause is", blocks: [{ kind: "page", markdown: page }] }];
}
