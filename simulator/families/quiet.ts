import { figuresOf, windowMinutes } from "../figures.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import { serverOf } from "../servers.ts";
import { buildWorld, rejudge, statistic, type World } from "../world.ts";
import { healthyScenario } from "./base.ts";
import type { Draft } from "./draft.ts";
import { drawInterpreted, drawTroubles, rounded } from "./parts.ts";
import { quantile } from "./settle.ts";

/** Watched requests of each minute of the window. */
function counts(world: World): number[] {
  const watched = world.scenario.alarm.on === "target group" ? world.groups.slice(0, 1) : world.groups;
  return windowMinutes(world).map((minute) => statistic(watched, null, minute, minute + 1, "SampleCount") ?? 0);
}

/** A nearly idle load balancer, where one slow call moves the average; busy hours with the same slow calls do not alarm. */
export function lowTraffic(seed: number, random: Random): Draft {
  const bare = healthyScenario("low-traffic-artifact", seed, random);
  const busy = {
    at: random.integer(1, 3) * 3600,
    seconds: random.integer(75, 150) * 60,
    factor: random.between(40, 90),
  };
  const slowSeconds = random.between(4, 18);
  const slowShare = Math.min(0.09, random.between(0.12, 0.3) / slowSeconds);
  const busyAverage = 0.1 + slowShare * slowSeconds;
  const scenario: Scenario = {
    ...bare,
    description:
      "A handful of requests a minute, and now and then a slow one among them; in busy hours nobody notices it.",
    cause: "low-traffic-artifact",
    alarm: {
      ...bare.alarm,
      statistic: "Average",
      threshold: rounded(busyAverage * random.between(2.2, 3.5), 0.1),
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      treatMissingData: random.pick(["notBreaching", "missing"]),
    },
    others: bare.others
      .slice(0, random.integer(1, 3))
      .map((other) => ({ ...other, rate: random.between(0.005, 0.025), levels: [busy] })),
    focus: {
      ...bare.focus,
      cpuRequest: 0.25,
      cpuLimit: random.chance(0.5) ? 1 : null,
      server: random.chance(0.5)
        ? { flavour: "go", processes: 1, threads: 1 }
        : { flavour: "gunicorn-args", processes: 2, threads: 1 },
      work: { cpu: 0.02, cv: 0.5, cpuMax: 0.5, wait: random.between(0.03, 0.1), waitCv: 0.6, slowShare, slowSeconds },
      traffic: { base: random.between(0.02, 0.07), wobble: 0.1, bursts: [], levels: [busy] },
    },
  };
  return {
    scenario,
    troubles: [],
    least: 3,
    anywhere: true,
    thresholdSet: true,
    holds: (world) => {
      const { episodes } = figuresOf(world);
      const most = Math.max(
        ...episodes.map((one) => Math.max(...one.minutes.map((minute) => countsAt(world, minute)))),
      );
      return episodes.length <= 20 && most <= 16 && quantile(counts(world), 0.9) > 60;
    },
  };
}

function countsAt(world: World, minute: number): number {
  const watched = world.scenario.alarm.on === "target group" ? world.groups.slice(0, 1) : world.groups;
  return statistic(watched, null, minute, minute + 1, "SampleCount") ?? 0;
}

/** Services whose latency varies by nature, all alike, and a threshold in the midst of it. */
export function tooSensitive(seed: number, random: Random): Draft {
  const bare = healthyScenario("alarm-too-sensitive", seed, random);
  const latency = random.between(0.15, 0.7);
  const cv = random.between(0.9, 1.6);
  const others = bare.others.slice(0, 5).map((other) => ({
    ...other,
    latency: latency * random.between(0.85, 1.15),
    cv,
    rate: random.between(0.4, 1.2),
    cpu: 0.01,
  }));
  const cpu = random.between(0.005, 0.03);
  const made: Scenario = {
    ...bare,
    description: "The threshold lies within the usual range of a stationary metric; no service stands out.",
    cause: "alarm-too-sensitive",
    alarm: { ...bare.alarm, on: "load balancer", evaluationPeriods: random.integer(1, 2), datapointsToAlarm: 1 },
    others,
    focus: {
      ...bare.focus,
      cpuRequest: 0.25,
      cpuLimit: random.chance(0.5) ? 1 : null,
      server: random.pick([
        { flavour: "go", processes: 1, threads: 1 },
        { flavour: "java", processes: 1, threads: 100 },
        { flavour: "gunicorn-args", processes: 2, threads: 1 },
      ] as const),
      work: { cpu, cv: 0.6, cpuMax: 0.5, wait: latency, waitCv: cv, slowShare: 0, slowSeconds: 0 },
      traffic: { base: random.between(0.5, 1.2), wobble: 0.08, bursts: [], levels: [] },
    },
  };
  // Somebody looked at the metric once, and set the threshold a little above what he saw.
  const values = buildWorld(made).alarmMetric.filter((value) => value !== null);
  const threshold = Math.round(quantile(values, random.between(0.95, 0.985)) * 100) / 100;
  const scenario = { ...made, alarm: { ...made.alarm, threshold } };
  return {
    scenario,
    troubles: [],
    least: 3,
    anywhere: true,
    thresholdSet: true,
    holds: (world) => {
      const worst = Math.max(...world.alarmMetric.filter((value) => value !== null));
      return figuresOf(world).episodes.length <= 16 && worst < 1.6 * threshold && Math.min(...counts(world)) >= 60;
    },
  };
}

/** Load that the service can take, and a threshold that it never reaches. */
export function healthy(seed: number, random: Random): Draft {
  const bare = healthyScenario("healthy", seed, random);
  const spec = drawInterpreted(random, 3);
  const { cores } = serverOf(spec, 8000);
  const replicas = random.integer(2, 8);
  const all = replicas * cores * bare.focus.efficiency;
  const cpu = Math.max(all / 20, random.between(0.03, 0.4));
  const troubles = drawTroubles(random, bare.window, { least: 0, most: 6, shortest: 120, longest: 480 });
  const capacity = all / cpu;
  const made: Scenario = {
    ...bare,
    description: "Nothing is wrong: the service takes its load, and the alarm has been quiet all along.",
    focus: {
      ...bare.focus,
      replicas,
      server: spec,
      cpuRequest: rounded(cores * random.between(0.5, 1)),
      cpuLimit: random.chance(0.3) ? null : rounded(cores * random.between(1.25, 2), 0.25),
      work: {
        cpu,
        cv: 0.6,
        cpuMax: 6 * cpu,
        wait: random.between(0.01, 0.1),
        waitCv: 0.5,
        slowShare: 0,
        slowSeconds: 0,
      },
      traffic: {
        base: capacity * random.between(0.05, 0.25),
        wobble: 0.1,
        bursts: troubles.map((one) => ({ ...one, rate: capacity * random.between(0.1, 0.3) })),
        levels: [],
      },
    },
  };
  const world = buildWorld(made);
  const worst = Math.max(...world.alarmMetric.filter((value) => value !== null));
  const scenario = {
    ...made,
    alarm: { ...made.alarm, threshold: Math.ceil(worst * random.between(1.3, 3) * 10) / 10 },
  };
  return {
    scenario,
    troubles: [],
    least: 0,
    thresholdSet: true,
    anywhere: true,
    holds: () => rejudge(world, scenario).changes.every((change) => change.to !== "ALARM"),
  };
}
