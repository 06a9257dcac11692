import { describe, expect, it } from "vitest";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { type Family, scenarioFor } from "../../simulator/families.ts";
import type { FocusService, Scenario } from "../../simulator/scenario.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld } from "../../simulator/world.ts";
import { withFix, withoutPinning } from "./apply.ts";
import { forecastsOf, type Said, saidOf } from "./outcomes.ts";
import { ceilingLike, drawnShape } from "./shapes.ts";

/** Whole incidents are simulated twice. */
const LONG = { timeout: 120_000 };

const cyclesOf = (scenario: Scenario) => buildWorld(scenario).changes.filter(({ to }) => to === "ALARM").length;
const changed = (scenario: Scenario, focus: Partial<FocusService>): Scenario => ({
  ...scenario,
  focus: withoutPinning({ ...scenario.focus, ...focus }),
});

const done = new WeakMap<Scenario, Map<string, ReturnType<typeof trying>>>();

/** The incident's alarm cycles as it was and with the offered fix made in the simulator; each is simulated once. */
function tried(scenario: Scenario, id: string): ReturnType<typeof trying> {
  const known = done.get(scenario) ?? new Map<string, ReturnType<typeof trying>>();
  done.set(scenario, known);
  const made = known.get(id) ?? trying(scenario, id);
  known.set(id, made);
  return made;
}

async function trying(scenario: Scenario, id: string) {
  const world = buildWorld(scenario);
  const { fixes } = await solveWorld(world);
  const fix = fixes.find((one) => one.id === id);
  if (!fix) throw new Error(`${scenario.name}: ${id} is not offered, but ${fixes.map((one) => one.id).join(", ")}`);
  const before = world.changes.filter(({ to }) => to === "ALARM").length;
  return { before, after: cyclesOf(withFix(scenario, fix)), fix };
}

describe("a ceiling that a queue of independent requests meets", LONG, () => {
  // Loads of 1.05 to 1.2 of the ceiling: the main incident's shape, each with its own figures.
  const scenarios = Array.from({ length: 8 }, (_, index) => ceilingLike(drawnShape(500 + index, [1.05, 1.2])));

  it.each(scenarios)("$name: more workers do what the fix says they would", async (scenario) => {
    const { before, after, fix } = await tried(scenario, "more-workers");
    expect(before).toBeGreaterThan(0);
    const said = saidOf(fix);
    expect(said).not.toBeNull();
    if (said === "quiet") expect(after).toBe(0);
    if (said === "fires") expect(after).toBeGreaterThan(0);
  });

  it("of which some are said to keep quiet", async () => {
    const fixes = await Promise.all(scenarios.map((scenario) => tried(scenario, "more-workers")));
    expect(fixes.filter(({ fix }) => saidOf(fix) === "quiet").length).toBeGreaterThanOrEqual(3);
  });

  it.each([600, 601, 602, 603])("shape %d with one worker a pod, as in the main incident: ended", async (seed) => {
    const scenario = ceilingLike({ ...drawnShape(seed, [1.02, 1.12]), workers: 1 });
    const { before, after, fix } = await tried(scenario, "more-workers");
    expect(before).toBeGreaterThan(0);
    // Two workers, or three where two would come within the forecast's error of the threshold.
    expect(fix.title).toMatch(/^[23] workers/);
    expect(after).toBe(0);
  });

  it.each(scenarios.slice(0, 4))("$name: what is refused does not", async (scenario) => {
    const { before, fix } = await tried(scenario, "more-workers");
    const refused = fix.notOffered?.map(({ id }) => id);
    expect(refused).toContain("least-outstanding-requests");
    expect(refused).toContain("quota-alone");
    expect(cyclesOf(changed(scenario, { algorithm: "least_outstanding_requests" }))).toBe(before);
    const quota = (scenario.focus.cpuLimit ?? 0) + 1;
    expect(cyclesOf(changed(scenario, { cpuLimit: quota }))).toBe(before);
  });
});

