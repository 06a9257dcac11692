import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { FAMILIES, scenarioFor } from "../../simulator/families.ts";
import { figuresOf } from "../../simulator/figures.ts";
import { OPPOSITES, opposite } from "../../simulator/opposites.ts";
import type { World } from "../../simulator/world.ts";
import { buildWorld } from "../../simulator/world.ts";

describe.each(FAMILIES)("%s", (family) => {
  const scenario = scenarioFor(family, 11);
  const world = buildWorld(scenario);
  const { episodes } = figuresOf(world);

  it("is the same for the same seed, and another for another", () => {
    expect(scenarioFor(family, 11)).toEqual(scenario);
    expect(scenarioFor(family, 12)).not.toEqual(scenario);
  });

  it("is simulated once, and another time would be the same", () => {
    expect(buildWorld(scenario)).toBe(world);
    const anew = buildWorld({ ...scenario });
    expect(anew).not.toBe(world);
    // Millions of figures: expect's own comparison takes seconds.
    expect(isDeepStrictEqual(anew, world)).toBe(true);
  });

  it("has its cause, and episodes only if there is one", () => {
    expect(scenario.cause).toBe(family === "healthy" ? null : family);
    if (family === "healthy") expect(episodes).toEqual([]);
    else expect(episodes.length).toBeGreaterThan(0);
  });
});

describe("opposites of the main incident", () => {
  it.each(Object.keys(OPPOSITES) as (keyof typeof OPPOSITES)[])("%s still alarms", (name) => {
    const scenario = opposite(name);
    expect(scenario.cause).toBe(OPPOSITES[name].cause);
    expect(figuresOf(buildWorld(scenario)).episodes.length).toBeGreaterThan(2);
  });

  it("each shows what it turned round", () => {
    const uneven = buildWorld(opposite("unevenPods"));
    for (const { cores } of figuresOf(uneven).episodes) {
      const sorted = cores.map((one) => one.cores).sort((a, b) => b - a);
      expect(sorted[0]).toBeGreaterThan(0.55);
      expect(sorted[1]).toBeLessThan(0.15);
    }
    expect(Math.min(...throttled(buildWorld(opposite("heavyThrottling"))))).toBeGreaterThan(0.8);
    const deployed = buildWorld(opposite("deployBeforeFirstEpisode"));
    const rollout = deployed.truth.replicaSets[1];
    for (const { alarmAt } of figuresOf(deployed).episodes)
      expect(alarmAt - deployed.start).toBeGreaterThan(rollout?.created ?? 0);
    for (const { fewest } of figuresOf(buildWorld(opposite("rareRequests"))).episodes) expect(fewest).toBeLessThan(12);
  });
});

function throttled(world: World): number[] {
  return figuresOf(world).episodes.map((episode) => episode.throttled);
}
