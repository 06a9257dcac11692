import { breaches } from "./alarm.ts";
import { LEAD, TICK } from "./clock.ts";
import { statistic, type World } from "./world.ts";

/** One stay in ALARM, with what the focus service did in it; for printing, tuning and tests. */
export interface EpisodeFigures {
  /** Epoch seconds. */
  readonly alarmAt: number;
  readonly okAt: number | null;
  /** Minutes (since the simulation's start) with which a breaching period ends, around the stay. */
  readonly minutes: readonly number[];
  /** Highest of the alarm's statistic, and requests of the watched groups in the poorest breaching minute. */
  readonly worst: number;
  readonly fewest: number;
  /** Highest one-minute average of the focus service, and its slowest request. */
  readonly focusWorst: number;
  readonly focusMaximum: number;
  /** Mean cores of each pod in the breaching minutes. */
  readonly cores: readonly { readonly pod: string; readonly cores: number }[];
  readonly throttled: number;
}

export interface Figures {
  readonly episodes: readonly EpisodeFigures[];
  readonly cycles: number;
  readonly longest: number;
  readonly focusWorst: number;
  readonly focusMaximum: number;
}

export function figuresOf(world: World): Figures {
  const episodes = stays(world).map((stay) => episodeFigures(world, stay));
  return {
    episodes,
    cycles: world.changes.filter(
      (change) => change.to === "ALARM" && change.from === "OK" && inWindow(world, change.at),
    ).length,
    longest: Math.max(0, ...episodes.map((one) => (one.okAt ?? world.scenario.now) - one.alarmAt)),
    focusWorst: Math.max(0, ...episodes.map((one) => one.focusWorst)),
    focusMaximum: Math.max(0, ...episodes.map((one) => one.focusMaximum)),
  };
}

function inWindow(world: World, at: number): boolean {
  return at >= world.scenario.now - world.scenario.window;
}

function stays(world: World): { from: number; to: number | null }[] {
  const found: { from: number; to: number | null }[] = [];
  let from = world.scenario.alarm.initially === "ALARM" ? world.scenario.now - world.scenario.window : null;
  for (const change of world.changes) {
    if (change.to === "ALARM") from = change.at;
    else if (from !== null) {
      found.push({ from, to: change.at });
      from = null;
    }
  }
  if (from !== null) found.push({ from, to: null });
  return found.filter((stay) => inWindow(world, stay.to ?? world.scenario.now));
}

function episodeFigures(world: World, stay: { from: number; to: number | null }): EpisodeFigures {
  const { alarm } = world.scenario;
  const watched = alarm.on === "target group" ? world.groups.slice(0, 1) : world.groups;
  const first = stay.from - alarm.period * (alarm.evaluationPeriods + 1) - 60;
  const last = (stay.to ?? world.scenario.now) - 60;
  const step = alarm.period / 60;
  const ends = world.alarmMetric.flatMap((value, minute) => {
    const at = world.start + minute * 60;
    return value !== null && breaches(alarm, value) && at >= first && at <= last ? [minute] : [];
  });
  // Periods that overlap hold the same minutes.
  const minutes = [...new Set(ends.flatMap((end) => Array.from({ length: step }, (_, minute) => end - minute)))];
  const focus = world.groups.slice(0, 1);
  const read = (name: string) =>
    Math.max(0, ...minutes.map((minute) => statistic(focus, null, minute, minute + 1, name) ?? 0));
  const counts = minutes.map((minute) => statistic(watched, null, minute, minute + 1, "SampleCount") ?? 0);
  return {
    alarmAt: stay.from,
    okAt: stay.to,
    minutes,
    worst: Math.max(0, ...ends.map((end) => world.alarmMetric[end] ?? 0)),
    fewest: counts.length > 0 ? Math.min(...counts) : 0,
    focusWorst: read("Average"),
    focusMaximum: read("Maximum"),
    cores: world.truth.pods.flatMap((pod, index) => {
      const values = minutes.flatMap((minute) => podCores(world, index, minute) ?? []);
      return values.length > 0 ? [{ pod: pod.name, cores: mean(values) }] : [];
    }),
    throttled: throttledShare(world, minutes),
  };
}

/** Cores of a pod in a minute; null where it did not live through it. */
export function podCores(world: World, index: number, minute: number): number | null {
  return perMinute(world, index, minute, "cpu", 60);
}

function perMinute(world: World, index: number, minute: number, line: "cpu" | "periods" | "throttled", over: number) {
  const pod = world.truth.pods[index];
  const from = (minute * 60) / TICK - (pod?.firstTick ?? 0);
  const before = pod?.[line][from];
  const after = pod?.[line][from + 60 / TICK];
  return from < 0 || before === undefined || after === undefined ? null : (after - before) / over;
}

/** Throttled periods over all active ones, all pods together. */
export function throttledShare(world: World, minutes: readonly number[]): number {
  let periods = 0;
  let throttled = 0;
  for (const minute of minutes)
    for (const index of world.truth.pods.keys()) {
      periods += perMinute(world, index, minute, "periods", 1) ?? 0;
      throttled += perMinute(world, index, minute, "throttled", 1) ?? 0;
    }
  return periods > 0 ? throttled / periods : 0;
}

export function mean(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0) / values.length;
}

/** Minutes of the window. */
export function windowMinutes(world: World): number[] {
  return Array.from({ length: world.minutes - LEAD / 60 }, (_, index) => LEAD / 60 + index);
}
