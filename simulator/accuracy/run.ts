import { iso } from "../../src/model/time.ts";
import { mixedWorld, type Traits, traitsOf } from "../mixed.ts";
import { partsOf } from "../parts.ts";
import { solveWorld } from "../solve.ts";
import type { Judged } from "../truth.ts";
import { buildWorld } from "../world.ts";
import { type WorldKind, worldFor } from "../worlds.ts";
import { factorMarks, type Marks, marksOf, type OfDecided, ofDecided, type Said } from "./judge.ts";

export interface Job {
  readonly kind: WorldKind;
  readonly seed: number;
  /** Whether parts of the window are investigated too. */
  readonly parts: boolean;
  /** With a second fault, a decoy and a source that does not answer (`true`), or with all of them; absent: as drawn. */
  readonly blind?: boolean;
}

/** One investigation and how it compares with the truth. */
export interface Run {
  readonly kind: WorldKind;
  readonly seed: number;
  /** "… to …" where a part of the window was looked at. */
  readonly part: string | null;
  readonly judgement: Judged;
  readonly description: string;
  readonly traits: Traits;
  readonly said: string | null;
  readonly confidence: string;
  readonly marks: Marks;
  /** The outcome once more, of worlds whose evidence decides; for a part of a window nobody looked at that. */
  readonly ofDecided: OfDecided | null;
  readonly factors: ReturnType<typeof factorMarks>;
  /** Status of every cause that was judged. */
  readonly statuses: { readonly [cause: string]: string };
  /** What was thrown, where the investigation did not end. */
  readonly failure: string | null;
  readonly seconds: number;
}

/** Draws a world and investigates it, and parts of its window if they are asked for. */
export async function run({ kind, seed, parts, blind }: Job): Promise<Run[]> {
  const { scenario, judgement } = blind === undefined ? worldFor(kind, seed) : mixedWorld(kind, seed, blind);
  const world = buildWorld(scenario);
  const runs: Run[] = [];
  for (const part of [undefined, ...(parts ? partsOf(scenario) : [])]) {
    const began = Date.now();
    let failure: string | null = null;
    let said: Said = { rootCause: null, confidence: "none", hypotheses: [] };
    let named: readonly string[] = [];
    try {
      const { verdict, hypotheses, factors } = await solveWorld(world, undefined, undefined, part);
      said = { rootCause: verdict?.rootCause ?? null, confidence: verdict?.confidence ?? "none", hypotheses };
      named = factors.map(({ factor }) => factor);
    } catch (error) {
      failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    const marks = marksOf(judgement, said);
    runs.push({
      kind,
      seed,
      part: part ? `${iso(part.start)} to ${iso(part.end)}` : null,
      judgement,
      description: scenario.description,
      traits: traitsOf(scenario),
      said: said.rootCause,
      confidence: said.confidence,
      marks,
      ofDecided: part ? null : ofDecided(judgement, said.rootCause, marks),
      factors: factorMarks(judgement, named),
      statuses: Object.fromEntries(said.hypotheses.map(({ cause, status }) => [cause, status])),
      failure,
      seconds: (Date.now() - began) / 1000,
    });
  }
  return runs;
}
