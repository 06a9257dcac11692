import { describe, expect, it } from "vitest";
import { marksOf, ofDecided } from "../../simulator/accuracy/judge.ts";
import type { Run } from "../../simulator/accuracy/run.ts";
import { confusion, decidedLine, matrixLines, table } from "../../simulator/accuracy/table.ts";
import { DECIDES } from "../../simulator/deciding/kinds.ts";
import { type Deciding, judged } from "../../simulator/deciding.ts";
import { minutesOf } from "../../simulator/families/truths.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import type { Judged, Judgement, TrueCause } from "../../simulator/truth.ts";
import { statistic } from "../../simulator/world.ts";
import { WORLD_KINDS, type WorldKind } from "../../simulator/worlds.ts";
import { drawn } from "./drawn.ts";

/** The decision on a drawn world of which some of these sources do not answer. */
function without(kind: WorldKind, seed: number, missing: readonly string[], change: Partial<Scenario> = {}) {
  const { scenario, judgement } = drawn(kind, seed);
  const seen = { ...scenario.seen, missing };
  return judged(kind, DECIDES[kind], judgement, { ...scenario, ...change, seen }).decision;
}

describe("a world's decision", () => {
  const { scenario } = drawn("blocked-workers", 2);
  const judgement: Judgement = { truth: "slow-dependency", accept: ["bad-target"], never: [], why: "it waits" };
  const deciding: Deciding = { by: "calls", from: ["prometheus", ["access-logs", "cloudtrail"]] };
  const decide = (change: Partial<Deciding>, seen: Scenario["seen"] = {}) =>
    judged("a-kind", { ...deciding, ...change }, judgement, { ...scenario, seen }).decision;

  it("needs every source that holds the evidence, and of a list any one", () => {
    expect(decide({})).toEqual({ decided: true, by: "calls", lacks: [] });
    expect(decide({}, { missing: ["prometheus"] })).toMatchObject({ decided: false, lacks: ["prometheus"] });
    expect(decide({}, { missing: ["cloudtrail"] })).toMatchObject({
      decided: false,
      lacks: ["access-logs or cloudtrail"],
    });
    expect(decide({}, { missing: ["elbv2"] }).decided).toBe(true);
  });

  it("takes another cluster, and a service that is in none, for unread", () => {
    for (const seen of [{ hidden: true }, { instances: ["i-1"] }, { elsewhere: scenario }])
      expect(decide({}, seen)).toMatchObject({ decided: false, lacks: ["prometheus"] });
  });

  it("needs the effect to show, and something that holds it", () => {
    expect(decide({ shown: () => false })).toMatchObject({ decided: false, lacks: ["the effect"] });
    expect(decide({ from: "nowhere" })).toMatchObject({ decided: false, lacks: [] });
  });

  it("is none where no cause is true, and must be told where one is", () => {
    const nothing = { ...judgement, truth: null };
    expect(judged("a-kind", deciding, nothing, scenario).decision).toMatchObject({ decided: null, by: "it waits" });
    expect(() => judged("a-kind", null, judgement, scenario)).toThrow("a-kind: a cause is true");
  });

  it("names as true as the truth only what is accepted", () => {
    const alsoTrue: readonly TrueCause[] = ["bad-target", "client-storm"];
    expect(judged("a-kind", { ...deciding, alsoTrue }, judgement, scenario).alsoTrue).toEqual(["bad-target"]);
  });
});

describe("kinds of worlds", () => {
  it("all say what decides them, in a line", () => {
    expect(Object.keys(DECIDES).sort()).toEqual([...WORLD_KINDS].sort());
    const said = Object.values(DECIDES).flatMap((one) => (one && "by" in one ? [one.by] : []));
    expect(said.filter((by) => by.length < 20 || by.includes("\n"))).toEqual([]);
  });

  it("are decided by what they are told by, and not without it", () => {
    expect(without("one-client-storm", 2, []).decided).toBe(true);
    expect(without("one-client-storm", 2, ["access-logs"]).decided).toBe(true);
    expect(without("one-client-storm", 2, ["prometheus"]).by).toMatch(/^the access log/);
    expect(without("check-changed-on-classic", 2, ["cloudtrail"])).toMatchObject({ lacks: ["cloudtrail"] });
    expect(without("blocked-workers", 2, ["prometheus"]).decided).toBe(false);
    expect(without("lowered-threshold", 2, ["kubernetes", "prometheus", "cloudtrail"]).decided).toBe(true);
  });

  it("are not decided by what looks the same", () => {
    expect(drawn("bad-target", 2).judgement.decision.decided).toBe(false);
    // As where all paths wait, which is not decided with the same log either.
    expect(drawn("one-path-waiting", 2).judgement.decision.decided).toBe(false);
    expect(drawn("dns-timeouts", 2).judgement.decision.decided).toBeNull();
  });

  it("of a rule that was taken back are decided by the trail alone", () => {
    const { scenario } = drawn("misrouted-requests", 3);
    const open = { ...scenario.loadBalancer, rules: [{ host: "a.example.com", path: "/*", group: 0 }] };
    const mended = { ...scenario.loadBalancer, rules: [] };
    const known: Judgement = { truth: "misrouted-requests", accept: [], never: [], why: "" };
    const decided = (loadBalancer: Scenario["loadBalancer"], missing: string[]) =>
      judged("misrouted-requests", DECIDES["misrouted-requests"], known, {
        ...scenario,
        loadBalancer,
        seen: { missing },
      }).decision.decided;
    expect([decided(open, ["cloudtrail"]), decided(mended, ["cloudtrail"])]).toEqual([true, false]);
    expect([decided(open, ["elbv2"]), decided(mended, ["elbv2"])]).toEqual([false, true]);
  });
});

