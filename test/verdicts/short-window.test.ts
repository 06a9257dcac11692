import { describe, expect, it } from "vitest";
import { scenarioFor } from "../../simulator/families.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld } from "../../simulator/world.ts";

/**
 * `--since` cuts the window just before the rollout that made it slow. What the pods then show looks like a mechanism of
 * its own, and nothing in the window says that it came with the rollout.
 */
describe.each([1, 2, 6, 9, 12])("a rollout that made it slow (%d), in a window that begins with it", (seed) => {
  const world = buildWorld(scenarioFor("deploy-regression", seed));
  const at = async () => (await solveWorld(world)).facts.rollouts?.at(-1)?.at ?? Number.NaN;

  it("is not covered up by what it brought about", async () => {
    const begin = Math.floor((await at()) / 60) * 60;
    const session = await solveWorld(world, undefined, undefined, { start: begin - 600, end: world.scenario.now });
    expect(
      session.hypotheses.some(
        ({ cause, status }) => cause !== "deploy-regression" && (status === "confirmed" || status === "supported"),
      ),
    ).toBe(true);
    expect(session.verdict).toMatchObject({ rootCause: null, confidence: "none" });
    expect(session.verdict?.headline).toContain("what would tell them apart is missing: the rollout of");
    expect(session.fixes).toEqual([]);
    const deploy = session.hypotheses.find(({ cause }) => cause === "deploy-regression");
    expect(deploy?.because).toContain("use --since");
  });

  it("is the cause as soon as the window reaches far enough back", async () => {
    const begin = Math.floor((await at()) / 60) * 60;
    const session = await solveWorld(world, undefined, undefined, { start: begin - 2400, end: world.scenario.now });
    expect(session.verdict?.rootCause).toBe("deploy-regression");
  });
});
