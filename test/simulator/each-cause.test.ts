import { describe, expect, it } from "vitest";
import { causeTable, shortcomings } from "../../simulator/accuracy/by-cause.ts";
import { type Incident, nextWorlds, TRUTHS, type Truth, type Wanted } from "../../simulator/accuracy/each-cause.ts";
import type { Run } from "../../simulator/accuracy/run.ts";
import { figuresOf } from "../../simulator/figures.ts";
import { firstHarmless, mixedWorld, quietStretch, sourcesOf, traitsOf } from "../../simulator/mixed.ts";
import { Random } from "../../simulator/random.ts";
import { buildWorld } from "../../simulator/world.ts";
import { WORLD_KINDS, type WorldKind, worldFor } from "../../simulator/worlds.ts";

/** What is true of each of these kinds; of the last it depends on the seed. */
const TRUE: { readonly [kind: string]: (seed: number) => Truth | undefined } = {
  "retry-storm": () => "client-storm",
  "one-client-storm": () => "client-storm",
  "bad-target": () => "bad-target",
  healthy: () => null,
  "other-labels": (seed) => (seed % 5 === 4 ? undefined : seed % 5 < 3 ? "cpu-throttling" : "bad-target"),
};
const KINDS = Object.keys(TRUE) as WorldKind[];

/** All rounds until nothing is wanted. */
function rounds(count: number, from = 100): readonly Incident[] {
  const drawn: Incident[] = [];
  for (;;) {
    const wanted = nextWorlds(KINDS, drawn, { count, from });
    if (wanted.length === 0) return drawn;
    drawn.push(...wanted.map((one) => ({ ...one, truth: TRUE[one.kind]?.(one.seed) })));
  }
}

describe("incidents of each true cause", () => {
  const drawn = rounds(30);
  const of = (truth: Truth) => drawn.filter((one) => one.truth === truth);

  it("are as many as asked for, none of them twice, and no more worlds than it takes", () => {
    const found = new Set(drawn.flatMap(({ truth }) => (truth === undefined ? [] : [truth])));
    expect(found).toEqual(new Set(["client-storm", "bad-target", "cpu-throttling", null]));
    for (const truth of found) expect(of(truth).length).toBeGreaterThanOrEqual(30);
    expect(new Set(drawn.map(({ kind, seed }) => `${kind} ${seed}`)).size).toBe(drawn.length);
    expect(of(null).length).toBeLessThanOrEqual(32);
  });

  it("come from all kinds that show it, in turn, with seeds from the first upward", () => {
    const storms = of("client-storm");
    for (const kind of ["retry-storm", "one-client-storm"]) {
      const seeds = storms.filter((one) => one.kind === kind).map(({ seed }) => seed);
      expect(seeds).toEqual(Array.from({ length: 15 }, (_, index) => 100 + index));
    }
    // A kind whose truth is drawn counts for what was drawn.
    expect(of("bad-target").some(({ kind }) => kind === "other-labels")).toBe(true);
  });

  it("lack a source in a third of them", () => {
    for (const truth of ["client-storm", "bad-target", "cpu-throttling", null] as const) {
      const blind = of(truth).filter((one) => one.blind).length;
      expect(3 * blind).toBeGreaterThanOrEqual(of(truth).length);
      expect(blind / of(truth).length).toBeLessThan(0.42);
    }
    const blind = of("client-storm").filter((one) => one.blind);
    expect(new Set(blind.map(({ kind }) => kind)).size).toBe(2);
  });

  it("are the same again", () => {
    expect(rounds(30)).toEqual(drawn);
    expect(rounds(2, 7).map(({ seed }) => seed)).toContain(7);
  });

  it("begin with one world of each kind", () => {
    const first: readonly Wanted[] = nextWorlds(WORLD_KINDS, [], { count: 30, from: 5 });
    expect(first.map(({ kind }) => kind)).toEqual(WORLD_KINDS);
    expect(new Set(first.map(({ seed }) => seed))).toEqual(new Set([5]));
  });

  it("end where a cause cannot be had", () => {
    const never = Array.from({ length: 121 }, (_, seed) => ({ kind: "healthy", seed, blind: true, truth: undefined }));
    expect(nextWorlds(KINDS, never as readonly Incident[], { count: 2, from: 1 })).toEqual([]);
  });
});

