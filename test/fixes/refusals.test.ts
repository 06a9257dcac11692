import { describe, expect, it } from "vitest";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { FAMILIES, type Family, scenarioFor } from "../../simulator/families.ts";
import type { FocusService, Scenario } from "../../simulator/scenario.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld, type World } from "../../simulator/world.ts";
import { withoutPinning } from "./apply.ts";

/**
 * What a fix says would not help, made in the simulator. Least outstanding requests, pods as targets and more pods for
 * uneven pods are in simulated.test.ts.
 */
const LONG = { timeout: 120_000 };

const firings = (world: World) => world.changes.filter(({ to }) => to === "ALARM").length;
const changed = (scenario: Scenario, focus: Partial<FocusService>): World =>
  buildWorld({ ...scenario, focus: withoutPinning({ ...scenario.focus, ...focus }) });

async function refusalsOf(scenario: Scenario): Promise<string[]> {
  const { fixes } = await solveWorld(buildWorld(scenario));
  return fixes.flatMap(({ notOffered = [] }) => notOffered.map(({ id }) => id));
}

const more = ({ replicas, server }: FocusService): Partial<FocusService> => ({
  replicas: 2 * replicas,
  server: { ...server, processes: 2 * server.processes },
});

describe("the main incident", LONG, () => {
  const scenario = INCIDENTS["worker-ceiling"]();
  const before = firings(buildWorld(scenario));

  it.each<[string, Partial<FocusService>]>([
    ["least-outstanding-requests", { algorithm: "least_outstanding_requests" }],
    ["quota-alone", { cpuLimit: 2 * (scenario.focus.cpuLimit ?? 1) }],
    ["roll-back", { rollouts: [] }],
  ])("goes on as before with what is refused: %s", async (id, change) => {
    expect(await refusalsOf(scenario)).toContain(id);
    expect(firings(changed(scenario, change))).toBe(before);
  });

  it("goes on with a readiness probe that the workers answer, and requests are lost on top", async () => {
    expect(await refusalsOf(scenario)).toContain("readiness-probe");
    const lost = (world: World) => world.truth.servedBy.filter((pod) => pod < 0).length;
    // Kubernetes' defaults: every 10 s, 1 s to answer, three failures.
    const probed = changed(scenario, { readinessProbe: { period: 10, timeout: 1, failureThreshold: 3 } });
    expect(lost(buildWorld(scenario))).toBe(0);
    expect(lost(probed)).toBeGreaterThan(0);
    expect(firings(probed)).toBeGreaterThanOrEqual(before);
  });

  it("is left alone by a readiness probe once the workers are enough", () => {
    const { server, cpuLimit } = scenario.focus;
    const enough = { server: { ...server, processes: 3 }, cpuLimit: 2 * (cpuLimit ?? 1) };
    const probed = changed(scenario, { ...enough, readinessProbe: { period: 10, timeout: 1, failureThreshold: 3 } });
    expect(probed.truth.servedBy.every((pod) => pod >= 0)).toBe(true);
    expect(firings(probed)).toBe(0);
  });
});

describe("what has nothing to do with the service's own size", LONG, () => {
  it.each<[Family, number, string]>([
    ["slow-dependency", 1, "more-pods"],
    ["slow-dependency", 2, "more-pods"],
    ["alarm-too-sensitive", 1, "change-the-service"],
    ["low-traffic-artifact", 1, "change-the-service"],
    ["shared-load-balancer", 1, "change-one-service"],
  ])("%s %d goes on with twice the pods and workers, which are refused as %s", async (family, seed, id) => {
    const scenario = scenarioFor(family, seed);
    expect(await refusalsOf(scenario)).toContain(id);
    expect(firings(changed(scenario, more(scenario.focus)))).toBeGreaterThanOrEqual(firings(buildWorld(scenario)) / 2);
  });
});

describe("a long poll", LONG, () => {
  const scenario = INCIDENTS["fleet-long-poll"]();
  const held = buildWorld(scenario);

  it("stays in ALARM with more of everything, and with a threshold ten times as high", async () => {
    expect(await refusalsOf(scenario)).toEqual(
      expect.arrayContaining(["scale-the-service", "idle-timeout", "higher-threshold"]),
    );
    expect(changed(scenario, { ...more(scenario.focus), cpuLimit: 4 }).state).toBe("ALARM");
    const higher = { ...scenario.alarm, threshold: 10 * scenario.alarm.threshold };
    expect(buildWorld({ ...scenario, alarm: higher }).state).toBe("ALARM");
  });

  it("is cut off by a shorter idle timeout", () => {
    const given = ({ groups }: World) => [...(groups[0]?.timedOut ?? [])].reduce((all, one) => all + one, 0);
    const shorter = buildWorld({ ...scenario, loadBalancer: { ...scenario.loadBalancer, idleTimeout: 60 } });
    expect(given(held)).toBe(0);
    expect(given(shorter)).toBeGreaterThan(100);
  });
});

it("names every refusal that these incidents bring", LONG, async () => {
  const scenarios = [
    ...Object.values(INCIDENTS).map((one) => one()),
    ...FAMILIES.flatMap((family) => [1, 2].map((seed) => scenarioFor(family, seed))),
  ];
  const found = new Set((await Promise.all(scenarios.map(refusalsOf))).flat());
  expect([...found].sort()).toEqual([
    "change-one-service",
    "change-the-service",
    "higher-threshold",
    "idle-timeout",
    "ip-targets",
    "least-outstanding-requests",
    // Of the alarm, as is a higher threshold: alarm-steadier.test.ts.
    "more-datapoints-in-a-row",
    "more-pods",
    "quota-alone",
    "readiness-probe",
    "roll-back",
    "scale-the-service",
  ]);
});
