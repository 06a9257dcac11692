import type { AlarmFact, Episode, EpisodesFact, Transition } from "../model/facts.ts";
import { badSide, type JudgedMetric } from "../model/metric.ts";
import type { Epoch, Span } from "../model/time.ts";
import { breachesIn, burstOf, coveredBy, type Stay, staysFromHistory, staysFromMetric } from "./alarm.ts";
import { highest, lowest, sumAt, valueAt, within } from "./series.ts";

/**
 * The stays in ALARM that fall into the window, each with the breaching datapoints behind it, and how the alarm flaps.
 * From the alarm's history where it could be read (since `historyFrom`), else rebuilt from its metric.
 */
export function episodesOf(
  alarm: AlarmFact,
  window: Span,
  history: { readonly transitions: readonly Transition[]; readonly from: Epoch } | null,
  judged: JudgedMetric | null,
): EpisodesFact {
  const stays = history
    ? staysFromHistory(history.transitions, window, { state: alarm.state })
    : staysFromMetric(alarm, judged ?? { values: { start: window.start, step: alarm.period, values: [] } });
  const episodes = stays.map((stay, index) => ({
    ...toEpisode(alarm, judged, stay, stays[index - 1]?.okAt ?? window.start, window, index + 1),
    ...(stay.alarmAt <= window.start ? trueBeginning(alarm, window, history?.transitions ?? []) : {}),
  }));
  const starts = stays.map(({ alarmAt }) => alarmAt).filter((at) => at > window.start);
  const first = starts[0] ?? 0;
  const transitions = history?.transitions.filter(({ at }) => within([window], at)) ?? [];
  return {
    window,
    transitions,
    earlier: history?.transitions.filter(({ at }) => at < window.start) ?? [],
    historyFrom: history?.from ?? null,
    episodes,
    from: history ? "history" : "metric",
    cycles: starts.length,
    cyclesPerHour: (starts.length * 3600) / (window.end - window.start),
    flappingFor: (starts.at(-1) ?? first) - first,
    longest: highest(stays.map(({ alarmAt, okAt }) => (okAt ?? window.end) - alarmAt)) ?? 0,
  };
}

/**
 * Since when an alarm has been in ALARM that was so when the window began: by its history, else by the time that
 * CloudWatch keeps of its last change (StateTransitionedTimestamp), which may be older than the history that was read.
 */
function trueBeginning(
  { state, stateSince }: AlarmFact,
  window: Span,
  transitions: readonly Transition[],
): Pick<Episode, "since"> {
  const before = transitions.filter(({ at }) => at < window.start);
  const last = before.reduce<Transition | null>((latest, one) => (latest && latest.at > one.at ? latest : one), null);
  if (last?.to === "ALARM") return { since: last.at };
  return state === "ALARM" && stateSince !== null && stateSince < window.start ? { since: stateSince } : {};
}

/** Where an episode's trouble begins: its first breach, or its change to ALARM where that is older. */
export function beginningOf({ burst, alarmAt, since }: Episode): Epoch {
  return since ?? Math.min(burst.start, alarmAt);
}

function toEpisode(
  alarm: AlarmFact,
  judged: JudgedMetric | null,
  stay: Stay,
  notBefore: number,
  window: Span,
  id: number,
): Episode {
  const burst = burstOf(alarm, judged, stay, notBefore, window.end);
  const over = judged ? breachesIn(alarm, judged.values, [burst]) : null;
  const values = over?.map(({ value }) => value) ?? [];
  const samples = judged?.samples ?? judged?.traffic?.perStep;
  return {
    id,
    ...stay,
    burst,
    breaching: over?.length ?? null,
    worst: badSide(alarm) === "below" ? lowest(values) : highest(values),
    requests: judged?.traffic && over ? sumAt(judged.traffic.perStep, coveredBy(over, judged)) : null,
    fewestRequests: judged?.traffic && samples && over ? lowest(over.map(({ at }) => valueAt(samples, at) ?? 0)) : null,
  };
}

/** The episode whose bad stretch lasted longest; of several the worst. Undefined of none. */
export function longestEpisode(episodes: readonly Episode[]): Episode | undefined {
  const lasts = ({ burst }: Episode) => burst.end - burst.start;
  return [...episodes].sort((a, b) => lasts(b) - lasts(a) || (b.worst ?? 0) - (a.worst ?? 0))[0];
}
