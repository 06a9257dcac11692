import { LEAD, TICK } from "../clock.ts";
import { drawTroubles, withHistory } from "../families/parts.ts";
import type { Trouble } from "../families/settle.ts";
import { fleetUse } from "../families/truths.ts";
import { mean } from "../figures.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { Judgement } from "../truth.ts";
import { buildWorld, type World } from "../world.ts";
import { GO, java, loop, steady, told, type WorldDraft } from "./kinds.ts";
import { stays } from "./without.ts";

/** Bad minutes in groups, and the stretches in which a window of the alarm holds one of them. */
interface Minutes {
  readonly bad: readonly Trouble[];
  readonly troubles: readonly Trouble[];
}

const PERIOD = 300;

/** With two periods needed, a second bad minute some windows later; else one alone, or two with a calm window between. */
function badMinutes(random: Random, window: number, needed: number): Minutes {
  const count = random.integer(4, 6);
  const room = (window - 2700) / count;
  const groups = Array.from({ length: count }, (_, index) => {
    const at = Math.round(1200 + index * room + random.between(0, room - 1500));
    const minute = (start: number) => ({ at: start, seconds: random.integer(50, 70) });
    if (needed === 2) return [minute(at), minute(at + random.integer(240, 420))];
    return random.chance(0.5) ? [minute(at)] : [minute(at), minute(at + random.integer(400, 520))];
  });
  return {
    bad: groups.flat(),
    troubles: groups.map((group) => {
      const at = group[0]?.at ?? 0;
      const last = group.at(-1) ?? { at, seconds: 60 };
      return { at, seconds: last.at + last.seconds - at + needed * PERIOD };
    }),
  };
}

/** The alarm on five-minute averages, its threshold between windows with a bad minute and those without. */
function watched(scenario: Scenario, { bad, troubles }: Minutes, needed: number, random: Random): Scenario {
  const alarm = {
    ...scenario.alarm,
    statistic: "Average",
    period: PERIOD,
    evaluationPeriods: needed,
    datapointsToAlarm: needed,
  };
  const world = buildWorld({ ...scenario, alarm });
  const value = (minute: number) => world.alarmMetric[minute] ?? 0;
  const calm = world.alarmMetric.flatMap((one, minute) => {
    const at = minute * 60 - LEAD;
    return one !== null && !troubles.some((two) => at > two.at - 120 && at < two.at + two.seconds + 420) ? [one] : [];
  });
  const peaks = bad.map(({ at }) => Math.min(...[2, 3, 4].map((later) => value(Math.floor((at + LEAD) / 60) + later))));
  const low = 1.2 * Math.max(...calm);
  const high = 0.9 * Math.min(...peaks);
  const threshold = Math.round((low + (high - low) * random.between(0.2, 0.8)) * 100) / 100;
  return { ...scenario, alarm: { ...alarm, threshold: high > low ? threshold : Number.MAX_VALUE } };
}

/** Mean cores of all pods together within a bad minute, its first and last seconds left out. */
function coresWithin({ truth }: World, { at, seconds }: Trouble): number {
  const [from, to] = [Math.ceil((LEAD + at + 10) / TICK), Math.floor((LEAD + at + seconds - 5) / TICK)];
  const used = truth.pods.map(({ cpu, firstTick }) => (cpu[to - firstTick] ?? 0) - (cpu[from - firstTick] ?? 0));
  return used.reduce((all, one) => all + one, 0) / ((to - from) * TICK);
}

