import { workerCeiling } from "../families/cpu.ts";
import { tooSensitive } from "../families/quiet.ts";
import { withThreshold } from "../families/settle.ts";
import { figuresOf } from "../figures.ts";
import type { Random } from "../random.ts";
import type { Judgement } from "../truth.ts";
import { buildWorld } from "../world.ts";
import type { WorldDraft } from "./kinds.ts";

/** Somebody made one breaching minute enough, where several in a row had been needed. */
export function tightenedEvaluation(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "configuration-change",
    accept: ["alarm-too-sensitive"],
    never: [
      "slow-dependency",
      "deploy-regression",
      "worker-concurrency-ceiling",
      "uneven-pod-load",
      "shared-load-balancer",
    ],
    why: "The metric and the threshold are the same before and after; single minutes alarm since one is enough.",
  };
  const draft = tooSensitive(seed, random);
  const { scenario } = draft;
  const at = Math.round(scenario.window * random.between(0.3, 0.6));
  const before = random.pick([3, 4, 5]);
  return {
    ...draft,
    judgement,
    scenario: {
      ...scenario,
      name: `tightened-evaluation-${seed}`,
      cause: judgement.truth,
      description: `The alarm needed ${before} breaching minutes in a row, and since a change one is enough.`,
      alarm: {
        ...scenario.alarm,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
        changed: { at, before: { evaluationPeriods: before, datapointsToAlarm: before } },
      },
    },
    holds: (world) => {
      const start = world.scenario.now - world.scenario.window;
      const { episodes } = figuresOf(world);
      return episodes.length >= 3 && episodes.every(({ alarmAt }) => alarmAt - start > at);
    },
  };
}

/** The alarm's settings were changed amid a trouble that breaches with the old ones as with the new. */
export function changedAmidTrouble(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: [],
    never: ["configuration-change", "alarm-too-sensitive", "slow-dependency", "deploy-regression"],
    why: "The same bursts had the alarm flapping before the change, and the old settings would breach in them still.",
  };
  const draft = workerCeiling(seed, random);
  const bare = draft.scenario;
  const settled = withThreshold(buildWorld(bare), draft.troubles, random);
  const { alarm } = settled ?? bare;
  const next = draft.troubles[Math.ceil(draft.troubles.length / 2)];
  const at = (next?.at ?? 0) - random.integer(240, 900);
  const judged = { threshold: Math.round(alarm.threshold * random.pick([0.85, 0.9, 1.1, 1.25]) * 1000) / 1000 };
  const before = random.chance(0.4) ? {} : judged;
  const start = bare.now - bare.window;
  return {
    ...draft,
    judgement,
    thresholdSet: true,
    scenario: {
      ...bare,
      name: `changed-amid-trouble-${seed}`,
      description: `${bare.description} Somebody changed the alarm amid it.`,
      alarm: { ...alarm, changed: { at, before } },
    },
    holds: (world) => {
      const { episodes } = figuresOf(world);
      const older = episodes.filter(({ alarmAt }) => alarmAt - start < at);
      return settled !== null && older.length >= 2 && episodes.length - older.length >= 2 && draft.holds(world);
    },
  };
}
