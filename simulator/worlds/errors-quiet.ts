import type { Random } from "../random.ts";
import type { Judgement } from "../truth.ts";
import { errorAlarm, plainRollouts, serving, spreadOut } from "./errors.ts";
import { told, type WorldDraft } from "./kinds.ts";

const TARGET = "HTTPCode_Target_5XX_Count";

/** A stray error in thousands of requests, and an alarm that one is enough for. */
export function strayErrors(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "alarm-too-sensitive",
    accept: [],
    never: [
      "deploy-regression",
      "slow-dependency",
      "abrupt-deregistration",
      "restarting-pods",
      "bad-target",
      "shared-load-balancer",
    ],
    why: "One or two errors in thousands of requests, at any time and on any service: no more than is usual.",
  };
  const plain = serving("stray-errors", seed, random);
  const rate = plain.others.reduce((all, other) => all + other.rate, plain.focus.traffic.base);
  const targetErrors = random.between(3, 9) / (rate * plain.window);
  const strict = random.chance(0.5);
  const quiet = Math.round(plain.window * random.between(0.2, 0.5));
  const levels = [{ at: quiet, seconds: random.integer(3600, 7200), factor: random.between(0.2, 0.5) }];
  return {
    judgement,
    scenario: told(
      plain,
      judgement,
      "A stray 5xx now and then; the alarm is on the first of them.",
      { traffic: { ...plain.focus.traffic, levels } },
      {
        loadBalancer: { ...plain.loadBalancer, targetErrors },
        alarm: {
          ...errorAlarm(plain, random, TARGET, { expected: 1 }),
          on: "load balancer",
          threshold: strict ? 0 : 1,
          comparison: strict ? "GreaterThanThreshold" : "GreaterThanOrEqualToThreshold",
        },
      },
    ),
    troubles: [],
    least: 2,
    anywhere: true,
    thresholdSet: true,
    free: true,
    holds: (world) => Math.max(...world.alarmMetric.map((value) => value ?? 0)) <= 2,
  };
}

/** Rollouts that lose nothing, errors far below the threshold: the alarm has been quiet all along. */
export function errorsHealthy(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: null,
    // An alarm that loses its data and gets it back is a finding of its own.
    accept: ["alarm-on-nothing"],
    never: [
      "deploy-regression",
      "target-errors",
      "abrupt-deregistration",
      "alarm-too-sensitive",
      "idle-timeout-mismatch",
    ],
    why: "Nothing is wrong: hardly an error, and the alarm never rang.",
  };
  const plain = serving("errors-healthy", seed, random, { startSeconds: random.between(12, 25) });
  const metric = random.pick([TARGET, "HTTPCode_ELB_5XX_Count", "HTTPCode_ELB_502_Count"]);
  const starts = spreadOut(random, plain.window, random.integer(0, 3));
  const made = told(plain, judgement, "Nothing is wrong: hardly an error, and the alarm never rang.", {
    rollouts: plainRollouts(plain.focus.version, starts),
  });
  return {
    judgement,
    scenario: { ...made, alarm: { ...errorAlarm(made, random, metric, { expected: 100, usual: 1.5 }), threshold: 10 } },
    troubles: [],
    least: 0,
    anywhere: true,
    thresholdSet: true,
    free: true,
    holds: (world) => world.changes.every(({ to }) => to !== "ALARM"),
  };
}