/** One minute above the workers' ceiling at a time, counted in five windows of an alarm on five minutes. */
export function slidingWindows(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: [],
    never: ["slow-dependency", "deploy-regression", "uneven-pod-load", "shared-load-balancer", "cpu-throttling"],
    factors: { present: ["sliding-window"], absent: ["retry-storm"] },
    why: "In the bad minutes all workers are full; the alarm lasts minutes longer, as long as its windows hold them.",
  };
  const replicas = random.integer(2, 6);
  const server = loop(random, 2);
  const efficiency = random.between(0.88, 0.96);
  const all = replicas * server.processes * efficiency;
  const cpu = Math.max(all / 16, random.between(0.1, 0.3));
  const base = (all / cpu) * random.between(0.1, 0.2);
  const plain = steady("sliding-windows", seed, random, { server, rate: base, cpu, wait: 0.02, replicas });
  const needed = random.pick([1, 2]);
  const minutes = badMinutes(random, plain.window, needed);
  const count = Math.round((all / cpu) * random.between(4, 8));
  const bursts = minutes.bad.map((one) => ({ ...one, rate: 0, callers: { count, think: random.between(0.3, 1) } }));
  const made = told(plain, judgement, "Bursts of a minute, and an alarm on averages of five minutes that slide.", {
    efficiency,
    traffic: { ...plain.focus.traffic, bursts },
  });
  return {
    judgement,
    scenario: withHistory(watched(made, minutes, needed, random), random),
    troubles: minutes.troubles,
    least: 3,
    thresholdSet: true,
    free: true,
    holds: (world) => mean(minutes.bad.map((one) => coresWithin(world, one))) > 0.85 * all,
  };
}

/** The same with a dependency that stalls for a minute. */
export function slidingWindowsWaiting(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "slow-dependency",
    accept: [],
    never: ["worker-concurrency-ceiling", "deploy-regression", "uneven-pod-load", "insufficient-capacity"],
    factors: { present: ["sliding-window"], absent: ["retry-storm"] },
    why: "In the bad minutes every request waits, and CPU does not rise; the alarm lasts as long as its windows hold them.",
  };
  const wait = random.between(0.06, 0.2);
  const plain = steady("sliding-windows-waiting", seed, random, {
    server: random.pick([GO, java(300)]),
    rate: random.between(3, 8),
    cpu: random.between(0.01, 0.03),
    wait,
  });
  const needed = random.pick([1, 2]);
  const minutes = badMinutes(random, plain.window, needed);
  const factor = random.between(4, 10) / wait;
  const made = told(plain, judgement, "A dependency stalls for a minute; the alarm averages five minutes that slide.", {
    slowDependency: minutes.bad.map((one) => ({ ...one, factor: factor * random.between(0.8, 1.25) })),
  });
  return {
    judgement,
    scenario: withHistory(watched(made, minutes, needed, random), random),
    troubles: minutes.troubles,
    least: 3,
    thresholdSet: true,
    holds: () => true,
  };
}

/** The same alarm on troubles that last longer than all of its windows: sliding adds nothing to them. */
export function longTroubles(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: [],
    never: ["slow-dependency", "deploy-regression", "uneven-pod-load", "shared-load-balancer", "cpu-throttling"],
    factors: { present: [], absent: ["sliding-window", "retry-storm"] },
    why: "The workers are full for as long as the alarm lasts, but for the minutes that it takes to begin and end.",
  };
  const replicas = random.integer(2, 5);
  const server = loop(random, 2);
  const efficiency = random.between(0.88, 0.96);
  const all = replicas * server.processes * efficiency;
  const cpu = Math.max(all / 14, random.between(0.1, 0.3));
  const base = (all / cpu) * random.between(0.1, 0.2);
  const plain = steady("long-troubles", seed, random, { server, rate: base, cpu, wait: 0.02, replicas });
  const troubles = drawTroubles(random, plain.window, { least: 2, most: 4, shortest: 1500, longest: 2100 });
  const count = replicas * server.processes + Math.round((all / cpu) * random.between(3, 6));
  const bursts = troubles.map((one) => ({ ...one, rate: 0, callers: { count, think: random.between(0.3, 1) } }));
  const needed = random.pick([1, 2]);
  const made = told(
    plain,
    judgement,
    "Half an hour above the workers' ceiling at a time; the alarm averages five minutes.",
    {
      efficiency,
      traffic: { ...plain.focus.traffic, bursts },
    },
  );
  return {
    judgement,
    scenario: withHistory(watched(made, { bad: troubles.map(middle), troubles }, needed, random), random),
    troubles,
    least: 2,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(world) === troubles.length && fleetUse(world, troubles) > 0.8 * all,
  };
}

/** A minute amid a trouble, whose windows lie within it. */
function middle({ at, seconds }: Trouble): Trouble {
  return { at: at + seconds / 2, seconds: 60 };
}