describe("a mixed incident", () => {
  const kind = "canary-worse";

  it("lacks one of its own sources, and its decision says so where it needs it", () => {
    const lacking = [1, 2, 3, 4, 5, 6].map((seed) => mixedWorld("two-ceilings", seed, true));
    for (const { scenario, judgement } of lacking) {
      const missing = traitsOf(scenario).missing;
      expect(missing).toHaveLength(1);
      expect(sourcesOf(scenario)).toContain(missing[0]);
      expect(judgement.truth).toBe("long-poll-held-open");
      const needed = missing.filter((one) => one === "prometheus");
      expect(judgement.decision).toMatchObject({ decided: needed.length === 0, lacks: needed });
    }
    expect(new Set(lacking.map(({ scenario }) => traitsOf(scenario).missing[0])).size).toBeGreaterThan(1);
    expect(traitsOf(mixedWorld("two-ceilings", 2, false).scenario).missing).toEqual([]);
  });

  it("rings as it would without a second fault and a decoy, which some have", () => {
    const made = [1, 2, 3, 4].map((seed) => mixedWorld(kind, seed, false).scenario);
    const traits = made.map(traitsOf);
    expect(traits.some(({ second }) => second !== null)).toBe(true);
    expect(traits.some(({ second }) => second === null)).toBe(true);
    expect(traits.some(({ decoys }) => decoys.length > 0)).toBe(true);
    for (const [index, scenario] of made.entries()) {
      const before = figuresOf(buildWorld(worldFor(kind, index + 1).scenario)).episodes;
      expect(figuresOf(buildWorld(scenario)).episodes.map(({ alarmAt }) => alarmAt)).toEqual(
        before.map(({ alarmAt }) => alarmAt),
      );
    }
  });

  it("takes nothing that would ring the alarm by itself", () => {
    const { scenario } = worldFor("low-traffic-artifact", 2);
    const ringing = (one: typeof scenario) => ({ ...one, alarm: { ...one.alarm, threshold: 0 } });
    const silent = (one: typeof scenario) => ({ ...one, alarm: { ...one.alarm, threshold: 1e9 } });
    const same = (one: typeof scenario) => ({ ...one, description: "the same" });
    expect(firstHarmless(scenario, [ringing, silent, same])?.description).toBe("the same");
    expect(firstHarmless(scenario, [ringing, silent])).toBeNull();
  });

  it("has its second fault while the alarm is quiet", () => {
    const { scenario } = worldFor(kind, 2);
    const start = scenario.now - scenario.window;
    const at = quietStretch(scenario, new Random(1, "stretch"), 300) as number;
    for (const { alarmAt, okAt } of figuresOf(buildWorld(scenario)).episodes)
      expect(start + at + 300 < alarmAt || start + at > (okAt ?? scenario.now)).toBe(true);
    expect(quietStretch(scenario, new Random(1, "stretch"), scenario.window)).toBeNull();
  });
});

describe("the table by cause", () => {
  const run = (truth: Truth, missing: readonly string[], outcome: "right" | "open" = "right") =>
    ({
      judgement: { truth },
      traits: { missing, second: null, decoys: ["a rollout"] },
      marks: { outcome, confirmedWrong: false, truthRejected: false, never: false },
      ofDecided: outcome,
      failure: null,
    }) as unknown as Run;
  const runs = [run("bad-target", []), run("bad-target", ["elbv2"], "open"), run(null, []), run(null, [])];

  it("counts what was said, and what the incidents lack", () => {
    const rows = causeTable(runs).split("\n");
    expect(rows).toHaveLength(4);
    expect(TRUTHS).toContain("bad-target");
    const row = rows.find((one) => one.startsWith("bad-target")) ?? "";
    expect(row.trim().split(/\s+/)).toEqual(["bad-target", "2", "2", "1", "1", "1", "·", "·", "·", "·", "1", "·", "2"]);
  });

  it("says which cause has too few, and where too few lack a source", () => {
    const short = shortcomings(runs, 2, true);
    expect(short).toContain("not established: a source is missing in 0 of 2 only");
    expect(short).toContain("client-storm: 0 incidents of 2");
    expect(short.filter((line) => line.startsWith("bad-target"))).toEqual([]);
    expect(shortcomings(runs, 2, false)).toEqual(["not established: a source is missing in 0 of 2 only"]);
  });
});
