import { unitOf } from "../analysis/metric-unit.ts";
import type { Finding } from "../model/finding.ts";
import { unitSymbol } from "../model/metric-words.ts";
import type { Session } from "../model/session.ts";
import { type Epoch, iso } from "../model/time.ts";
import { visibleJson } from "../model/visible.ts";
import type { InvestigationDocument } from "./schema.ts";
import type { Listed } from "./sessions.ts";
import { verdictOf } from "./verdict.ts";

/** The document that `--json` prints, as text; see schema/investigation.schema.json. */
export function jsonReport(session: Session): string {
  return text(documentOf(session));
}

/** The same on one line, for several after each other (JSON Lines). */
export function jsonLine(session: Session): string {
  return `${visibleJson(JSON.stringify(documentOf(session)))}\n`;
}

/** One finding of that document. */
export function jsonFinding(finding: Finding): string {
  return text(finding);
}

/** The list of past investigations; what could not be read of a damaged session is null. */
export function jsonSessions(list: readonly Listed[]): string {
  return text(
    list.map(({ id, written, about, damage }) => ({
      session: id,
      alarm: about?.alarmName ?? null,
      now: about?.now ?? null,
      written: new Date(written).toISOString(),
      outcome: about ? (about.conclusion?.outcome ?? "interrupted") : null,
      rootCause: about?.conclusion?.rootCause ?? null,
      damage,
    })),
  );
}

/** The ids of the sessions that were removed, and how many are left. */
export function jsonPruned(removed: readonly string[], left: number): string {
  return text({ removed, left });
}

function text(value: unknown): string {
  return `${visibleJson(JSON.stringify(value, null, 2))}\n`;
}

/** Every field is named here, so that the order of keys is this one and nothing unnamed slips out. */
function documentOf(session: Session): InvestigationDocument {
  const { opening } = session;
  return {
    schemaVersion: session.schemaVersion,
    session: opening.id,
    version: opening.version,
    outcome: session.outcome ?? "interrupted",
    source: opening.source,
    now: opening.now,
    window: { start: iso(opening.window.start), end: iso(opening.window.end) },
    alarm: alarmOf(session),
    episodes: episodesOf(session),
    verdict: verdictOf(session),
    hypotheses: session.hypotheses.map(({ cause, title, claim, status, because, evidence, explains, apartFrom }) => ({
      cause,
      title,
      claim,
      status,
      because,
      evidence,
      explains,
      apartFrom: apartFrom ?? {},
    })),
    factors: session.factors.map(({ factor, statement, evidence }) => ({ factor, statement, evidence })),
    findings: session.findings,
    changes: changesOf(session),
    fixes: session.fixes,
    gaps: session.gaps.map(({ source, kind, what, consequence, remedy }) => ({
      source,
      kind,
      what,
      consequence,
      remedy,
    })),
    steps: session.steps,
  };
}

function alarmOf({ facts: { alarm }, opening }: Session): InvestigationDocument["alarm"] {
  return {
    name: alarm?.name ?? opening.alarmName,
    arn: alarm?.arn ?? null,
    description: alarm?.description ?? null,
    namespace: alarm?.namespace ?? null,
    metric: alarm?.metric ?? null,
    dimensions: alarm?.dimensions ?? null,
    statistic: alarm?.statistic ?? null,
    threshold: alarm?.threshold ?? null,
    comparison: alarm?.comparison ?? null,
    period: alarm?.period ?? null,
    evaluationPeriods: alarm?.evaluationPeriods ?? null,
    datapointsToAlarm: alarm?.datapointsToAlarm ?? null,
    treatMissingData: alarm?.treatMissingData ?? null,
    state: alarm?.state ?? null,
    stateSince: timeOrNull(alarm?.stateSince),
    since: timeOrNull(alarm?.stateSince),
    unit: alarm ? unitSymbol(unitOf(alarm)) : null,
    composite: alarm?.composite ?? null,
    expression: alarm?.expression?.words ?? null,
  };
}

function episodesOf({ facts: { episodes } }: Session): InvestigationDocument["episodes"] {
  if (!episodes) return null;
  return episodes.episodes.map(({ id, alarmAt, okAt, worst, requests }) => ({
    id,
    alarmAt: iso(alarmAt),
    okAt: timeOrNull(okAt),
    worst,
    requests,
  }));
}

function timeOrNull(time: Epoch | null | undefined): string | null {
  return time === null || time === undefined ? null : iso(time);
}

function changesOf({ facts: { changes: fact } }: Session): InvestigationDocument["changes"] {
  if (!fact) return null;
  const { changes, trail, missing, changePoints } = fact;
  return {
    read: trail && { start: iso(trail.start), end: iso(trail.end) },
    missing,
    changePoints: changePoints?.map(iso) ?? null,
    list: changes.map(({ id, at, until, count, kind, from, call, by, what, settings, touches, reaches, because }) => ({
      id,
      at: iso(at),
      until: iso(until),
      count,
      kind,
      from,
      call,
      by,
      what,
      settings,
      touches,
      reaches,
      because,
    })),
  };
}
