import type { AlarmFact, AlarmState, Episode, EpisodesFact, Transition } from "../model/facts.ts";
import { badSide, type Judged } from "../model/metric.ts";
import type { Epoch } from "../model/time.ts";
import { lengthOf, type Stay, staysFromHistory, strideOf } from "./alarm.ts";
import { type AlarmRule, evaluationRange, type Replayed, replayAlarm } from "./alarm-evaluation.ts";
import { sum } from "./series.ts";

/** A rule run over the recorded datapoints. */
export interface Backtest {
  readonly transitions: readonly Replayed[];
  /** OK → ALARM in the stretch that was judged. */
  readonly cycles: number;
  /** Seconds in ALARM there. */
  readonly alarming: number;
}

/** How today's alarm, rebuilt, compares with its own history: the proof that the rebuilt one may be believed. */
export interface Reproduction extends Backtest {
  /** The history's transitions in the stretch. */
  readonly history: readonly Transition[];
  /** Whether every transition was met, in its place and of its kind, and there was none besides. */
  readonly exact: boolean;
  /** Transitions that were met. */
  readonly met: number;
  /** Seconds from a datapoint's end to its evaluation, as the history shows it. */
  readonly delay: number;
}

/** Where the history cannot tell: CloudWatch metrics of load balancers arrive about a minute late. */
const USUAL_DELAY = 60;
/** A datapoint is looked at this many steps after its end at the latest; later ones are other faults. */
const LATEST = 3;

/**
 * Runs today's alarm over the recorded datapoints and compares with its history, transition for transition. How late a
 * datapoint is looked at is not told by CloudWatch: its part within a step is read off the history, and the number of
 * whole steps is the one that meets the most transitions, the smallest of those.
 */
export function reproduce(alarm: AlarmFact, judged: Judged, episodes: EpisodesFact): Reproduction | null {
  const { start, step, values } = judged.values;
  if (episodes.from !== "history" || values.length === 0) return null;
  const first = episodes.transitions[0];
  const within = first ? modulo(first.at - start, step) : modulo(USUAL_DELAY, step);
  const tries = Array.from({ length: LATEST }, (_, steps) => compare(judged, alarm, episodes, within + steps * step));
  return tries.reduce((best, one) => (score(one) > score(best) ? one : best));
}

function score({ met, transitions, history }: Reproduction): number {
  return 2 * met - transitions.length - history.length;
}

function modulo(value: number, period: number): number {
  return ((value % period) + period) % period;
}

function compare(judged: Judged, alarm: AlarmFact, episodes: EpisodesFact, delay: number): Reproduction {
  // Before that the evaluation range would reach out of what was recorded.
  const { start, step } = judged.values;
  const from = start + evaluationRange(alarm) * lengthOf(judged) + delay - step / 2;
  const history = episodes.transitions.filter(({ at }) => at >= from);
  const run = { initially: stateAt(from, alarm, episodes), delay, until: episodes.window.end };
  const { transitions } = replayAlarm(judged, alarm, run);
  const met = transitions.filter((one, index) => same(one, history[index], step)).length;
  const exact = met === transitions.length && met === history.length;
  return { ...measured(transitions, run.initially, from, episodes.window.end), history, met, exact, delay };
}

/** CloudWatch's evaluations move by a few seconds, never by as much as half a step. */
function same(one: Transition, other: Transition | undefined, step: number): boolean {
  return (
    other !== undefined &&
    one.from === other.from &&
    one.to === other.to &&
    Math.abs(one.at - other.at) < Math.min(step / 2, 30)
  );
}

function stateAt(time: number, alarm: AlarmFact, { transitions, earlier }: EpisodesFact): AlarmState {
  const before = [...earlier, ...transitions].filter(({ at }) => at < time).at(-1);
  const after = transitions.find(({ at }) => at >= time);
  return before?.to ?? after?.from ?? alarm.state;
}

function measured(transitions: readonly Replayed[], initially: AlarmState, from: number, until: number): Backtest {
  const stays = staysFromHistory(transitions, { start: from, end: until }, { state: initially });
  return {
    transitions,
    cycles: transitions.filter(({ to }) => to === "ALARM").length,
    alarming: sum(stays.map(({ alarmAt, okAt }) => (okAt ?? until) - alarmAt)),
  };
}

/** What another alarm would have made of one episode of today's. */
export interface Caught {
  readonly episode: number;
  /** Seconds that it would have come later than today's alarm; negative: earlier. Null: not at all. */
  readonly later: number | null;
}

