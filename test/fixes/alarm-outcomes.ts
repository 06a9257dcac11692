/**
 * The alarms that lbdoctor proposes and refuses, in the simulator: `npm run alarms -- 5` takes five incidents of each
 * family and prints what the back-test said and what the simulator's own alarm did over the same metric.
 */
import { fileURLToPath } from "node:url";
import { evaluateAlarm } from "../../simulator/alarm.ts";
import { FAMILIES, scenarioFor } from "../../simulator/families.ts";
import type { AlarmSpec } from "../../simulator/scenario.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld, rejudge, type World } from "../../simulator/world.ts";
import type { AlarmFact, Episode } from "../../src/model/facts.ts";
import type { Rejudged } from "../../src/remedy/steadier-alarm.ts";
import { steadierOf } from "../judged.ts";
import { withFix } from "./apply.ts";

/** What an alarm made of today's episodes: OK → ALARM in the window, episodes not shown, seconds later at worst. */
export interface Told {
  readonly cycles: number;
  readonly missed: readonly number[];
  readonly latest: number;
}

export interface AlarmOutcome {
  readonly cause: string | null;
  readonly today: number;
  readonly proposal: (Compared & { readonly lingers: number }) | null;
  readonly tempting: readonly Compared[];
}

export interface Compared {
  readonly settings: string;
  readonly said: Told;
  readonly simulated: Told;
}

/** Null where the alarm does not flap, or nothing is said of it. */
export async function alarmOutcomeOf(world: World): Promise<AlarmOutcome | null> {
  const { facts, fixes, verdict } = await solveWorld(world);
  const steadier = steadierOf(facts);
  const fix = fixes.find(({ id }) => id === "steadier-alarm");
  if (!steadier || !fix || !facts.episodes) return null;
  const { episodes } = facts.episodes;
  const compared = (one: Rejudged, spec: AlarmSpec): Compared => ({
    settings: settingsOf(spec),
    said: { cycles: one.run.cycles, missed: one.missed, latest: one.latest },
    simulated: simulated(world, spec, episodes),
  });
  const { proposal, tempting } = steadier;
  return {
    cause: verdict?.rootCause ?? null,
    today: facts.episodes.cycles,
    // As a person would make it: from the fix's own command.
    proposal:
      proposal && fix ? { ...compared(proposal, withFix(world.scenario, fix).alarm), lingers: proposal.lingers } : null,
    tempting: tempting.map((one) => compared(one, specOf(world, one.alarm))),
  };
}

function specOf({ scenario }: World, alarm: AlarmFact): AlarmSpec {
  const { statistic, threshold, evaluationPeriods, datapointsToAlarm } = alarm;
  return { ...scenario.alarm, statistic, threshold, evaluationPeriods, datapointsToAlarm };
}

export function settingsOf({ datapointsToAlarm, evaluationPeriods, statistic, threshold }: AlarmSpec): string {
  return `${datapointsToAlarm} of ${evaluationPeriods}, ${statistic} > ${threshold} s`;
}

/** Minutes, as long as an hour of datapoints and some more: before them the simulated world is quiet. */
const QUIET = 70;

/** The simulator's own judgement, by which today's history came about as well, with an hour of quiet before the world. */
export function simulated(world: World, alarm: AlarmSpec, episodes: readonly Episode[]): Told {
  const { now, window } = world.scenario;
  const { alarmMetric } = rejudge(world, { ...world.scenario, alarm });
  const values = [...Array.from({ length: QUIET }, () => 0), ...alarmMetric];
  const { changes } = evaluateAlarm(values, world.start - QUIET * 60, alarm, now);
  const stays = changes.flatMap(({ at, to }, index) =>
    to === "ALARM" ? [{ from: at, until: changes[index + 1]?.at ?? now }] : [],
  );
  const missed: number[] = [];
  let latest = 0;
  for (const [index, { id, burst, alarmAt, okAt }] of episodes.entries()) {
    // In ALARM from the burst on, two minutes after today's alarm at the latest, and before the next burst.
    const end = Math.min((okAt ?? now) + 120, episodes[index + 1]?.burst.start ?? Number.POSITIVE_INFINITY);
    const stay = stays.find(({ from, until }) => from < end && until > burst.start);
    if (!stay) missed.push(id);
    else latest = Math.max(latest, stay.from - alarmAt);
  }
  return { cycles: stays.filter(({ from }) => from >= now - window).length, missed, latest };
}

async function main(count: number): Promise<void> {
  for (const family of FAMILIES)
    for (let seed = 1; seed <= count; seed += 1) {
      const outcome = await alarmOutcomeOf(buildWorld(scenarioFor(family, seed)));
      console.log(`${family} ${seed}: ${outcome ? lineOf(outcome) : "nothing said of the alarm"}`);
    }
}

function lineOf({ today, proposal, tempting }: AlarmOutcome): string {
  const words = ({ settings, said, simulated: then }: Compared) =>
    `${settings}: ${then.cycles} cycles (said ${said.cycles}), misses ${then.missed.length} (said ${said.missed.length})`;
  const offered = proposal
    ? `→ ${words(proposal)}, ${Math.round(proposal.simulated.latest)} s later at worst, lingers ${Math.round(proposal.lingers / 60)} min`
    : "no change is calmer and complete";
  return [`${today} cycles ${offered}`, ...tempting.map((one) => `    refused ${words(one)}`)].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(Number(process.argv[2] ?? 5));
