import type { Random } from "../random.ts";
import type { AlarmSpec, Scenario, TrailRecord } from "../scenario.ts";
import type { Judgement } from "../truth.ts";
import { arnsOf } from "../world.ts";
import { errorAlarm, serving } from "./errors.ts";
import { behind, perhapsBlind, seeing } from "./fronts.ts";
import { told, type WorldDraft } from "./kinds.ts";
import { groupDeleted } from "./trails.ts";

const NEVER: Judgement["never"] = [
  "target-errors",
  "deploy-regression",
  "no-healthy-targets",
  "blocked-by-network",
  "slow-dependency",
  "shared-load-balancer",
];

type Treatment = Pick<AlarmSpec, "treatMissingData" | "initially">;

/** What becomes of an alarm that gets no data: it has been so for days. */
function unfed(random: Random): Treatment {
  return random.pick<Treatment>([
    { treatMissingData: "missing", initially: "INSUFFICIENT_DATA" },
    { treatMissingData: "missing", initially: "INSUFFICIENT_DATA" },
    { treatMissingData: "breaching", initially: "ALARM" },
    { treatMissingData: "notBreaching", initially: "OK" },
  ]);
}

interface Wrong {
  readonly name: string;
  readonly why: string;
  readonly description: string;
  readonly dimensions: (plain: Scenario) => { readonly [name: string]: string };
  readonly metrics: readonly string[];
  /** What CloudTrail records of it; `ago`: seconds before now. */
  readonly trail?: (scenario: Scenario, ago: number) => readonly TrailRecord[];
}

/** A healthy load balancer and an alarm that sees nothing of it. */
function unseen(seed: number, random: Random, wrong: Wrong): WorldDraft {
  const { judgement, missing } = perhapsBlind(
    random,
    { truth: "alarm-on-nothing", accept: [], never: NEVER, why: wrong.why },
    { sources: ["elbv2", "kubernetes", "prometheus"] },
  );
  const plain = random.chance(0.7)
    ? serving(wrong.name, seed, random)
    : behind(wrong.name, seed, random, "network", { standing: random.integer(20, 300) });
  const made = told(plain, judgement, wrong.description, {}, seeing(plain, missing));
  const metric = random.pick(
    plain.loadBalancer.type === "network" ? (["UnHealthyHostCount", "TCP_Target_Reset_Count"] as const) : wrong.metrics,
  );
  const hosts = metric.endsWith("HostCount");
  const { since } = made.alarm;
  return {
    judgement,
    scenario: {
      ...made,
      alarm: {
        ...errorAlarm(made, random, metric, { expected: 100 }),
        dimensions: wrong.dimensions(made),
        statistic: metric === "TargetResponseTime" ? "Average" : hosts ? "Maximum" : "Sum",
        threshold: hosts ? 0 : random.pick([1, 5, 10]),
        ...unfed(random),
        earlier: [],
      },
      ...(wrong.trail ? { trail: wrong.trail(made, since) } : {}),
    },
    troubles: [],
    least: 0,
    anywhere: true,
    thresholdSet: true,
    free: true,
    holds: (world) => world.alarmMetric.every((value) => value === null) && world.changes.length === 0,
  };
}

const METRICS = ["HTTPCode_Target_5XX_Count", "UnHealthyHostCount", "TargetResponseTime"] as const;

/** The target group was made anew, under another name, and the alarm still watches the old one. */
export function alarmOnGoneGroup(seed: number, random: Random): WorldDraft {
  const old = random.hex(10);
  const id = random.hex(16);
  const gone = ({ focus }: Scenario) => `targetgroup/${focus.targetGroup.slice(0, -10)}${old}/${id}`;
  return unseen(seed, random, {
    name: "alarm-on-gone-group",
    why: "The alarm's target group does not exist any more; another one serves the same Service.",
    description: "The alarm watches a target group that was replaced.",
    metrics: METRICS,
    dimensions: (plain) => ({ TargetGroup: gone(plain), LoadBalancer: arnsOf(plain).loadBalancerDimension }),
    trail: (plain, ago) => groupDeleted(plain, gone(plain), ago),
  });
}

/** Somebody typed the ARN where CloudWatch has its last part. */
export function alarmWithArn(seed: number, random: Random): WorldDraft {
  const group = random.chance(0.5);
  return unseen(seed, random, {
    name: "alarm-with-arn",
    why: "The alarm's dimensions hold ARNs, under which nothing is published.",
    description: "The alarm's dimensions are whole ARNs.",
    metrics: group ? METRICS : ["HTTPCode_ELB_5XX_Count", "TargetResponseTime"],
    dimensions: (plain) => {
      const { loadBalancer, targetGroups } = arnsOf(plain);
      return { ...(group ? { TargetGroup: targetGroups[0] ?? "" } : {}), LoadBalancer: loadBalancer };
    },
  });
}

/** The zone was taken from the load balancer. */
export function alarmOnGoneZone(seed: number, random: Random): WorldDraft {
  const group = random.chance(0.5);
  return unseen(seed, random, {
    name: "alarm-on-gone-zone",
    why: "The alarm watches a zone in which the load balancer has no node.",
    description: "The alarm watches a zone that the load balancer has left.",
    metrics: METRICS,
    dimensions: (plain) => {
      const { loadBalancerDimension, targetGroupDimensions } = arnsOf(plain);
      return {
        AvailabilityZone: `${plain.place.region}${random.pick(["d", "e", "f"])}`,
        ...(group ? { TargetGroup: targetGroupDimensions[0] ?? "" } : {}),
        LoadBalancer: loadBalancerDimension,
      };
    },
  });
}

/** A metric that is published only where there is something to count, and missing data that counts as missing. */
export function alarmWithoutData(seed: number, random: Random): WorldDraft {
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: "alarm-on-nothing",
      accept: ["alarm-too-sensitive", "low-traffic-artifact"],
      never: NEVER,
      why: "The alarm goes from OK to INSUFFICIENT_DATA and back with each odd error, and never comes near its threshold.",
    },
    { sources: ["elbv2", "kubernetes", "prometheus"] },
  );
  const plain = serving("alarm-without-data", seed, random);
  const made = told(
    plain,
    judgement,
    "A count that is missing where it is 0 swings between OK and INSUFFICIENT_DATA.",
    {},
    { loadBalancer: { ...plain.loadBalancer, malformed: random.between(0.02, 0.12) }, ...seeing(plain, missing) },
  );
  return {
    judgement,
    scenario: {
      ...made,
      alarm: {
        ...errorAlarm(made, random, "HTTPCode_ELB_4XX_Count", { expected: 100 }),
        name: `${plain.place.cluster}-${plain.loadBalancer.group}-elb-4xx`,
        threshold: random.pick([10, 20, 50]),
        evaluationPeriods: random.pick([1, 2, 3]),
        datapointsToAlarm: 1,
        treatMissingData: "missing",
        initially: "INSUFFICIENT_DATA",
        earlier: [],
      },
    },
    troubles: [],
    least: 0,
    anywhere: true,
    thresholdSet: true,
    free: true,
    holds: (world) =>
      world.changes.filter(({ to }) => to === "INSUFFICIENT_DATA").length >= 3 &&
      world.changes.every(({ to }) => to !== "ALARM"),
  };
}
