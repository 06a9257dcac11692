import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { drawArrivals } from "../../simulator/tunnel/arrivals.ts";
import { makeGroup } from "../../simulator/tunnel/cgroup.ts";
import { packRows, parseLog, unpackRows } from "../../simulator/tunnel/rows.ts";
import { SCENARIOS } from "../../simulator/tunnel/scenarios/index.ts";
import { isStarved } from "../../simulator/tunnel/starvation.ts";

describe("control groups", () => {
  let mount: string;
  beforeEach(() => {
    mount = mkdtempSync(join(tmpdir(), "lbdoctor-cgroup-"));
  });
  afterAll(() => rmSync(mount, { recursive: true }));

  it("writes the quota of version 2 in cpu.max, and reads microseconds", () => {
    writeFileSync(join(mount, "cgroup.controllers"), "cpu memory");
    writeFileSync(join(mount, "cgroup.subtree_control"), "memory");
    const group = makeGroup("pod", mount);
    expect(readFileSync(join(mount, "cgroup.subtree_control"), "utf8")).toBe("+cpu");
    group.limit(0.15, 40_000);
    expect(readFileSync(join(mount, "pod/cpu.max"), "utf8")).toBe("6000 40000");
    group.limit(null, 40_000);
    expect(readFileSync(join(mount, "pod/cpu.max"), "utf8")).toBe("max 40000");
    writeFileSync(join(mount, "pod/cpu.stat"), "usage_usec 2500000\nnr_periods 20\nnr_throttled 3\nthrottled_usec 9\n");
    expect(group.usage()).toEqual({ cpu: 2.5, periods: 20, throttled: 3 });
  });

  it("writes the quota of version 1 in its two files, and reads nanoseconds from the accounting", () => {
    for (const controller of ["cpu", "cpuacct"]) mkdirSync(join(mount, controller));
    const group = makeGroup("pod", mount);
    group.limit(0.15, 40_000);
    expect(readFileSync(join(mount, "cpu/pod/cpu.cfs_quota_us"), "utf8")).toBe("6000");
    expect(readFileSync(join(mount, "cpu/pod/cpu.cfs_period_us"), "utf8")).toBe("40000");
    writeFileSync(join(mount, "cpu/pod/cpu.stat"), "nr_periods 20\nnr_throttled 3\nthrottled_time 5\n");
    writeFileSync(join(mount, "cpuacct/pod/cpuacct.usage"), "2500000000\n");
    expect(group.usage()).toEqual({ cpu: 2.5, periods: 20, throttled: 3 });
  });

  it("says what it needs where it cannot write", () => {
    expect(() => makeGroup("pod", join(mount, "nowhere"))).toThrow("needs to write CPU control groups");
  });
});

describe("the access log", () => {
  const line = (over: Record<string, string>) =>
    Object.values({
      msec: "1000.500",
      host: "data",
      time: "0.050",
      header: "0.040",
      address: "127.20.1.2:31200",
      status: "200",
      target: "200",
      pod: "s0-p1",
      peer: "127.0.0.1:4000",
      connection: "7",
      requests: "1",
      ...over,
    }).join("\t");
  const log = [
    line({}),
    line({ msec: "1001.000", requests: "2" }),
    line({ msec: "1001.500", status: "502", target: "502", pod: "-", peer: "-", header: "-" }),
    "half a li",
  ].join("\n");
  const rows = parseLog(log, 1000, [{ host: "data", keeps: true }], ["s0-p0", "s0-p1"]);

  it("is read in model time", () => {
    expect(rows[0]).toMatchObject({ end: 5, latency: 0.4, total: 0.5, pod: 1, target: 1 });
  });

  it("knows a kept connection again by the port that the pod saw", () => {
    expect(rows.map(({ newTarget }) => newTarget)).toEqual([true, false, false]);
    expect(rows.map(({ newClient }) => newClient)).toEqual([true, false, true]);
  });

  it("tells the load balancer's own 502 from a target's answer", () => {
    expect(rows[2]).toMatchObject({ status: 502, targetStatus: null, latency: null, pod: -1 });
  });

  it("leaves out a line that was cut", () => {
    expect(rows).toHaveLength(3);
  });

  it("comes out of its packing as it went in", () => {
    expect(unpackRows(packRows(rows))).toEqual(rows);
  });
});

describe("the scenarios", () => {
  it.each(SCENARIOS)("$id has arrivals in order, within its bounds, and the same for its fix", (scenario) => {
    const length = (scenario.minutes + scenario.lead) * 60;
    const arrivals = drawArrivals(scenario.load, scenario.seed, length);
    expect(arrivals.every(({ at }, index) => at < length && at >= (arrivals[index - 1]?.at ?? 0))).toBe(true);
    expect(drawArrivals(scenario.load, scenario.seed, length)).toEqual(arrivals);
  });

  it("are refused where they ask for a flood", () => {
    const work = { cpu: 0.1, cv: 0, cpuMax: 1, wait: 0 };
    expect(() => drawArrivals({ base: 1000, bursts: [], work }, 1, 3600)).toThrow(RangeError);
  });
});

describe("a machine that others use", () => {
  const client = { sent: 600, retried: 0, lateness: 3 };

  it("is told by what a request lost for want of a CPU", () => {
    expect(isStarved({ client, starved: [0.4, 0.5] })).toBe(false);
    // 66 of 120 model seconds: more than a tenth for each of 600 requests.
    expect(isStarved({ client, starved: [0.5, 0.6] })).toBe(true);
  });

  it("is told by requests that leave late", () => {
    expect(isStarved({ client: { ...client, lateness: 80 }, starved: [0, 0] })).toBe(true);
  });
});
