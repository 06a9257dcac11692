import {
  type AlarmFact,
  breaches,
  type ChangeFact,
  type ChangesFact,
  COMPARABLE,
  changeWords,
  clock,
  defineSignal,
  duration,
  type EpisodesFact,
  type Epoch,
  HEALTHY_AFTER,
  type JudgedMetric,
  median,
  no,
  percent,
  plural,
  type Reading,
  unclear,
  unknown,
  valueAt,
  valuesIn,
  yes,
} from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { episodesFact, judgedFact } from "../evidence/alarm-history/fact.ts";
import { changesFact } from "../evidence/changes/fact.ts";

/** So many periods at the load of the episodes must be known before the change; with fewer, "no trouble before" is chance. */
export const LEAST_BEFORE = 10;
/** So many at that load since it: an alarm needs a few of them to go off at all. */
export const LEAST_SINCE = 5;
/** The load had no trouble before the change where at most this share of its periods breached: a stray one is no trouble. */
export const CALM = 0.05;
/** It has trouble since where at least this share of its periods breach. */
export const TROUBLED = 0.5;
/**
 * Seconds that a change point may lie beside the change: CloudWatch's periods begin on the minute, EC2's and Elastic Load
 * Balancing's changes take effect within minutes, and a point is found to within a few periods.
 */
export const BESIDE = 600;

/** Kinds of changes whose undoing ends what they made; rollouts, scaling and the alarm's own have signals of their own. */
const KINDS: ReadonlySet<ChangeFact["kind"]> = new Set([
  "weight",
  "routing",
  "stickiness",
  "health check",
  "attribute",
  "certificate",
  "network",
  "firewall",
]);

/**
 * Behind a Gateway Load Balancer no controller moves targets as pods come and go: one that takes appliances out for good has
 * changed what can take the flows. Elsewhere that is everyday work, or what trouble brings with it.
 */
const isFewerAppliances = ({ namespace }: AlarmFact, { kind, call }: ChangeFact): boolean =>
  namespace === "AWS/GatewayELB" && kind === "targets" && call === "DeregisterTargets";

/** What is read of one change: whether the trouble began with it. */
export interface ChangeReading {
  readonly change: ChangeFact;
  readonly answer: "yes" | "no" | "unclear";
  /** As a clause: "the load of the episodes had no trouble in 64 minutes before it". */
  readonly because: string;
}

interface Known {
  readonly alarm: AlarmFact;
  readonly changed: ChangesFact;
  readonly episodes: EpisodesFact;
  readonly judged: JudgedMetric;
}

/**
 * Did trouble begin with a recorded change, by the rules of configuration-change: before the first trouble, on what fails, no
 * trouble at equal load before it, trouble at equal load since, and a change of the metric itself where it falls? Coming
 * before is not causing: of two changes that fall together neither is named.
 */
export default defineSignal({
  id: "trouble-since-change",
  question: "Did the trouble begin with a recorded change to what fails?",
  needs: { alarm: alarmFact, changed: changesFact, episodes: episodesFact, judged: judgedFact },
  uses: {},
  read({ alarm, changed, episodes, judged }): Reading {
    const evidence = ["changes.timeline", "alarm-history.condition"];
    if (episodes.episodes.length === 0) return unknown("there is no episode", evidence);
    const read = readChanges({ alarm, changed, episodes, judged });
    const [found] = read.filter(({ answer }) => answer === "yes");
    if (found) return yes(beganWords(found), evidence);
    if (changed.trail === null) return unknown("needs CloudTrail: what was changed is not known", evidence);
    const open = read.find(({ answer }) => answer === "unclear");
    if (open) return unclear(`at ${clock(open.change.at)} ${open.change.what}; ${open.because}`, evidence);
    if (changed.missing.length > 0)
      return unclear(`not all recorded changes could be read (${changed.missing.join(", ")})`, evidence);
    const [one] = read;
    if (one)
      return no(
        `${plural(read.length, "recorded change")}, none of which caused it: ${one.change.what}: ${one.because}`,
        evidence,
        0,
      );
    return no("no recorded change affects what fails", evidence, 0);
  },
});

/** What is read of every change that could have made it, those first that did; empty where nothing was changed. */
export function readChanges(known: Known): ChangeReading[] {
  const { alarm, changed } = known;
  const able = changed.changes.filter((one) => KINDS.has(one.kind) || isFewerAppliances(alarm, one));
  const read = able.map((change) => readOne(change, known));
  return read.map((one) => (one.answer === "yes" ? withoutRivals(one, read, known) : one));
}

/**
 * That the trouble began with one of the changes that `isMeant` names, by the same rules; null where none of them is shown to
 * have brought it.
 */
export function begunWith(known: Partial<Known>, isMeant: (change: ChangeFact) => boolean): Reading | null {
  const { alarm, changed, episodes, judged } = known;
  if (!alarm || !changed || !episodes || !judged) return null;
  const made = readChanges({ alarm, changed, episodes, judged }).find(
    ({ change, answer }) => answer === "yes" && isMeant(change),
  );
  return made ? yes(beganWords(made), ["changes.timeline", "alarm-history.condition"]) : null;
}

