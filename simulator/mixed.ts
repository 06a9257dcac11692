import { DECIDES } from "./deciding/kinds.ts";
import { judged } from "./deciding.ts";
import { next } from "./families/parts.ts";
import type { Faults } from "./faults.ts";
import { figuresOf } from "./figures.ts";
import { typeOf } from "./front.ts";
import { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";
import type { TrueCause } from "./truth.ts";
import { buildWorld, rejudge, remember, type World } from "./world.ts";
import { change, drawForeign } from "./worlds/changed.ts";
import { type JudgedWorld, type WorldKind, worldFor } from "./worlds.ts";

/** What an incident has beside its cause. */
export interface Traits {
  /** Sources that do not answer. */
  readonly missing: readonly string[];
  /** A second fault, too small to ring the alarm: "a restart". Null: none. */
  readonly second: string | null;
  /** What looks like a cause and is none. */
  readonly decoys: readonly string[];
}

/** Shares of the incidents that get a second fault, and a decoy, if they have none of their own. */
const SECOND = 2 / 5;
const DECOY = 1 / 2;

/**
 * The world of a kind and a seed as a real incident would be: now and then with a second, smaller fault and a decoy. `blind`:
 * one source does not answer; else all do. The same arguments always give the same world.
 */
export function mixedWorld(kind: WorldKind, seed: number, blind: boolean): JudgedWorld {
  const { scenario, judgement } = worldFor(kind, seed);
  const random = new Random(seed, `mixed ${kind}`);
  const [second, decoy] = [random.chance(SECOND), random.chance(DECOY)];
  let made = scenario;
  const { second: own, decoys } = traitsOf(made);
  if (second && own === null) made = firstHarmless(made, secondFaults(made, random)) ?? made;
  if (decoy && decoys.length === 0) made = firstHarmless(made, decoysFor(made, random)) ?? made;
  const mixed = { ...made, seen: { ...made.seen, missing: blind ? [random.pick(sourcesOf(made))] : [] } };
  // Who may read what changes nothing of what happened.
  remember(rejudge(buildWorld(made), mixed));
  return { scenario: mixed, judgement: judged(kind, DECIDES[kind], judgement, mixed) };
}

/** What an incident has beside its cause, whoever drew it. */
export function traitsOf({ seen, faults = {}, focus, changes = [], cause, others }: Scenario): Traits {
  const { errors = [], kills = [] } = faults;
  const second = [
    ...(errors.length === 1 && errors.every(({ share }) => share <= FEW) ? ["a few 5xx"] : []),
    ...(kills.length === 1 && kills[0]?.reason === "Error" ? ["a restart"] : []),
    ...(focus.slowDependency.length > 0 && cause === "worker-concurrency-ceiling" ? ["a slow dependency"] : []),
    ...(focus.traffic.bursts.length > 0 && cause === "slow-dependency" ? ["bursts"] : []),
    ...(others.some(({ extraWaits = [] }) => extraWaits.length === 1) && !faults.extraWaits
      ? ["a slow neighbour"]
      : []),
  ];
  const harmless = focus.rollouts.every(({ cpuFactor, waitFactor, errorShare = 0 }) => {
    return cpuFactor === 1 && waitFactor === 1 && errorShare === 0;
  });
  return {
    missing: seen?.missing ?? [],
    second: second[0] ?? null,
    decoys: [
      ...(focus.rollouts.length > 0 && harmless && !OF_ROLLOUTS.some((one) => one === cause) ? ["a rollout"] : []),
      ...(focus.spuriousThrottling >= TOLD && cause !== "cpu-throttling" ? ["a little throttling"] : []),
      ...(changes.some(({ where }) => where === "elsewhere") ? ["a change elsewhere"] : []),
    ],
  };
}

/** Share of throttled periods from which on people talk of it; a trace is always there. */
const TOLD = 0.005;
/** Largest share of requests that a second fault fails. */
const FEW = 0.04;
/** Causes that rollouts make, or show: one of them is no decoy. */
const OF_ROLLOUTS: readonly TrueCause[] = [
  "deploy-regression",
  "cold-start",
  "abrupt-deregistration",
  "connection-pinning",
  "canary-weight",
];

/** Sources that are asked of such a world. CloudWatch is not among them: without it there is no alarm to ask about. */
export function sourcesOf({ loadBalancer, seen, logs, changes, trail, alarm, faults }: Scenario): readonly string[] {
  const inside = !seen?.instances && !seen?.hidden;
  return [
    typeOf({ loadBalancer }) === "classic" ? "elb" : "elbv2",
    ...(inside ? ["kubernetes", "prometheus"] : []),
    ...(logs?.on.includes("access") ? ["access-logs"] : []),
    ...(changes || trail ? ["cloudtrail"] : []),
    ...(loadBalancer.listener?.certificate || alarm.namespace === "AWS/CertificateManager" ? ["acm"] : []),
    ...(faults?.blocked ? ["ec2"] : []),
  ];
}

type Variant = (scenario: Scenario) => Scenario;

/** The first variant under which the alarm does as it did; what rings it would be a cause, and no decoy. */
export function firstHarmless(scenario: Scenario, variants: readonly Variant[]): Scenario | null {
  const stays = (world: World) => figuresOf(world).episodes.length;
  const before = buildWorld(scenario);
  const found = variants
    .map((variant) => variant(scenario))
    .find((made) => {
      const world = buildWorld(made);
      return stays(world) === stays(before) && world.state === before.state;
    });
  return found ?? null;
}

/** Seconds that what is mixed in keeps from every stay in ALARM. */
const APART = 420;

/** A stretch of the window in which the alarm is quiet, after `from`; null where there is none. */
export function quietStretch(scenario: Scenario, random: Random, seconds: number, from = 600): number | null {
  const start = scenario.now - scenario.window;
  const stays = figuresOf(buildWorld(scenario)).episodes.map(({ alarmAt, okAt }) => ({
    from: alarmAt - start - 2 * APART,
    to: (okAt ?? scenario.now) - start + APART,
  }));
  const free = Array.from({ length: Math.floor((scenario.window - 600 - seconds - from) / 60) }, (_, minute) => {
    return from + 60 * minute;
  }).filter((at) => stays.every((stay) => at + seconds < stay.from || at > stay.to));
  return free.length === 0 ? null : random.pick(free);
}

/** Faults of another kind than the world's own, at a time when the alarm is quiet; in a drawn order. */
function secondFaults(scenario: Scenario, random: Random): readonly Variant[] {
  const { faults = {}, focus, others, seen } = scenario;
  const seconds = random.integer(120, 400);
  const at = quietStretch(scenario, random, seconds);
  if (at === null) return [];
  const flows = typeOf(scenario) === "network" || typeOf(scenario) === "gateway";
  const add = (more: Faults): Variant => {
    return (one) => ({ ...one, faults: { ...one.faults, ...more } });
  };
  const answers = !flows && !faults.errors && focus.rollouts.every(({ errorShare }) => errorShare === undefined);
  const restarts =
    focus.replicas > 1 &&
    !seen?.instances &&
    !seen?.elsewhere &&
    Object.keys(faults).every((name) => LOSE_NOTHING.has(name));
  const neighbour = others.findIndex(({ callsFocus, sharesDependency, extraWaits, errors }) => {
    return !callsFocus && !sharesDependency && !extraWaits && !errors;
  });
  const variants: Variant[] = [
    ...(answers ? [add({ errors: [{ at, seconds, share: random.between(0.01, FEW) }] })] : []),
    ...(restarts
      ? [
          add({
            kills: [{ at, pod: 0, reason: "Error" }],
            ...(flows && { noticedAfter: random.between(5, 15) }),
          }),
        ]
      : []),
    ...(neighbour >= 0 && !faults.extraWaits
      ? [
          (one: Scenario): Scenario => ({
            ...one,
            others: one.others.map((other, index) =>
              index === neighbour
                ? { ...other, extraWaits: [{ at, seconds, share: 0.3, wait: random.between(0.3, 1), cv: 0.4 }] }
                : other,
            ),
          }),
        ]
      : []),
  ];
  return rotated(variants, random);
}

/** Faults beside which a container that is killed is told as one: none of them loses requests. */
const LOSE_NOTHING: ReadonlySet<string> = new Set(["errors", "extraWaits", "costlier", "pool", "spentAtOnce"]);

/** What people take for the cause: a change of another load balancer, a rollout, some throttling. */
function decoysFor(scenario: Scenario, random: Random): readonly Variant[] {
  const { faults = {}, focus, seen, now, window, canary, behind } = scenario;
  const first = figuresOf(buildWorld(scenario)).episodes[0]?.alarmAt ?? now - 1800;
  const began = Math.max(600, first - (now - window) - 60);
  const rolledOut = began < window - 1800 ? quietStretch(scenario, random, 600, began + 300) : null;
  const moves = seen?.instances || seen?.elsewhere || focus.routing || focus.stickyClients !== null || canary || behind;
  const losing = Object.keys(faults).some((name) => !LOSE_NOTHING.has(name));
  const foreign = change(random, began - random.integer(40, 400), drawForeign(random), "elsewhere");
  const spuriousThrottling = random.between(TOLD, 0.03);
  const variants: Variant[] = [
    ...(typeOf(scenario) === "classic" ? [] : [(one: Scenario) => ({ ...one, changes: [foreign] })]),
    ...(rolledOut !== null &&
    !moves &&
    !losing &&
    focus.rollouts.length === 0 &&
    !OF_ROLLOUTS.includes(scenario.cause as TrueCause)
      ? [
          (one: Scenario): Scenario => ({
            ...one,
            focus: {
              ...one.focus,
              rollouts: [{ at: rolledOut, version: next(one.focus.version), cpuFactor: 1, waitFactor: 1 }],
            },
          }),
        ]
      : []),
    ...(focus.cpuLimit !== null && !seen?.instances && !seen?.elsewhere && scenario.cause !== "cpu-throttling"
      ? [
          (one: Scenario): Scenario => ({
            ...one,
            focus: { ...one.focus, spuriousThrottling },
          }),
        ]
      : []),
  ];
  return rotated(variants, random);
}

/** The list from a drawn one of its entries on. */
function rotated<T>(list: readonly T[], random: Random): readonly T[] {
  const from = random.integer(0, Math.max(0, list.length - 1));
  return [...list.slice(from), ...list.slice(0, from)];
}
