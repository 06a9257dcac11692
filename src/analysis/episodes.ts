import type { AlarmFact, Episode, EpisodesFact, LatencyFact, Transition } from "../model/facts.ts";
import type { Epoch, Span } from "../model/time.ts";
import { breachesIn, burstOf, type Stay, staysFromHistory, staysFromMetric } from "./alarm.ts";
import { highest, lowest, sum, valueAt, within } from "./series.ts";

/**
 * The stays in ALARM that fall into the window, each with the breaching datapoints behind it, and how the alarm flaps.
 * From the alarm's history where it could be read (since `historyFrom`), else rebuilt from its metric.
 */
export function episodesOf(
  alarm: AlarmFact,
  window: Span,
  history: { readonly transitions: readonly Transition[]; readonly from: Epoch } | null,
  metric: LatencyFact | null,
): EpisodesFact {
  const judged = metric?.judged ?? null;
  const stays = history
    ? staysFromHistory(history.transitions, window, { state: alarm.state })
    : staysFromMetric(alarm, judged ?? { start: window.start, step: alarm.period, values: [] });
  const episodes = stays.map((stay, index) => ({
    ...toEpisode(alarm, metric, stay, stays[index - 1]?.okAt ?? window.start, window, index + 1),
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
  metric: LatencyFact | null,
  stay: Stay,
  notBefore: number,
  window: Span,
  id: number,
): Episode {
  const burst = burstOf(alarm, metric?.judged ?? null, stay, notBefore, window.end);
  const over = metric ? breachesIn(alarm, metric.judged, [burst]) : null;
  const requests = over?.map(({ at }) => (metric ? valueAt(metric.requests, at) : null) ?? 0) ?? null;
  return {
    id,
    ...stay,
    burst,
    breaching: over?.length ?? null,
    worst: over ? highest(over.map(({ value }) => value)) : null,
    requests: requests ? sum(requests) : null,
    fewestRequests: requests ? lowest(requests) : null,
  };
}