function beganWords({ change, because }: ChangeReading): string {
  return `at ${clock(change.at)} ${changeWords(change)}; ${because}`;
}

function readOne(change: ChangeFact, { alarm, changed, episodes, judged }: Known): ChangeReading {
  const told = (answer: ChangeReading["answer"], because: string) => ({ change, answer, because });
  if (change.reaches === "no") return told("no", change.because);
  const first = firstTrouble(episodes);
  if (first === null) return told("no", "there is no trouble");
  if (change.at > first + judged.values.step) return told("no", `the trouble is older: it began at ${clock(first)}`);
  const { before, since, healthy } = around(change.at, first, alarm, episodes, judged);
  if (share(before) >= TROUBLED && before.of >= LEAST_SINCE)
    return told("no", `the same load had trouble before it: ${inWords(before)}`);
  if (healthy >= HEALTHY_AFTER)
    return told("no", `there was no trouble for ${duration(healthy)} at that load after it`);
  if (change.reaches === "maybe") return told("unclear", change.because);
  if (before.of < LEAST_BEFORE)
    return told("unclear", `too little is known of the same load before it (${plural(before.of, "period")})`);
  if (share(before) > CALM) return told("unclear", `the same load had some trouble before it: ${inWords(before)}`);
  if (since.of < LEAST_SINCE || share(since) < TROUBLED)
    return told("unclear", `the same load has trouble only at times since it: ${inWords(since)}`);
  if (!isChangePoint(change.at, first, changed.changePoints))
    return told("unclear", "the metric as a whole did not change with it");
  return told("yes", `at equal load ${inWords(before)} breached before it and ${inWords(since)} since`);
}

/** The first time in ALARM that is known, or of the breaching values that brought it there. */
function firstTrouble({ episodes, earlier }: EpisodesFact): Epoch | null {
  const starts = [
    ...earlier.flatMap(({ to, at }) => (to === "ALARM" ? [at] : [])),
    ...episodes.map(({ burst, since }) => Math.min(burst.start, since ?? burst.start)),
  ];
  return starts.length === 0 ? null : Math.min(...starts);
}

interface Periods {
  readonly bad: number;
  readonly of: number;
}

/** The periods at the load of the episodes before the change and since, and how long that load was well after it; seconds. */
function around(at: Epoch, first: Epoch, alarm: AlarmFact, { episodes }: EpisodesFact, judged: JudgedMetric) {
  const { values, traffic, unit } = judged;
  const bursts = episodes.map(({ burst }) => burst);
  const usual = traffic ? (median(valuesIn(traffic.perStep, bursts)) ?? 0) : 0;
  const periods = values.values.flatMap((value, index) => {
    const time = values.start + index * values.step;
    // Hosts are checked alike whatever comes in; anything else is compared at the load of the episodes.
    const load = traffic ? valueAt(traffic.perStep, time) : 0;
    if (load === null || load < COMPARABLE * usual) return [];
    // A count is not published where there was nothing to count.
    const known = value ?? (unit.kind === "count" && traffic ? 0 : null);
    return known === null ? [] : [{ time, bad: breaches(alarm, known) }];
  });
  const count = (chosen: (time: Epoch) => boolean): Periods => {
    const all = periods.filter(({ time }) => chosen(time));
    return { bad: all.filter(({ bad }) => bad).length, of: all.length };
  };
  const well = count((time) => time >= at && time + values.step <= first);
  return {
    before: count((time) => time + values.step <= at),
    since: count((time) => time >= Math.max(at, first)),
    healthy: (well.of - well.bad) * values.step,
  };
}

const share = ({ bad, of }: Periods): number => (of === 0 ? 0 : bad / of);
const inWords = (periods: Periods): string =>
  `${periods.bad} of ${plural(periods.of, "period")} (${percent(share(periods))})`;

/** Whether the metric changed between the change and the first trouble, or just beside them. */
function isChangePoint(at: Epoch, first: Epoch, points: readonly Epoch[] | null): boolean {
  return (points ?? []).some((point) => point >= at - BESIDE && point <= first + BESIDE);
}

/** Of changes that fall together nothing says which it was, unless one person or machine made them as one. */
function withoutRivals(
  found: ChangeReading,
  all: readonly ChangeReading[],
  { changed, episodes }: Known,
): ChangeReading {
  const { change } = found;
  const first = firstTrouble(episodes) ?? change.at;
  const cleared = new Set(all.filter(({ answer }) => answer === "no").map((one) => one.change.id));
  const rival = changed.changes.find(
    (other) =>
      other.id !== change.id &&
      (KINDS.has(other.kind) || other.kind === "rollout") &&
      other.reaches !== "no" &&
      !cleared.has(other.id) &&
      other.at >= change.at - BESIDE &&
      other.at <= first &&
      !isSameHand(other, change),
  );
  return rival
    ? {
        ...found,
        answer: "unclear",
        because: `there was another change at ${clock(rival.at)}, and the two cannot be told apart: ${rival.what}`,
      }
    : found;
}

function isSameHand({ by: a }: ChangeFact, { by: b }: ChangeFact): boolean {
  return a?.name != null && a.name === b?.name && a.session === b.session;
}
