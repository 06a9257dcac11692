import type { Cause } from "../src/model/vocabulary.ts";
import { cpuThrottling, insufficientCapacity, workerCeiling } from "./families/cpu.ts";
import { deployRegression } from "./families/deploy.ts";
import type { Draft } from "./families/draft.ts";
import { healthy, lowTraffic, tooSensitive } from "./families/quiet.ts";
import { troublesShow, withThreshold } from "./families/settle.ts";
import { unevenPods } from "./families/uneven.ts";
import { longPoll, sharedLoadBalancer, slowDependency } from "./families/waiting.ts";
import { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";
import { buildWorld, rejudge, remember, type World } from "./world.ts";

/** A kind of incident: a cause, or a window in which nothing happens. */
export type Family = keyof typeof DRAW;

const DRAW = {
  "worker-concurrency-ceiling": workerCeiling,
  "uneven-pod-load": unevenPods,
  "long-poll-held-open": longPoll,
  "low-traffic-artifact": lowTraffic,
  "cpu-throttling": cpuThrottling,
  "insufficient-capacity": insufficientCapacity,
  "slow-dependency": slowDependency,
  "deploy-regression": deployRegression,
  "shared-load-balancer": sharedLoadBalancer,
  "alarm-too-sensitive": tooSensitive,
  healthy,
} as const satisfies { readonly [family in Cause | "healthy"]?: (seed: number, random: Random) => Draft };

export const FAMILIES = Object.keys(DRAW) as readonly Family[];

const ATTEMPTS = 60;

/**
 * A random incident of a family: the same seed always gives the same one. It is drawn anew until its world shows the
 * cause without doubt (by the truth, never by what a diagnosis says of it).
 */
export function scenarioFor(family: Family, seed: number): Scenario {
  return drawn(family, seed, DRAW[family]).scenario;
}

/** The scenario that is accepted first of those that are drawn, and its draft. */
export function drawn<D extends Draft>(
  name: string,
  seed: number,
  draw: (seed: number, random: Random) => D,
): { readonly scenario: Scenario; readonly draft: D } {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const random = new Random(seed, `${name} ${attempt}`);
    const draft = draw(seed, random);
    const scenario = accepted(draft, random, seed * ATTEMPTS + attempt);
    if (scenario) return { scenario, draft };
  }
  throw new Error(`no ${name} came out of seed ${seed}`);
}

function accepted(draft: Draft, random: Random, simulationSeed: number): Scenario | null {
  const world = buildWorld({ ...draft.scenario, seed: draft.thresholdSet ? draft.scenario.seed : simulationSeed });
  const scenario = draft.thresholdSet ? world.scenario : withThreshold(world, draft.troubles, random);
  if (!scenario) return null;
  if (!draft.free && givenUp(world) > MOST_GIVEN_UP) return null;
  const judged = rejudge(world, scenario);
  if (!draft.free && !olderThanHerring(judged)) return null;
  const shows = troublesShow(judged, draft.troubles, draft.least, draft.anywhere ?? false);
  if (!shows || !draft.holds(judged)) return null;
  return remember(judged).scenario;
}

/** A harmless rollout must not look like the beginning: the alarm was there before it. */
function olderThanHerring(world: World): boolean {
  const { cause, focus, now, window } = world.scenario;
  const [rollout] = focus.rollouts;
  if (!rollout || cause === "deploy-regression" || cause === null) return true;
  return world.changes.some((change) => change.to === "ALARM" && change.at - (now - window) < rollout.at);
}

/** Share of requests that the load balancer gives up: more of them would be an incident of its own. */
const MOST_GIVEN_UP = 0.003;

function givenUp(world: World): number {
  const focus = world.groups[0];
  const lost = focus?.timedOut.reduce((all, one) => all + one, 0) ?? 0;
  return lost / Math.max(1, lost + (focus?.latency.length ?? 0));
}
