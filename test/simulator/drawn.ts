import { metricValue } from "../../simulator/answers/metrics.ts";
import type { WorldSource } from "../../simulator/source.ts";
import { buildWorld, type World } from "../../simulator/world.ts";
import { type JudgedWorld, type WorldKind, worldFor } from "../../simulator/worlds.ts";
import { query } from "../../src/sources/prometheus/questions.ts";

type Drawn = JudgedWorld & { readonly world: World };

const DRAWN = new Map<string, Drawn>();

/** A world of a kind and a seed; each is drawn once. */
export function drawn(kind: WorldKind, seed: number): Drawn {
  const key = `${kind} ${seed}`;
  const known = DRAWN.get(key);
  if (known) return known;
  const judged = worldFor(kind, seed);
  const made = { ...judged, world: buildWorld(judged.scenario) };
  DRAWN.set(key, made);
  return made;
}

/** Answers PromQL at a time, as the world's Prometheus would; throws what it fails with. */
export function prometheusOf(source: WorldSource) {
  return (text: string, time: number) => {
    const { question, parse } = query(text, time);
    const answer = source.answer(question);
    if (answer.status === "failed") throw new Error(answer.failure.message);
    return parse(answer.pages).value;
  };
}

export const sum = (values: Iterable<number>) => [...values].reduce((all, one) => all + one, 0);

/** A metric's minutes since the simulation's start, as CloudWatch would answer them; 0 where it has none. */
export function minutes(
  world: World,
  metric: string,
  statistic: string,
  group: number | null,
  zone?: string,
): number[] {
  const dimensions = {
    LoadBalancer: world.arns.loadBalancerDimension,
    ...(group === null ? {} : { TargetGroup: world.arns.targetGroupDimensions[group] ?? "" }),
    ...(zone === undefined ? {} : { AvailabilityZone: zone }),
  };
  return Array.from(
    { length: world.minutes },
    (_, minute) => metricValue(world, metric, dimensions, statistic, world.start + minute * 60, 60) ?? 0,
  );
}