describe("a ceiling that callers meet who wait for their answers", { timeout: 300_000 }, () => {
  // No threshold was set on these seeds; `npm run outcomes -- 40 1000 worker-concurrency-ceiling` tries more of them.
  const scenarios = Array.from({ length: 12 }, (_, index) => scenarioFor("worker-concurrency-ceiling", 1020 + index));

  it("is never said to keep quiet where it fires, and never to fire where it keeps quiet", async () => {
    const outcomes = (await Promise.all(scenarios.map((scenario) => forecastsOf(buildWorld(scenario))))).flat();
    const of = (said: Said) => outcomes.filter((one) => one.said === said).map(({ cycles }) => cycles > 0);
    expect(of("quiet").length).toBeGreaterThan(0);
    expect(of("quiet")).not.toContain(true);
    expect(of("fires").length).toBeGreaterThan(0);
    expect(of("fires")).not.toContain(false);
  });

  it("says how many of them the alarm would bear, and it does", async () => {
    const limits = [];
    for (const scenario of scenarios) {
      const { fixes } = await solveWorld(buildWorld(scenario));
      const fix = fixes.find((one) => saidOf(one) !== null);
      const limit = /with (\d+) the alarm would stay quiet/.exec(fix?.arithmetic?.join("\n") ?? "")?.[1];
      if (!fix || limit === undefined) continue;
      const fixed = withFix(scenario, fix);
      const bursts = fixed.focus.traffic.bursts.map((burst) =>
        burst.callers ? { ...burst, callers: { ...burst.callers, count: Number(limit) } } : burst,
      );
      limits.push(cyclesOf(changed(fixed, { traffic: { ...fixed.focus.traffic, bursts } })));
    }
    expect(limits.length).toBeGreaterThan(1);
    expect(limits.every((cycles) => cycles === 0)).toBe(true);
  });
});

describe("clumping", LONG, () => {
  const scenario = INCIDENTS.clumping();

  it("ends with pods as targets and least outstanding requests together", async () => {
    const { before, after } = await tried(scenario, "ip-targets-and-least-outstanding");
    expect(before).toBeGreaterThan(0);
    expect(after).toBe(0);
  });

  it.each<[string, Partial<FocusService>]>([
    ["least-outstanding-requests", { algorithm: "least_outstanding_requests" }],
    ["ip-targets", { targetType: "ip" }],
    ["more-pods", { replicas: Math.ceil(scenario.focus.replicas * 1.5) }],
  ])("does not end with what is refused: %s", async (id, change) => {
    const { before, fix } = await tried(scenario, "ip-targets-and-least-outstanding");
    expect(fix.notOffered?.map((one) => one.id)).toContain(id);
    expect(cyclesOf(changed(scenario, change))).toBeGreaterThan(before / 2);
  });
});

describe("uneven pods", { timeout: 300_000 }, () => {
  const seeds = Array.from({ length: 12 }, (_, index) => 1000 + index);

  it.each(seeds)("%d: what is said of the alarm comes true, and no refused half ends it", async (seed) => {
    const scenario = scenarioFor("uneven-pod-load", seed);
    const { after, fix } = await tried(scenario, "ip-targets-and-least-outstanding");
    if (saidOf(fix) === "quiet") expect(after).toBe(0);
    if (saidOf(fix) === "fires") expect(after).toBeGreaterThan(0);
    const refused = new Set(fix.notOffered?.map(({ id }) => id));
    if (refused.has("least-outstanding-requests"))
      expect(cyclesOf(changed(scenario, { algorithm: "least_outstanding_requests" }))).toBeGreaterThan(0);
    if (refused.has("ip-targets")) expect(cyclesOf(changed(scenario, { targetType: "ip" }))).toBeGreaterThan(0);
  });
});

describe("the other causes' fixes end their alarms", LONG, () => {
  const cases: readonly (readonly [Family, number, string])[] = [
    ["cpu-throttling", 2, "raise-quota"],
    ["cpu-throttling", 3, "raise-quota"],
    ["cpu-throttling", 4, "raise-quota"],
    ["deploy-regression", 1, "roll-back"],
    ["deploy-regression", 2, "roll-back"],
    ["deploy-regression", 3, "roll-back"],
    ["alarm-too-sensitive", 1, "calmer-alarm"],
    ["alarm-too-sensitive", 2, "calmer-alarm"],
    ["alarm-too-sensitive", 3, "calmer-alarm"],
    ["low-traffic-artifact", 1, "calmer-alarm"],
    ["low-traffic-artifact", 2, "calmer-alarm"],
    ["low-traffic-artifact", 3, "calmer-alarm"],
  ];

  it.each(cases)("%s %d: %s", async (family, seed, id) => {
    const { before, after } = await tried(scenarioFor(family, seed), id);
    expect(before).toBeGreaterThan(0);
    expect(after).toBe(0);
  });
});