describe("workers that are full while clients give up", () => {
  it("are a storm's where more gave up at first than came, and nobody's where both came at once", () => {
    expect(drawn("retry-storm", 2).judgement.decision).toMatchObject({ decided: true, lacks: [] });
    expect(drawn("ceiling-with-retries", 2).judgement.decision).toMatchObject({
      decided: false,
      lacks: ["the effect"],
    });
  });

  it("are too few where they were full before anybody gave up", () => {
    const { scenario, judgement } = drawn("ceiling-with-retries", 2);
    const patient = { ...scenario, faults: {} };
    const decided = (kind: WorldKind) => judged(kind, DECIDES[kind], judgement, patient).decision.decided;
    expect([decided("ceiling-with-retries"), decided("retry-storm")]).toEqual([true, false]);
  });
});

describe("hosts that all fail their checks", () => {
  it("are nobody's pods only where something tells of pods", () => {
    expect(without("no-pods-behind-nodes", 2, ["kubernetes"]).decided).toBe(true);
    expect(without("no-pods-behind-nodes", 2, ["kubernetes", "prometheus"]).decided).toBe(false);
    expect(without("no-healthy-targets", 2, ["kubernetes", "prometheus"]).decided).toBe(true);
  });
});

describe("a slow dependency", () => {
  const seeds = [1, 2, 3, 4, 5, 6];

  it("is decided where a second service waits in the same minutes, its fastest requests too", () => {
    const worlds = seeds.map((seed) => drawn("slow-dependency", seed));
    const risen = worlds.map(({ world, scenario }) => {
      const troubled = minutesOf(scenario.focus.slowDependency);
      const p10 = (group: number, minutes: readonly number[]) => {
        const own = world.groups.slice(group, group + 1);
        const values = minutes.map((minute) => statistic(own, null, minute, minute + 1, "p10") ?? 0);
        return values.reduce((all, one) => all + one, 0) / values.length;
      };
      const quiet = Array.from({ length: 10 }, (_, minute) => Math.min(...troubled) - 4 - minute);
      return scenario.others.some((_, index) => p10(index + 1, troubled) > 3 * p10(index + 1, quiet));
    });
    expect(worlds.map(({ judgement }) => judgement.decision.decided)).toEqual(risen);
    expect(new Set(risen).size).toBe(2);
  });
});

describe("what is right of the decided", () => {
  const decision = { decided: true, by: "", lacks: [] };
  const judgement: Judged = {
    truth: "canary-weight",
    accept: ["deploy-regression", "bad-target"],
    alsoTrue: ["deploy-regression"],
    never: [],
    why: "",
    decision,
  };
  const of = (rootCause: string | null, of: Judged = judgement) =>
    ofDecided(of, rootCause, marksOf(of, { rootCause, confidence: "likely", hypotheses: [] }));
  const run = (said: string | null, judged: Judged = judgement) =>
    ({
      kind: "canary-worse",
      judgement: judged,
      said,
      failure: null,
      marks: marksOf(judged, { rootCause: said, confidence: "likely", hypotheses: [] }),
      ofDecided: of(said, judged),
    }) as Run;
  const open: Judged = { ...judgement, decision: { ...decision, decided: false } };

  it("counts an accepted cause as right where it is as true, and apart where it is not", () => {
    const said = ["canary-weight", "deploy-regression", "bad-target", null, "cold-start"];
    expect(said.map((one) => of(one))).toEqual(["right", "right", "accepted", "open", "wrong"]);
    expect(said.map((one) => of(one, open))).toEqual([null, null, null, null, null]);
  });

  it("is printed beside the rest, by kind and in the sum", () => {
    const runs = [run("canary-weight"), run("bad-target"), run(null), run(null, open)];
    const [head, ...rows] = table(runs).split("\n");
    expect(head).toMatch(/decided {2}right of decided {2}accepted of decided$/);
    expect(rows.map((row) => row.trim().split(/\s+/).slice(-3))).toEqual([
      ["3", "1", "1"],
      ["3", "1", "1"],
    ]);
    expect(decidedLine(runs)).toBe("right 1 of 3 decided (33.3 %), accepted 1, open 1, wrong 0");
    expect(decidedLine([run(null, open)])).toBe("right 0 of 0 decided, accepted 0, open 0, wrong 0");
  });

  it("stands in the matrix of what is true and what was said", () => {
    const runs = [run("canary-weight"), run(null, open), run(null), run(null, { ...open, truth: null })];
    expect(confusion(runs)).toEqual([
      { truth: "canary-weight", said: "not established", runs: 2, decided: 1 },
      { truth: "canary-weight", said: "canary-weight", runs: 1, decided: 1 },
      { truth: "not established", said: "not established", runs: 1, decided: 0 },
    ]);
    expect(matrixLines(runs)[0]).toBe("canary-weight 3: not established 2 (1 decided), canary-weight 1 (1 decided)");
  });
});
