import { workerCeiling } from "../families/cpu.ts";
import type { Draft } from "../families/draft.ts";
import { slowDependency } from "../families/waiting.ts";
import { figuresOf } from "../figures.ts";
import type { Random } from "../random.ts";
import type { Judgement, TrueCause } from "../truth.ts";
import type { World } from "../world.ts";
import { change, drawForeign, drawHarmless, withTrail } from "./changed.ts";
import { errorsInPeriods } from "./errors-answered.ts";
import type { WorldDraft } from "./kinds.ts";

/** What a reader of the trail alone would name. */
const BY_TRAIL: readonly TrueCause[] = [
  "configuration-change",
  "canary-weight",
  "misrouted-requests",
  "sticky-session-skew",
  "cross-zone-imbalance",
  "blocked-by-network",
  "abrupt-deregistration",
  "idle-timeout-mismatch",
];

type Draw = (seed: number, random: Random) => Draft & { readonly judgement?: Judgement };

/** Troubles that come at the load of all other times. */
const AT_ANY_LOAD: readonly Draw[] = [slowDependency, errorsInPeriods];

/** Some trouble that no change made. */
function trouble(
  seed: number,
  random: Random,
  why: string,
  of: readonly Draw[] = [workerCeiling, ...AT_ANY_LOAD],
): WorldDraft {
  const draw = random.pick(of);
  const draft = draw(seed, random);
  const { scenario } = draft;
  const truth = scenario.cause;
  const accept = draft.judgement?.accept ?? [];
  const never = BY_TRAIL.filter((cause) => cause !== truth && !accept.includes(cause));
  // A rollout besides would be another story.
  const focus = { ...scenario.focus, rollouts: [] };
  const alarm = { ...scenario.alarm, earlier: [] };
  return { ...draft, judgement: { truth, accept, never, why }, scenario: { ...scenario, focus, alarm } };
}

/** The change is of another load balancer, a minute before it begins. */
export function changeElsewhere(seed: number, random: Random): WorldDraft {
  const draft = trouble(seed, random, "What was changed just before it began belongs to another load balancer.");
  const at = (draft.troubles[0]?.at ?? 0) - random.integer(20, 180);
  const moment = change(random, at, drawForeign(random), "elsewhere");
  return withTrail("change-elsewhere", seed, draft, random, [moment]);
}

/** The change touches the service, and comes after the trouble began. */
export function changeAfterTrouble(seed: number, random: Random): WorldDraft {
  const draft = trouble(seed, random, "The same trouble was there before the change, and is no worse since.");
  const second = draft.troubles[1] ?? draft.troubles[0];
  const at = (second?.at ?? 0) - random.integer(20, 180);
  const start = draft.scenario.now - draft.scenario.window;
  const holds = (world: World) => {
    const { episodes } = figuresOf(world);
    return draft.troubles.length >= 3 && episodes.some(({ alarmAt }) => alarmAt - start < at) && draft.holds(world);
  };
  const moment = change(random, at, drawHarmless(random, draft.scenario));
  return withTrail("change-after-trouble", seed, { ...draft, holds }, random, [moment]);
}

/** The change touches the service, and an hour of health at the same load follows before the trouble begins. */
export function changeThenHealth(seed: number, random: Random): WorldDraft {
  const draft = trouble(
    seed,
    random,
    "After the change the service took its usual load for an hour and more; then the trouble began.",
    AT_ANY_LOAD,
  );
  const { scenario } = draft;
  const first = Math.round(random.between(1.2, 1.6) * 3600) + 600;
  const kept = draft.troubles.filter((one) => one.at > first);
  const late = <T extends { readonly at: number }>(list: readonly T[]) => list.filter((one) => one.at > first);
  const { traffic, slowDependency: slow } = scenario.focus;
  const focus = {
    ...scenario.focus,
    slowDependency: late(slow),
    traffic: { ...traffic, bursts: late(traffic.bursts) },
  };
  const faults = scenario.faults && { ...scenario.faults, errors: late(scenario.faults.errors ?? []) };
  const at = (kept[0]?.at ?? first) - random.integer(3700, 4500);
  const made: WorldDraft = {
    ...draft,
    troubles: kept,
    scenario: { ...scenario, focus, ...(faults && { faults }) },
    holds: (world) => kept.length >= 2 && draft.holds(world),
  };
  return withTrail("change-then-health", seed, made, random, [change(random, at, drawHarmless(random, scenario))]);
}
