import { type ChangeFact, cells, type Epoch, plural, type RolloutFact, type Series } from "../../../src/playbook.ts";
import type { Scene } from "./reach.ts";

/**
 * Seconds in which a rollout has replaced its pods, or is held to have failed: a Deployment's progressDeadlineSeconds, whose
 * default this is (Kubernetes API reference, DeploymentSpec). More pods than before within it are its surge.
 */
export const ROLLED = 600;
/** Steps in one direction that follow each other within so many seconds are one scaling: an autoscaler goes step by step. */
const ONE = 600;
/** More scalings than these are told as one line: each of them would hide what else was changed. */
const MOST = 12;

/** One stretch in which the number of pods went one way. */
interface Run {
  readonly at: Epoch;
  readonly until: Epoch;
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

/** How many pods there were, by the minute, and the autoscaler that counted them; null: not known, or none did. */
export interface Scaled {
  readonly replicas?: Series | null;
  readonly target: { readonly name: string } | null;
}

/**
 * When the number of pods changed, as the autoscaler's status counted them, or as the workload was told. How many pods there
 * are follows from load, and is never what a verdict names; it is there to be read beside it.
 */
export function ofScalings(
  scaled: Scaled | null,
  workload: string | null,
  rollouts: readonly RolloutFact[],
  { window }: Scene,
): Omit<ChangeFact, "id">[] {
  const { replicas = null, target = null } = scaled ?? {};
  const name = workload ?? target?.name;
  if (replicas === null || name === undefined) return [];
  const runs = runsOf(cells(replicas))
    .filter(({ at, until }) => until >= window.start && at <= window.end)
    .filter((run, _, all) => !isSurge(run, all, rollouts));
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last) return [];
  const scaling = ({ at, until, from, to, steps }: Run, what: string) => ({
    at,
    until,
    count: steps,
    kind: "scaling" as const,
    from: "kubernetes" as const,
    call: null,
    by: null,
    what,
    settings: [{ name: "pods", before: String(from), after: String(to) }],
    touches: [
      { kind: "workload" as const, id: name },
      ...(target ? [{ kind: "autoscaler" as const, id: target.name }] : []),
    ],
    reaches: "yes" as const,
    because: "it is how many pods are behind what fails; that follows from their load and is not judged as a change",
  });
  if (runs.length <= MOST) return runs.map((run) => scaling(run, `${name} scaled`));
  const sizes = runs.flatMap(({ from, to }) => [from, to]);
  const between = `between ${Math.min(...sizes)} and ${plural(Math.max(...sizes), "pod")}`;
  const steps = runs.reduce((sum, run) => sum + run.steps, 0);
  const whole = { at: first.at, until: last.until, from: first.from, to: last.to, steps };
  return [scaling(whole, `${name} scaled ${between}`)];
}

/** Steps that go on in one direction, joined; where a count is missing, its neighbours are compared. */
function runsOf(counts: readonly { readonly at: Epoch; readonly value: number }[]): Run[] {
  const runs: Run[] = [];
  for (const [index, { at, value }] of counts.entries()) {
    const before = counts[index - 1]?.value;
    if (before === undefined || before === value) continue;
    const last = runs.at(-1);
    if (last && Math.sign(last.to - last.from) === Math.sign(value - before) && at - last.until <= ONE)
      runs[runs.length - 1] = { ...last, until: at, to: value, steps: last.steps + 1 };
    else runs.push({ at, until: at, from: before, to: value, steps: 1 });
  }
  return runs;
}

/** A rollout has more pods for a while, and then as many as before: both ways are the rollout's own. */
function isSurge(run: Run, all: readonly Run[], rollouts: readonly RolloutFact[]): boolean {
  const index = all.indexOf(run);
  const pair = (up: Run | undefined, down: Run | undefined) =>
    up !== undefined &&
    down !== undefined &&
    up.to > up.from &&
    down.to === up.from &&
    rollouts.some(({ at }) => up.at >= at - 60 && down.until <= at + ROLLED);
  return pair(run, all[index + 1]) || pair(all[index - 1], run);
}
