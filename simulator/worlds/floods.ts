import { drawTroubles } from "../families/parts.ts";
import type { Random } from "../random.ts";
import type { Judgement } from "../truth.ts";
import { perMinute, rolledOutOnce, serving } from "./errors.ts";
import { behind, besides, onInstances, perhapsBlind, seeing, watching } from "./fronts.ts";
import { GO, told, type WorldDraft } from "./kinds.ts";
import { stays, without } from "./without.ts";

const NEVER: Judgement["never"] = [
  "deploy-regression",
  "target-errors",
  "blocked-by-network",
  "no-healthy-targets",
  "idle-timeout-mismatch",
  "alarm-too-sensitive",
];

/** A flash of traffic that the load balancer has not grown for. */
export function flashOnApplication(seed: number, random: Random): WorldDraft {
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: "connection-saturation",
      accept: ["client-storm"],
      never: NEVER,
      why: "Connections multiply within a minute and the load balancer rejects many of them; the targets have room.",
    },
    { sources: ["elbv2", "kubernetes", "prometheus"] },
  );
  const plain = serving("flash-on-application", seed, random, { startSeconds: random.between(12, 25) });
  const troubles = drawTroubles(random, plain.window, { least: 1, most: 4, shortest: 180, longest: 480 });
  const rate = random.between(60, 300);
  const refused = rate * random.between(0.1, 0.8);
  const hold = random.between(15, 50);
  const bursts = troubles.map((one) => ({ ...one, rate: plain.focus.traffic.base * random.between(1, 3) }));
  const made = told(
    plain,
    judgement,
    `${rate.toFixed(0)} connections a second come at once, and ${refused.toFixed(0)} more are rejected.`,
    { rollouts: rolledOutOnce(plain, random), traffic: { ...plain.focus.traffic, bursts } },
    seeing(plain, missing),
  );
  const all = plain.others.reduce((sum, other) => sum + other.rate, plain.focus.traffic.base);
  const alarm = watching(
    made,
    random,
    random.pick([
      { metric: "RejectedConnectionCount", expected: 60 * refused },
      { metric: "RejectedConnectionCount", expected: 60 * refused },
      { metric: "NewConnectionCount", expected: 60 * (rate + 0.3 * all), usual: 18 * all, words: ["new-connections"] },
      { metric: "ActiveConnectionCount", expected: rate * hold + 36 * all, usual: 36 * all, words: ["connections"] },
    ]),
  );
  return {
    judgement,
    scenario: {
      ...made,
      alarm,
      faults: { ...besides(made, random), connections: troubles.map((one) => ({ ...one, rate, hold, refused })) },
    },
    troubles,
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(without(world, {}, { faults: {} })) === 0,
  };
}

/** So many connections to so few targets that no source port is left for more. */
export function flashOnNetwork(seed: number, random: Random): WorldDraft {
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: "connection-saturation",
      accept: ["client-storm"],
      never: NEVER,
      why: "New flows multiply, to more than 55,000 a minute and target, and source ports run out; the pods have room.",
    },
    { sources: ["elbv2", "kubernetes", "prometheus"] },
  );
  const replicas = random.integer(2, 4);
  const plain = behind("flash-on-network", seed, random, "network", {}, { targetType: "ip", replicas });
  const troubles = drawTroubles(random, plain.window, { least: 1, most: 4, shortest: 180, longest: 540 });
  const ports = (55_000 * replicas) / 60;
  const rate = ports * random.between(1.08, 1.7);
  const hold = random.between(20, 90);
  const made = told(
    plain,
    judgement,
    `${rate.toFixed(0)} connections a second to ${replicas} targets, for which there are ports for ${ports.toFixed(0)}.`,
    { rollouts: rolledOutOnce(plain, random), startSeconds: random.between(12, 25) },
    seeing(plain, missing),
  );
  const alarm = watching(
    made,
    random,
    random.pick([
      { metric: "PortAllocationErrorCount", expected: 60 * (rate - ports) },
      { metric: "PortAllocationErrorCount", expected: 60 * (rate - ports) },
      { metric: "NewFlowCount", expected: 60 * ports, usual: perMinute(plain) },
      { metric: "ActiveFlowCount", expected: ports * hold * 0.8, usual: 50, statistic: "Maximum" },
    ]),
  );
  return {
    judgement,
    scenario: {
      ...made,
      alarm,
      faults: { ...besides(made, random), connections: troubles.map((one) => ({ ...one, rate, hold, refused: 0 })) },
    },
    troubles,
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(without(world, {}, { faults: {} })) === 0,
  };
}

/** More requests than the targets accept: the queue of the Classic Load Balancer fills, and the rest is turned away. */
export function flashOnClassic(seed: number, random: Random): WorldDraft {
  const inCluster = random.chance(0.5);
  const { judgement, missing } = perhapsBlind(
    random,
    {
      truth: "connection-saturation",
      accept: ["client-storm", "insufficient-capacity"],
      never: NEVER,
      why: "In a flash of traffic the surge queue fills to its 1,024 and spills over; what is accepted is answered as ever.",
    },
    { sources: inCluster ? ["elb", "kubernetes", "prometheus"] : ["elb"] },
  );
  const drawn = behind("flash-on-classic", seed, random, "classic", {}, { server: GO });
  const plain = inCluster ? drawn : onInstances(drawn, random);
  const troubles = drawTroubles(random, plain.window, { least: 1, most: 4, shortest: 180, longest: 420 });
  const { traffic } = plain.focus;
  const accepted = traffic.base * random.between(3, 6);
  const offered = accepted + random.between(8, 60);
  // The queue is worked off before it is over.
  const drain = Math.ceil(1024 / (accepted - traffic.base));
  const bursts = troubles.map(({ at, seconds }) => ({ at, seconds: seconds + drain, rate: accepted - traffic.base }));
  const made = told(
    plain,
    judgement,
    `${offered.toFixed(0)} requests a second come where the targets accept ${accepted.toFixed(0)}.`,
    { rollouts: inCluster ? rolledOutOnce(plain, random) : [], traffic: { ...traffic, bursts } },
    seeing(plain, missing),
  );
  const spilled = 60 * (offered - accepted);
  const alarm = watching(
    made,
    random,
    random.pick([
      { metric: "SurgeQueueLength", expected: 1024, statistic: "Maximum", words: ["surge-queue", "queue"] },
      { metric: "SpilloverCount", expected: spilled, words: ["spillover"] },
      { metric: "HTTPCode_ELB_5XX", expected: spilled, words: ["elb-5xx"] },
    ]),
  );
  return {
    judgement,
    scenario: {
      ...made,
      alarm,
      faults: { ...besides(made, random), flood: troubles.map((one) => ({ ...one, offered, accepted })) },
    },
    troubles: troubles.map(({ at, seconds }) => ({ at, seconds: seconds + drain })),
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) => stays(without(world, {}, { faults: {} })) === 0,
  };
}
