import { drawFigures, type FigureOfEvidence } from "../../drawing/figure.ts";
import type { Session } from "../../model/session.ts";
import { verdictOf } from "../verdict.ts";
import { type Block, type Document, heading, type Section, text } from "./block.ts";
import { ANNEX, BODY, type Chapter, type Layout, type Piece } from "./layouts/layout.ts";
import { actionsSection } from "./sections/actions.ts";
import { causeSection, chartsSection, figureOfCause } from "./sections/cause.ts";
import { detectionSection, triggerSection } from "./sections/detection.ts";
import { evidenceSection, gapsSection, versionsSection } from "./sections/evidence.ts";
import { besideSection, factorsSection } from "./sections/factors.ts";
import { fixSection, resolutionSection, verificationSection } from "./sections/fix.ts";
import { episodesSection, impactSection, metricsSection } from "./sections/impact.ts";
import { luckySection, wellSection, wrongSection } from "./sections/lessons.ts";
import { pathSection } from "./sections/path.ts";
import { peopleSection } from "./sections/people.ts";
import { releaseSection } from "./sections/release.ts";
import { alsoRuledOutSection, openSection, ruledOutSection } from "./sections/ruled-out.ts";
import { statusSection, summarySection } from "./sections/summary.ts";
import { timelineSection } from "./sections/timeline.ts";

/** lbdoctor's page about a cause, a factor or a term, by its id; undefined where there is none. */
export type PageOf = (id: string) => string | undefined;

/** The ids of all parts, in order: the placeholders of a template. */
export const PART_IDS: readonly string[] = [...BODY, ...ANNEX];

/**
 * The postmortem of a session: every figure in it is the session's, and what was not established says so. Pure: the same
 * session gives the same document.
 */
export function postmortemOf(
  session: Session,
  pageOf: PageOf,
  all: readonly FigureOfEvidence[],
  layout: Layout,
): Document {
  const { opening, facts } = session;
  const parts = partsOf(session, pageOf, all);
  const byId = new Map(parts.map((part) => [part.id, part]));
  const body = layout.body.map((chapter) => chapterOf(chapter, byId)).filter(({ blocks }) => blocks.length > 0);
  return {
    title: `Postmortem: ${facts.alarm?.name ?? opening.alarmName}, ${opening.now.slice(0, 10)}`,
    parts,
    body,
    annex: {
      title: layout.annex,
      sections: ANNEX.flatMap((id) => byId.get(id) ?? []).filter(({ blocks }) => blocks.length > 0),
    },
    imprint: `lbdoctor ${opening.version}, session ${opening.id}`,
  };
}

/** Every part by its id; one without anything to say has no blocks. */
function partsOf(session: Session, pageOf: PageOf, all: readonly FigureOfEvidence[]): Section[] {
  const figures = drawFigures(session, all);
  const chosen = figureOfCause(session, figures);
  return [
    statusSection(session),
    summarySection(session),
    impactSection(session),
    metricsSection(figures),
    detectionSection(session),
    triggerSection(session),
    causeSection(session, chosen),
    factorsSection(session),
    ruledOutSection(session),
    openSection(session),
    resolutionSection(session),
    verificationSection(session),
    wellSection(session),
    wrongSection(session),
    luckySection(session),
    timelineSection(session),
    actionsSection(session),
    peopleSection(session),
    fixSection(session, true),
    releaseSection(session),
    pathSection(session),
    episodesSection(session),
    chartsSection(figures, chosen),
    alsoRuledOutSection(session),
    besideSection(session),
    evidenceSection(session),
    gapsSection(session),
    versionsSection(session),
    appendix(session, pageOf),
  ];
}

/** A chapter of the layout with the parts that it asks for; its id is that of its first part, for links. */
function chapterOf({ title, pieces }: Chapter, parts: ReadonlyMap<string, Section>): Section {
  const blocks = pieces.flatMap((piece) => blocksOf(piece, parts));
  return { id: title.toLowerCase().replace(/[^a-z0-9]+/g, "-"), title, blocks };
}

function blocksOf(piece: Piece, parts: ReadonlyMap<string, Section>): readonly Block[] {
  const of = (id: string) => parts.get(id)?.blocks ?? [];
  if (typeof piece === "string") return of(piece);
  const blocks: readonly Block[] = "todo" in piece ? [text(`TODO: ${piece.todo}`)] : piece.parts.flatMap(of);
  return blocks.length === 0 ? [] : [heading(piece.heading), ...blocks];
}

/** The page of the cause; without a cause there is nothing to explain. */
function appendix(session: Session, pageOf: PageOf): Section {
  const { rootCause } = verdictOf(session);
  const page = rootCause === null ? undefined : pageOf(rootCause);
  const blocks: Block[] = page === undefined ? [] : [{ kind: "page", markdown: page }];
  return { id: "appendix", title: "What this cause is", blocks };
}
