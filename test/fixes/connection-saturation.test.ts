import { describe, expect, it } from "vitest";
import drainTheQueue from "../../playbooks/fixes/drain-the-queue/fix.ts";
import moreTargets from "../../playbooks/fixes/more-targets/fix.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld } from "../../simulator/world.ts";
import { worldFor } from "../../simulator/worlds.ts";
import type { Facts } from "../../src/model/facts.ts";
import { classic } from "../signals/classic.ts";
import { flows } from "../signals/connections.ts";
import { episodes, level } from "../signals/facts.ts";
import { groupFacts, said, verdictOf } from "./group-facts.ts";

const SATURATED = verdictOf("connection-saturation");

/** The made-up window with these facts over the main incident's. */
function facts(topology: Partial<Facts["topology"]>, workload: Partial<Facts["workload"]> = {}) {
  const known = groupFacts({ topology, workload });
  const [group] = known.targetGroups;
  return {
    ...known,
    ...episodes(),
    suspect: { group: { arn: "arn:data", name: "data" }, isOwn: true },
    autoscaler: undefined as never,
    targetGroups: [{ ...group, arn: "arn:data", protocol: "TCP" }] as never,
  };
}

describe("more targets for a Network Load Balancer without a free port", () => {
  const busy = flows({ begun: level(900, 140_000), ports: level(0, 30_000) });
  const proposed = (topology: Partial<Facts["topology"]>, known = busy, workload = {}) =>
    moreTargets.propose({ ...facts({ healthy: 3, targetType: "ip", ...topology }, workload), ...known }, SATURATED, []);

  it("counts the dropped connections with those that were made, 55,000 to a target", () => {
    const fix = proposed({});
    expect(fix?.title).toBe("4 targets in data instead of 3");
    expect(said(fix)).toContain("170000 / 55000 a target = 3.09: at least 4 targets; there are 3");
    expect(proposed({}, flows({ begun: level(900, 270_000), ports: level(0, 10_000) }))?.title).toBe(
      "6 targets in data instead of 3",
    );
  });

  it("asks for one more where the count of new connections would do: those that stay open count as well", () => {
    const fix = proposed({}, flows({ begun: level(900, 90_000), ports: level(0, 500) }));
    expect(fix?.title).toBe("4 targets in data instead of 3");
    expect(said(fix)).toContain("ActiveFlowCount");
  });

  it("is so many pods more where the pods are the targets, and no pods where nodes are", () => {
    expect(JSON.parse(proposed({}, busy, { replicas: 3 })?.changes[0]?.patch ?? "{}")).toEqual({
      spec: { replicas: 4 },
    });
    const nodes = proposed({ targetType: "instance" });
    expect(nodes?.changes).toEqual([]);
    expect(said(nodes)).toContain("more pods on the same nodes bring no ports");
  });

  it("tells how client addresses are preserved where they are not, and for whom ports are needed where they are", () => {
    expect(said(proposed({ preservesClientIp: false }))).toContain(
      "--attributes Key=preserve_client_ip.enabled,Value=true",
    );
    const kept = said(proposed({ preservesClientIp: true }));
    expect(kept).toContain("PrivateLink");
    expect(kept).not.toContain("Value=true");
    expect(said(proposed({}))).not.toContain("preserve_client_ip");
  });

  it("is nothing without the count of connections, and for another cause", () => {
    expect(proposed({}, flows({ ports: level(0, 10) }))).toBeNull();
    const known = { ...facts({ healthy: 3 }), ...busy };
    expect(moreTargets.propose(known, verdictOf("no-healthy-targets"), [])).toBeNull();
  });
});

describe("room for what a Classic Load Balancer's queue turns down", () => {
  const over = classic({ requests: level(500, 3000), spilled: level(null, 750) });
  const proposed = (known: object, on: ReturnType<typeof classic> = over) =>
    drainTheQueue.propose({ ...facts({ healthy: 8 }), ...known, ...on }, SATURATED, []);

  it("is what the pods took, times what came for what was taken", () => {
    const fix = proposed({});
    expect(JSON.parse(fix?.changes[0]?.patch ?? "{}")).toEqual({ spec: { replicas: 5 } });
    expect(said(fix)).toContain("3000 requests taken and 750 rejected, 1.25 times what was taken");
    expect(said(fix)).toContain("4 pods × 1.25 = 5: at least 5");
  });

  it("is instances where no pods are known, which no command here can add", () => {
    const fix = proposed({ workload: undefined });
    expect(fix?.title).toContain("10 instances behind");
    expect(fix?.changes).toEqual([]);
    expect(said(fix)).toContain("aws elb register-instances-with-load-balancer");
  });

  it("takes the worst period, and one more at least", () => {
    const [start] = episodes().episodes.episodes;
    const spilled = level(null, 10).map((value, minute) => (minute === 35 ? 1500 : value));
    expect(start).toBeDefined();
    expect(proposed({}, classic({ requests: level(500, 3000), spilled }))?.title).toContain("6 pods");
    expect(proposed({}, classic({ requests: level(500, 3000), spilled: level(null, 3) }))?.title).toContain("5 pods");
  });

  it("is nothing where nothing was turned down", () => {
    expect(proposed({}, classic({ requests: level(500, 3000) }))).toBeNull();
  });
});

describe("whole incidents", { timeout: 60_000 }, () => {
  const offered = async (kind: "flash-on-network" | "flash-on-classic" | "local-policy-unhealthy", seeds: number[]) => {
    const all = [];
    for (const seed of seeds) {
      const { scenario } = worldFor(kind, seed);
      const { verdict, fixes } = await solveWorld(buildWorld(scenario));
      all.push({ cause: verdict?.rootCause ?? null, fixes: fixes.map(({ id }) => id) });
    }
    return all;
  };

  it.each([
    ["flash-on-network", "connection-saturation", "more-targets"],
    ["flash-on-classic", "connection-saturation", "drain-the-queue"],
    ["local-policy-unhealthy", "local-policy-blackhole", "targets-with-pods"],
  ] as const)("%s: whoever is told %s is offered %s", async (kind, cause, fix) => {
    const named = (await offered(kind, [1, 2, 3, 4])).filter((one) => one.cause === cause);
    expect(named.length).toBeGreaterThan(0);
    for (const { fixes } of named) expect(fixes).toContain(fix);
  });
});
