import { figuresOf } from "../figures.ts";
import type { FocusService, Scenario } from "../scenario.ts";
import { buildWorld, type World } from "../world.ts";

/**
 * The same world with something taken away, the alarm and the randomness being the same. A cause is what has to go for
 * the alarm to stop, so this is how a world proves its own truth.
 */
export function without({ scenario }: World, focus: Partial<FocusService>, rest: Partial<Scenario> = {}): World {
  return buildWorld({ ...scenario, ...rest, focus: { ...scenario.focus, ...focus } });
}

/** Stays in ALARM. */
export function stays(world: World): number {
  return figuresOf(world).episodes.length;
}

/** Seconds in ALARM. */
export function alarmed(world: World): number {
  const { now } = world.scenario;
  return figuresOf(world).episodes.reduce((all, { alarmAt, okAt }) => all + (okAt ?? now) - alarmAt, 0);
}
