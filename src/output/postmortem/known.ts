import { breachesIn, coveredBy, strideOf } from "../../analysis/alarm.ts";
import { cells, sum, sumAt, valuesIn, weightedAverage } from "../../analysis/series.ts";
import type { Episode } from "../../model/facts.ts";
import type { Finding } from "../../model/finding.ts";
import type { Fix, Hypothesis } from "../../model/judgement.ts";
import type { Companion } from "../../model/metric.ts";
import type { Session } from "../../model/session.ts";
import { rulingOn } from "../../model/user.ts";
import type { Cause } from "../../model/vocabulary.ts";
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

/** How badly it went while the metric was on the bad side of its threshold. */
export interface Suffered {
  /** Seconds there, counted by datapoints. */
  readonly over: number;
  /** What came in, in the window and in those datapoints, through everything that the alarm watches. */
  readonly traffic: { readonly counts: string; readonly window: number; readonly there: number } | null;
  /** Of those datapoints all together; null where what is judged is no mean of single requests. */
  readonly average: number | null;
  /** What a count came to in those datapoints; null where the metric is none. */
  readonly counted: number | null;
  /** What else was counted there: the same word stands once, with all of whom it was counted. */
  readonly companions: readonly { readonly counts: string; readonly from: string; readonly there: number }[];
  /** Responses 5xx in those datapoints, whoever made them; null where they were not counted. */
  readonly failed: number | null;
}

/** Null where the alarm's metric could not be read. */
export function sufferedIn({ facts: { alarm, judged, alarmMetric, episodes } }: Session): Suffered | null {
  if (!alarm || !judged || !episodes) return null;
  const bursts = episodes.episodes.map(({ burst }) => burst);
  const points = breachesIn(alarm, judged.values, bursts);
  const covered = coveredBy(points, judged);
  const there = ({ perStep }: Companion) => sumAt(perStep, covered);
  const { traffic, companions, unit } = judged;
  const failed = companions.filter(({ metric }) => /5XX/.test(metric));
  return {
    over: points.length * judged.values.step,
    traffic: traffic && {
      counts: traffic.counts,
      window: sum(cells(traffic.perStep).map(({ value }) => value)),
      there: there(traffic),
    },
    average: alarmMetric ? weightedAverage(alarmMetric.average, alarmMetric.requests, (at) => covered.has(at)) : null,
    // Windows that slide count the same several times.
    counted:
      unit.kind === "count" && alarm.statistic === "Sum" && !alarm.expression && strideOf(judged) === 1
        ? sum(points.map(({ value }) => value))
        : null,
    companions: companions.map((one) => ({ counts: one.counts, from: one.from, there: there(one) })),
    failed: failed.length === 0 ? null : sum(failed.map(there)),
  };
}

/** Requests to the service that the alarm is about, in the bursts. Null where they are not known. */
export function serviceRequests({ facts: { guiltyMetric, episodes } }: Session): number | null {
  if (!guiltyMetric || !episodes) return null;
  const bursts = episodes.episodes.map(({ burst }) => burst);
  return sum(valuesIn(guiltyMetric.requests, bursts));
}

/** A person's own judgement of a hypothesis, as it is told beside lbdoctor's; empty where there is none. */
export function rulingLine({ user }: Session, cause: Cause): string {
  const ruled = rulingOn(user ?? [], cause);
  if (!ruled) return "";
  const what = ruled.ruling === "rejected" ? "ruled this out" : "accepted this";
  return sentence(`On the board someone ${what}${ruled.reason === "" ? "" : `: ${ruled.reason}`}`);
}

/** What the proposed fixes change, but for alarms: "Deployment data/data-service"; each once. */
export function changedTargets({ fixes }: Session): string[] {
  const changes = fixes.filter((fix) => !isAboutAlarms(fix)).flatMap((fix) => fix.changes);
  return [...new Set(changes.map(({ target }) => target))];
}

/** Whether a fix changes alarms and nothing else. */
export function isAboutAlarms({ changes }: Fix): boolean {
  return changes.length > 0 && changes.every(({ target }) => /^(?:new )?alarm /.test(target));
}
