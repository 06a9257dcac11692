import { LEAD } from "../clock.ts";
import { figuresOf } from "../figures.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { World } from "../world.ts";

/** A stretch in which something is wrong, seconds after the window's start. */
export interface Trouble {
  readonly at: number;
  readonly seconds: number;
}

/** Thresholds as people set them, seconds. */
const THRESHOLDS = [
  0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 45, 60, 90,
  120,
] as const;

/**
 * Gives the alarm a threshold that lies between the quiet metric and the troubled one, as somebody who knows the service
 * would set it; null where there is none, because the trouble does not stand out.
 */
export function withThreshold(world: World, troubles: readonly Trouble[], random: Random): Scenario | null {
  const { scenario } = world;
  const quiet: number[] = [];
  const troubled: number[] = [];
  for (const [minute, value] of world.alarmMetric.entries()) {
    if (value === null || minute < LEAD / 60) continue;
    const at = minute * 60 - LEAD;
    if (troubles.some((one) => at >= one.at + 30 && at + 60 <= one.at + one.seconds)) troubled.push(value);
    else if (!troubles.some((one) => at > one.at - 120 && at < one.at + one.seconds + 300)) quiet.push(value);
  }
  if (troubled.length === 0 || quiet.length === 0) return null;
  const low = 1.15 * Math.max(...quiet);
  const high = 0.85 * quantile(troubled, 0.35);
  const fitting = THRESHOLDS.filter((value) => value > low && value < high);
  if (fitting.length === 0) return null;
  return { ...scenario, alarm: { ...scenario.alarm, threshold: random.pick(fitting) } };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

/** Whether at least `least` stays in ALARM are there, each on a trouble unless they may fall `anywhere`. */
export function troublesShow(world: World, troubles: readonly Trouble[], least: number, anywhere: boolean): boolean {
  const { episodes } = figuresOf(world);
  const start = world.scenario.now - world.scenario.window;
  const onTrouble = episodes.every((episode) =>
    troubles.some((one) => episode.alarmAt - start > one.at && episode.alarmAt - start < one.at + one.seconds + 420),
  );
  return (anywhere || onTrouble) && episodes.length >= least;
}
