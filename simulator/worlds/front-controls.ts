import { drawTroubles } from "../families/parts.ts";
import { quantile } from "../families/settle.ts";
import { figuresOf } from "../figures.ts";
import type { BalancerType } from "../front.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { Judgement } from "../truth.ts";
import { buildWorld } from "../world.ts";
import { perMinute, rolledOutOnce, serving } from "./errors.ts";
import { behind, onInstances, perhapsBlind, seeing, watching } from "./fronts.ts";
import { told, type WorldDraft } from "./kinds.ts";
import { stays, without } from "./without.ts";

const NEVER: Judgement["never"] = [
  "deploy-regression",
  "target-errors",
  "connection-saturation",
  "idle-timeout-mismatch",
  "abrupt-deregistration",
  "blocked-by-network",
  "restarting-pods",
  "tls-failure",
];

/** Metrics that have a usual range on each type, with the statistic that people take. */
const USUAL: { readonly [type in BalancerType]: readonly (readonly [metric: string, statistic: string])[] } = {
  application: [
    ["ActiveConnectionCount", "Sum"],
    ["NewConnectionCount", "Sum"],
    ["HTTPCode_Target_4XX_Count", "Sum"],
    ["ConsumedLCUs", "Maximum"],
  ],
  network: [
    ["TCP_Client_Reset_Count", "Sum"],
    ["TCP_Target_Reset_Count", "Sum"],
    ["NewFlowCount", "Sum"],
    ["ActiveFlowCount", "Maximum"],
  ],
  classic: [
    ["HTTPCode_Backend_4XX", "Sum"],
    ["Latency", "p99"],
    ["Latency", "Maximum"],
  ],
  gateway: [
    ["NewFlowCount", "Sum"],
    ["ActiveFlowCount", "Average"],
  ],
};

function healthyOn(name: string, type: BalancerType, seed: number, random: Random): Scenario {
  if (type === "application") return serving(name, seed, random);
  const front = type === "classic" ? {} : { standing: random.integer(type === "gateway" ? 200 : 0, 400) };
  const plain = behind(name, seed, random, type, front);
  return type === "gateway" || (type === "classic" && random.chance(0.5)) ? onInstances(plain, random) : plain;
}

function sourcesOf({ loadBalancer, seen }: Scenario): readonly string[] {
  const api = loadBalancer.type === "classic" ? "elb" : "elbv2";
  return seen?.instances ? [api] : [api, "kubernetes", "prometheus"];
}

function tooSensitive(name: string, type: BalancerType, seed: number, random: Random): WorldDraft {
  const plain = healthyOn(name, type, seed, random);
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: "alarm-too-sensitive",
      accept: [],
      never: NEVER,
      why: "The metric is as it always was, and the threshold lies within its usual range.",
    },
    { sources: sourcesOf(plain) },
  );
  const [metric, statistic] = random.pick(USUAL[type]);
  const drawn = told(
    plain,
    judgement,
    `${metric} moves as it always does, and the threshold lies within that.`,
    { rollouts: plain.seen?.instances ? [] : rolledOutOnce(plain, random), startSeconds: random.between(12, 25) },
    seeing(plain, missing),
  );
  const made = {
    ...drawn,
    alarm: { ...watching(drawn, random, { metric, expected: 1, statistic }), earlier: [], evaluationPeriods: 1 },
  };
  const values = buildWorld(made).alarmMetric.filter((value) => value !== null);
  const threshold = Number(quantile(values, random.between(0.94, 0.98)).toPrecision(3));
  return {
    judgement,
    scenario: { ...made, alarm: { ...made.alarm, datapointsToAlarm: 1, threshold } },
    troubles: [],
    least: 3,
    anywhere: true,
    thresholdSet: true,
    free: true,
    holds: (world) => figuresOf(world).episodes.length <= 30 && world.scenario.alarm.threshold > 0,
  };
}

export function sensitiveOnApplication(seed: number, random: Random): WorldDraft {
  return tooSensitive("sensitive-on-application", "application", seed, random);
}

export function sensitiveOnNetwork(seed: number, random: Random): WorldDraft {
  return tooSensitive("sensitive-on-network", "network", seed, random);
}

export function sensitiveOnClassic(seed: number, random: Random): WorldDraft {
  return tooSensitive("sensitive-on-classic", "classic", seed, random);
}

export function sensitiveOnGateway(seed: number, random: Random): WorldDraft {
  return tooSensitive("sensitive-on-gateway", "gateway", seed, random);
}

/** Nothing is wrong, whatever the type, and the alarm has been quiet all along. */
export function quietOnFronts(seed: number, random: Random): WorldDraft {
  const type = random.pick(["application", "network", "network", "classic", "gateway"] as const);
  const why = "Nothing is wrong: the metric stays far from the threshold, and the alarm never rang.";
  const plain = healthyOn("quiet-on-fronts", type, seed, random);
  const { judgement, missing } = perhapsBlind(
    random,
    { truth: null, accept: [], never: [...NEVER, "alarm-too-sensitive", "alarm-on-nothing"], why },
    { sources: sourcesOf(plain) },
  );
  const [metric, statistic] = random.pick(USUAL[type]);
  const drawn = told(plain, judgement, why, {}, seeing(plain, missing));
  const made = { ...drawn, alarm: { ...watching(drawn, random, { metric, expected: 1, statistic }), earlier: [] } };
  const values = buildWorld(made).alarmMetric.filter((value) => value !== null);
  return {
    judgement,
    scenario: {
      ...made,
      alarm: { ...made.alarm, threshold: Math.ceil(Math.max(1, ...values) * random.between(2, 4)) },
    },
    troubles: [],
    least: 0,
    anywhere: true,
    thresholdSet: true,
    free: true,
    // An alarm that loses its data and gets it back is not quiet: that is a finding of its own.
    holds: (world) => values.length > 0 && world.changes.length === 0,
  };
}

/** Instances, or pods, behind a Classic Load Balancer answer 5xx for minutes. */
export function errorsOnClassic(seed: number, random: Random): WorldDraft {
  const inCluster = random.chance(0.5);
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: "target-errors",
      accept: ["slow-dependency"],
      never: [
        "deploy-regression",
        "no-healthy-targets",
        "connection-saturation",
        "blocked-by-network",
        "alarm-too-sensitive",
      ],
      why: "The instances themselves answer 5xx for minutes; they stay in service, and nothing queues.",
    },
    { sources: inCluster ? ["elb", "kubernetes", "prometheus"] : ["elb"] },
  );
  const drawn = behind("errors-on-classic", seed, random, "classic", {}, { startSeconds: random.between(12, 25) });
  const plain = inCluster ? drawn : onInstances(drawn, random);
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 6, shortest: 240, longest: 700 });
  const share = random.between(0.1, 0.9);
  const made = told(
    plain,
    judgement,
    `For minutes at a time ${Math.round(100 * share)} % of the requests are answered 5xx.`,
    {},
    seeing(plain, missing),
  );
  const alarm = watching(made, random, {
    metric: "HTTPCode_Backend_5XX",
    expected: perMinute(plain) * share,
    words: ["backend-5xx", "5xx"],
  });
  return {
    judgement,
    scenario: { ...made, alarm, faults: { errors: troubles.map((one) => ({ ...one, share })) } },
    troubles,
    least: 2,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(without(world, {}, { faults: {} })) === 0,
  };
}
