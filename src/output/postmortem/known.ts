import { breachesIn } from "../../analysis/alarm.ts";
import { cells, sum, valueAt, valuesIn, weightedAverage } from "../../analysis/series.ts";
import type { Episode } from "../../model/facts.ts";
import type { Finding } from "../../model/finding.ts";
import type { Hypothesis } from "../../model/judgement.ts";
import type { Session } from "../../model/session.ts";
import { verdictOf } from "../verdict.ts";
import { sentence } from "./block.ts";

/** What several sections want to know of a session. */

export function findingOf({ findings }: Session, id: string): Finding | undefined {
  return findings.find((finding) => finding.id === id);
}

/** What a finding says, as a full sentence; those of the alarm's history leave out their subject. */
export function told({ step, statement }: Pick<Finding, "step" | "statement">): string {
  return sentence(
    step === "alarm-history" && /^(fires|went|was|has) /.test(statement) ? `the alarm ${statement}` : statement,
  );
}

/** The hypothesis that the verdict names. */
export function causeOf(session: Session): Hypothesis | undefined {
  const { rootCause } = verdictOf(session);
  return session.hypotheses.find(({ cause }) => cause === rootCause);
}

export function isEstablished(session: Session): boolean {
  return verdictOf(session).rootCause !== null;
}

export function episodesOf({ facts }: Session): readonly Episode[] {
  return facts.episodes?.episodes ?? [];
}

/** "data-service", or what is known instead of it. */
export function serviceName(session: Session): string {
  const { facts } = session;
  return verdictOf(session).service?.name ?? facts.service?.name ?? facts.suspect?.group?.name ?? "the service";
}

/** How badly requests fared while the metric was over the threshold. */
export interface Suffered {
  /** Seconds over the threshold, counted by datapoints. */
  readonly over: number;
  readonly windowRequests: number;
  /** Requests in the datapoints over the threshold, through everything that the alarm watches. */
  readonly requests: number;
  readonly average: number | null;
  readonly target5xx: number;
  readonly elb5xx: number | null;
}

/** Null where the alarm's metric could not be read. */
export function sufferedIn({ facts: { alarm, alarmMetric, episodes } }: Session): Suffered | null {
  if (!alarm || !alarmMetric || !episodes) return null;
  const bursts = episodes.episodes.map(({ burst }) => burst);
  const bad = new Set(breachesIn(alarm, alarmMetric.judged, bursts).map(({ at }) => at));
  const count = (series: typeof alarmMetric.requests) => sum([...bad].map((at) => valueAt(series, at) ?? 0));
  return {
    over: bad.size * alarmMetric.period,
    windowRequests: sum(cells(alarmMetric.requests).map(({ value }) => value)),
    requests: count(alarmMetric.requests),
    average: weightedAverage(alarmMetric.average, alarmMetric.requests, (at) => bad.has(at)),
    target5xx: count(alarmMetric.target5xx),
    elb5xx: alarmMetric.elb5xx ? count(alarmMetric.elb5xx) : null,
  };
}

/** Requests to the service that the alarm is about, in the bursts. Null where they are not known. */
export function serviceRequests({ facts: { guiltyMetric, episodes } }: Session): number | null {
  if (!guiltyMetric || !episodes) return null;
  const bursts = episodes.episodes.map(({ burst }) => burst);
  return sum(valuesIn(guiltyMetric.requests, bursts));
}
