import { lowest } from "../analysis/series.ts";
import type { Facts } from "../model/facts.ts";
import { type AlarmForecast, type ForecastFacts, forecastAlarm } from "./alarm-forecast.ts";
import type { Fleet } from "./what-if.ts";

/** A figure before and after. */
export interface Move<T> {
  readonly from: T;
  readonly to: T;
}

/** Cores in whole steps of this. */
export const GRAIN_CPU = 0.1;
/** More than this many times the present pods is no longer a change of a number. */
export const MOST_PODS = 3;

/** Where no forecast can be made, workers are added until this share of them is busy in the busiest stretch. */
const BUSY_SHARE = 0.7;

/** What a change is chosen for: an alarm that keeps quiet whatever the forecast's error, or else by its likeliest figures. */
export const GOALS: readonly ((forecast: AlarmForecast) => boolean)[] = [
  ({ outlook }) => outlook === "quiet",
  ({ cycles }) => cycles === 0,
];

/** The least of the choices, in their order, that reaches a goal; where none does, the calmest. */
export function leastOf(
  known: ForecastFacts,
  choices: readonly number[],
  fleetWith: (choice: number) => Fleet,
): number {
  for (const goal of GOALS) {
    const reached = choices.find((choice) => reaches(known, fleetWith(choice), goal));
    if (reached !== undefined) return reached;
  }
  return calmest(known, choices, fleetWith);
}

/** Whether a fleet reaches a goal; false where no forecast can be made. */
export function reaches(known: ForecastFacts, fleet: Fleet, goal: (forecast: AlarmForecast) => boolean): boolean {
  const found = forecastAlarm(known, fleet);
  return found !== null && goal(found);
}

/**
 * Where nothing keeps the alarm quiet: of the choices with which it fires least often, the least with which the recorded
 * work does not pile up. The same of all choices where no forecast can be made.
 */
export function calmest(
  known: ForecastFacts,
  choices: readonly number[],
  fleetWith: (choice: number) => Fleet,
): number {
  const tries = choices.map((choice) => {
    const fleet = fleetWith(choice);
    return { choice, fleet, cycles: forecastAlarm(known, fleet)?.cycles ?? null };
  });
  const fewestCycles = lowest(tries.flatMap(({ cycles }) => cycles ?? []));
  const calm = tries.filter(({ cycles }) => fewestCycles === null || cycles === fewestCycles);
  const chosen = calm.find(({ fleet }) => isEnough(known.demand, fleet)) ?? calm.at(-1);
  return chosen?.choice ?? Math.min(...choices);
}

function isEnough(demand: Facts["demand"], { pods, workers }: Fleet): boolean {
  const most = Math.max(0, ...demand.byEpisode.map((one) => one.demand));
  return most <= BUSY_SHARE * pods * workers;
}

/** To a multiple of the grain; the detour over a count keeps 15 × 0.1 at 1.5. */
export function rounded(value: number, grain: number, how: (value: number) => number): number {
  return Number((how(value / grain + (how === Math.floor ? 1e-9 : 0)) * grain).toFixed(6));
}
