import { figuresOf } from "../figures.ts";
import type { Random } from "../random.ts";
import type { Judgement } from "../truth.ts";
import { change, withTrail } from "./changed.ts";
import { loweredThreshold } from "./changes.ts";
import { errorAlarm, lossesOf, serving } from "./errors.ts";
import { abruptDeregistration, idleTimeoutMismatch } from "./errors-lost.ts";
import { blockedByNetwork } from "./errors-unreached.ts";
import { java, told, type WorldDraft } from "./kinds.ts";
import { alsoAChange } from "./trail-routing.ts";
import { stays, without } from "./without.ts";

/** The rule of the targets' security group that let the load balancer in was revoked. */
export function ingressRevoked(seed: number, random: Random): WorldDraft {
  const draft = blockedByNetwork(seed, random);
  const { focus, faults, window } = draft.scenario;
  const [blocked] = faults?.blocked ?? [];
  const at = blocked?.at ?? 0;
  const until = at + (blocked?.seconds ?? 0);
  const port = focus.targetType === "ip" ? focus.targetPort : focus.nodePort;
  const changes = [
    change(random, at - random.integer(0, 4), { call: "RevokeSecurityGroupIngress", port }),
    ...(until < window ? [change(random, until, { call: "AuthorizeSecurityGroupIngress", port })] : []),
  ];
  return withTrail("ingress-revoked", seed, { ...draft, judgement: alsoAChange(draft.judgement) }, random, changes);
}

/** The threshold was lowered, and CloudTrail knows by whom. */
export function thresholdChanged(seed: number, random: Random): WorldDraft {
  const draft = loweredThreshold(seed, random);
  const at = draft.scenario.alarm.changed?.at ?? 0;
  return withTrail("threshold-changed", seed, draft, random, [change(random, at, { call: "PutMetricAlarm" })]);
}

/** The idle timeout was lowered below what some requests take. */
export function idleTimeoutLowered(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "configuration-change",
    accept: [],
    never: [
      "blocked-by-network",
      "no-healthy-targets",
      "deploy-regression",
      "idle-timeout-mismatch",
      "bad-target",
      "alarm-too-sensitive",
    ],
    why: "A few requests have always taken so long; since the idle timeout is shorter than that, they end in 504s.",
  };
  const after = random.pick([5, 10, 15]);
  const before = random.pick([60, 120]);
  const drawn = serving("idle-timeout-lowered", seed, random, { server: java(400) });
  const slowShare = random.between(0.02, 0.08);
  const work = { ...drawn.focus.work, slowShare, slowSeconds: after * random.between(1.6, 2.6) };
  const base = random.between(4, 9);
  const plain = { ...drawn, focus: { ...drawn.focus, work, traffic: { ...drawn.focus.traffic, base } } };
  const at = Math.round(plain.window * random.between(0.35, 0.7));
  const alarm = errorAlarm(plain, random, random.pick(["HTTPCode_ELB_504_Count", "HTTPCode_ELB_5XX_Count"]), {
    expected: 60 * base * slowShare * 0.7,
  });
  const scenario = told(
    plain,
    judgement,
    `The idle timeout was lowered from ${before} s to ${after} s; ${Math.round(100 * slowShare)} % of the requests take longer.`,
    {},
    { alarm, loadBalancer: { ...plain.loadBalancer, idleTimeout: after, idleTimeoutBefore: { at, seconds: before } } },
  );
  const start = plain.now - plain.window;
  const draft: WorldDraft = {
    judgement,
    scenario,
    troubles: [{ at, seconds: plain.window - at }],
    least: 1,
    thresholdSet: true,
    free: true,
    holds: (world) =>
      lossesOf(world).timedOut > 60 && figuresOf(world).episodes.every(({ alarmAt }) => alarmAt - start > at),
  };
  const attributes = { "idle_timeout.timeout_seconds": String(after) };
  const lowered = change(random, at, { call: "ModifyLoadBalancerAttributes", attributes });
  return withTrail("idle-timeout-lowered", seed, draft, random, [lowered]);
}

/** The idle timeout was raised above what the servers keep idle connections for. */
export function idleTimeoutRaised(seed: number, random: Random): WorldDraft {
  const draft = idleTimeoutMismatch(seed, random);
  const { scenario } = draft;
  const at = Math.round(scenario.window * random.between(0.3, 0.5));
  const kept = scenario.faults?.keepAlive?.seconds ?? 5;
  const loadBalancer = { ...scenario.loadBalancer, idleTimeoutBefore: { at, seconds: Math.max(1, kept - 1) } };
  const start = scenario.now - scenario.window;
  const made: WorldDraft = {
    ...draft,
    judgement: alsoAChange(draft.judgement),
    scenario: { ...scenario, loadBalancer },
    holds: (world) =>
      lossesOf(world).dropped > 6 && figuresOf(world).episodes.every(({ alarmAt }) => alarmAt - start > at),
  };
  const attributes = { "idle_timeout.timeout_seconds": String(loadBalancer.idleTimeout) };
  const raised = change(random, at, { call: "ModifyLoadBalancerAttributes", attributes });
  return withTrail("idle-timeout-raised", seed, made, random, [raised]);
}

/** The deregistration delay was lowered: rollouts that lost nothing lose requests since. */
export function delayLowered(seed: number, random: Random): WorldDraft {
  const draft = abruptDeregistration(seed, random);
  const { scenario, troubles } = draft;
  const first = troubles[1];
  const before = troubles[0];
  const at = before && first ? Math.round((before.at + before.seconds + 240 + first.at) / 2) : 0;
  const delay = random.pick([0, 1, 5]);
  const start = scenario.now - scenario.window;
  const made: WorldDraft = {
    ...draft,
    judgement: alsoAChange(draft.judgement),
    scenario: {
      ...scenario,
      focus: { ...scenario.focus, targetType: "ip" },
      loadBalancer: { ...scenario.loadBalancer, deregistration: { delay, terminates: false } },
      faults: { ...scenario.faults, leavesAtOnceSince: at },
    },
    troubles: troubles.slice(1),
    holds: (world) =>
      figuresOf(world).episodes.every(({ alarmAt }) => alarmAt - start > at) &&
      stays(without(world, {}, { faults: {} })) < stays(world),
  };
  const attributes = { "deregistration_delay.timeout_seconds": String(delay) };
  const lowered = change(random, at, { call: "ModifyTargetGroupAttributes", attributes });
  return withTrail("deregistration-delay-lowered", seed, made, random, [lowered]);
}