describe("a raised quota", { timeout: 300_000 }, () => {
  it.each([1, 1000, 1003, 1004, 1005, 1008, 1010, 1014])("%d: what is said of the alarm comes true", async (seed) => {
    const scenario = scenarioFor("cpu-throttling", seed);
    const { after, fix } = await tried(scenario, "raise-quota");
    const said = saidOf(fix);
    // No number of workers bounds a java process, and no forecast is made of it.
    expect(said === null).toBe(scenario.focus.server.flavour === "java");
    if (said === "quiet") expect(after).toBe(0);
    if (said === "fires") {
      expect(after).toBeGreaterThan(0);
      expect(fix.why).toMatch(/does not end the alarm/);
    }
  });
});

describe("more nodes", { timeout: 300_000 }, () => {
  it.each([1000, 1001, 1002, 1006, 1009, 1010, 1013, 1014])(
    "%d: what is said of the alarm comes true",
    async (seed) => {
      const scenario = scenarioFor("insufficient-capacity", seed);
      const { after, fix } = await tried(scenario, "more-nodes");
      const said = saidOf(fix);
      // No number of workers bounds a java process, and no forecast is made of it.
      expect(said === null).toBe(scenario.focus.server.flavour === "java");
      if (said === "quiet") expect(after).toBe(0);
      if (said === "fires") expect(after).toBeGreaterThan(0);
    },
  );

  it("end the alarm where they are said to, as they do in some of these", async () => {
    const { after, fix } = await tried(scenarioFor("insufficient-capacity", 1013), "more-nodes");
    expect(saidOf(fix)).toBe("quiet");
    expect(after).toBe(0);
  });
});

describe("the main incident's other changes", LONG, () => {
  const scenario = INCIDENTS["worker-ceiling"]();

  it.each(["autoscaler-that-acts", "spread-pods"])(
    "%s says that it does not end the alarm, and does not",
    async (id) => {
      const { before, after, fix } = await tried(scenario, id);
      expect(fix.why).toMatch(/does not end the alarm/);
      expect(after).toBe(before);
    },
  );

  it("the autoscaler acts after its change, and did not before", async () => {
    const { fix } = await tried(scenario, "autoscaler-that-acts");
    const most = (one: Scenario) => Math.max(...buildWorld(one).truth.autoscaler.desired);
    expect(most(scenario)).toBe(scenario.focus.replicas);
    expect(most(withFix(scenario, fix))).toBeGreaterThan(scenario.focus.replicas);
  });

  it("all of them together end it", async () => {
    const { fixes } = await solveWorld(buildWorld(scenario));
    expect(cyclesOf(fixes.reduce(withFix, scenario))).toBe(0);
  });
});

describe("a long poll", LONG, () => {
  it("is left alone: no offered change touches the service", async () => {
    const { fixes } = await solveWorld(buildWorld(INCIDENTS["fleet-long-poll"]()));
    expect(fixes.map(({ id }) => id)).toEqual(["exempt-long-poll"]);
    for (const { command } of fixes[0]?.changes ?? []) expect(command).toMatch(/^aws cloudwatch /);
  });

  it("is not cured by more pods, which are refused", () => {
    const scenario = INCIDENTS["fleet-long-poll"]();
    const worst = (one: Scenario) => Math.max(...buildWorld(one).alarmMetric.map((value) => value ?? 0));
    expect(worst(changed(scenario, { replicas: 3 }))).toBeGreaterThan(100 * scenario.alarm.threshold);
  });
});

describe("where nothing is established nothing is offered", LONG, () => {
  it.each([1, 2, 3])("healthy %d", async (seed) => {
    const { fixes } = await solveWorld(buildWorld(scenarioFor("healthy", seed)));
    expect(fixes).toEqual([]);
  });
});