/** What another alarm would have done over the recorded datapoints. */
export interface Proposed extends Backtest {
  /** Its stays in ALARM; the first begins with the recording where it was in ALARM before. */
  readonly stays: readonly Stay[];
  readonly caught: readonly Caught[];
}

/** The state of today's alarm at a time before the recording. */
export type Past = (at: Epoch) => AlarmState;

const QUIET: Past = () => "OK";

/**
 * Runs another rule over a metric of the recorded window, with the same delay as today's, from the first datapoint on.
 * What it would look at from before the recording is taken from what today's alarm was then: breaching while it was in
 * ALARM, within the threshold while it was OK, missing without data. Without a `past` all before is quiet: only what the
 * recording holds counts.
 */
export function backtest(
  rule: AlarmRule & { readonly period: number },
  judged: Judged,
  episodes: EpisodesFact,
  delay: number,
  past: Past = QUIET,
): Proposed {
  const { start, step } = judged.values;
  const until = episodes.window.end;
  const whole = withPast(judged, rule, (end) => past(end + delay));
  const run = replayAlarm(whole, rule, { initially: "OK", delay, until });
  // The evaluation of the last datapoint before the recording tells the state in which it begins.
  const from = start + lengthOf(judged) + delay - step / 2;
  const transitions = run.transitions.filter(({ at }) => at >= from);
  const initially = run.transitions.filter(({ at }) => at < from).at(-1)?.to ?? "OK";
  const stays = staysFromHistory(transitions, { start: from, end: until }, { state: initially });
  return {
    ...measured(transitions, initially, from, until),
    stays,
    caught: episodes.episodes.map((episode, index) => ({
      episode: episode.id,
      later: lateness(episode, episodes.episodes[index + 1], stays, from),
    })),
  };
}

/**
 * The metric with as many datapoints before it as the rule's evaluation range holds, so that its first one is judged as
 * well; `past` tells today's alarm's state by the end of each.
 */
export function withPast(judged: Judged, rule: AlarmRule, past: Past = QUIET): Judged {
  const { values, samples } = judged;
  const count = evaluationRange(rule) * strideOf(judged);
  const start = values.start - count * values.step;
  // On the breaching side of every threshold, whichever way the alarm compares.
  const over = badSide(rule) === "below" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const before = new Array<number | null>(count).fill(-over);
  for (let index = 0; index < count; index += 1) {
    const state = past(start + index * values.step + lengthOf(judged));
    if (state !== "OK") before[index] = state === "ALARM" ? over : null;
  }
  const enough = new Array<number | null>(count).fill(Number.POSITIVE_INFINITY);
  return {
    ...judged,
    values: { ...values, start, values: before.concat(values.values) },
    samples: samples && { ...samples, start, values: enough.concat(samples.values) },
  };
}

/** What today's alarm was before the recording, by its history; quiet where there is none. */
export function pastOf({ transitions, earlier, episodes, window, from }: EpisodesFact): Past {
  if (from !== "history") return QUIET;
  const all = [...earlier, ...transitions];
  // One that never changed was all the time what it was at the window's start.
  const always = episodes[0]?.alarmAt === window.start ? "ALARM" : "OK";
  return (time) => all.filter(({ at }) => at < time).at(-1)?.to ?? all[0]?.from ?? always;
}

/**
 * An alarm caught an episode when it was in ALARM at some time from the burst's beginning to two minutes after today's
 * alarm ended (one that waits for more datapoints may come when today's has just gone), and before the next burst.
 */
const AFTER = 120;

function lateness(episode: Episode, next: Episode | undefined, stays: readonly Stay[], from: number): number | null {
  const { burst, alarmAt } = episode;
  const end = Math.min(
    (episode.okAt ?? Number.POSITIVE_INFINITY) + AFTER,
    next?.burst.start ?? Number.POSITIVE_INFINITY,
  );
  const stay = stays.find((one) => one.alarmAt < end && (one.okAt ?? Number.POSITIVE_INFINITY) > burst.start);
  if (!stay) return null;
  // Both were in ALARM when the recording began; which of them came first is not in it.
  if (stay.alarmAt <= from && alarmAt <= from) return 0;
  // Where it stood in ALARM from before, the episode was never out of sight.
  return stay.alarmAt < burst.start ? Math.min(0, stay.alarmAt - alarmAt) : stay.alarmAt - alarmAt;
}
