import { describe, expect, it } from "vitest";
import { FAMILIES, scenarioFor } from "../../simulator/families.ts";
import { partsOf } from "../../simulator/parts.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld } from "../../simulator/world.ts";
import { iso } from "../../src/model/time.ts";

describe.each(FAMILIES)("%s, seen through a part of its window", (family) => {
  it.each([1, 2, 3, 4])("%d: never another cause", async (seed) => {
    const world = buildWorld(scenarioFor(family, seed));
    const { cause } = world.scenario;
    for (const part of partsOf(world.scenario)) {
      const { verdict } = await solveWorld(world, undefined, undefined, part);
      expect([cause, null], `${iso(part.start)} to ${iso(part.end)}`).toContain(verdict?.rootCause ?? null);
    }
  });
});

describe("a rollout of yesterday, with flapping ever since", () => {
  it("is open where the window begins long after it, and says from when to look", async () => {
    const world = buildWorld(scenarioFor("deploy-regression", 1));
    const { now, window } = world.scenario;
    const session = await solveWorld(world, undefined, undefined, { start: now - 0.4 * window, end: now });
    const deploy = session.hypotheses.find(({ cause }) => cause === "deploy-regression");
    expect(deploy?.status).toBe("undetermined");
    const since = /use --since (\S+)/.exec(deploy?.because ?? "")?.[1] ?? "";
    expect(Date.parse(since) / 1000).toBeLessThan(session.facts.rollouts?.at(-1)?.at ?? 0);
    expect(session.verdict?.rootCause).toBeNull();
  });
});
