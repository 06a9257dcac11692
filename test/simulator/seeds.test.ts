import { describe, expect, it } from "vitest";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { coresIn, fleetCores, minutesOf } from "../../simulator/families/truths.ts";
import { figuresOf, mean, podCores, windowMinutes } from "../../simulator/figures.ts";
import { WorldSource } from "../../simulator/source.ts";
import { buildWorld, podsAtEnd, statistic, type World } from "../../simulator/world.ts";

function read(world: World, group: number, minute: number, name: string): number {
  return statistic(world.groups.slice(group, group + 1), null, minute, minute + 1, name) ?? 0;
}

describe("worker-ceiling has the figures of its report", () => {
  const world = buildWorld(INCIDENTS["worker-ceiling"]());
  const figures = figuresOf(world);
  const breaching = figures.episodes.flatMap((episode) => episode.minutes);

  it("9 OK→ALARM cycles within 5 hours, the longest about 6 minutes", () => {
    expect(figures.cycles).toBe(9);
    expect(figures.episodes).toHaveLength(9);
    expect((figures.episodes[8]?.alarmAt ?? 0) - (figures.episodes[0]?.alarmAt ?? 0)).toBeLessThan(5 * 3600);
    expect(Math.round(figures.longest / 60)).toBe(6);
    expect(world.state).toBe("OK");
  });

  it("5.83 s on average and 29.7 s at most in its worst burst, everything else below 0.5 s", () => {
    const worst = figures.episodes.find((episode) => episode.focusWorst === figures.focusWorst);
    expect(figures.focusWorst.toFixed(2)).toBe("5.83");
    expect(worst?.focusMaximum.toFixed(1)).toBe("29.7");
    expect(figures.focusMaximum.toFixed(1)).toBe("29.7");
    for (const group of [1, 2, 3, 4, 5])
      for (const minute of breaching) expect(read(world, group, minute, "Maximum")).toBeLessThan(0.5);
  });

  it("200 to 600 requests in the bursts' minutes", () => {
    const counts = breaching.map((minute) => statistic(world.groups, null, minute, minute + 1, "SampleCount") ?? 0);
    expect(Math.min(...counts)).toBeGreaterThan(190);
    expect(Math.max(...counts)).toBeLessThan(650);
  });

  it("all four pods alike, flat at 0.9 cores, hardly throttled", () => {
    for (const episode of figures.episodes) {
      expect(episode.cores.length).toBe(4);
      for (const { cores } of episode.cores) {
        expect(cores).toBeGreaterThan(0.45);
        expect(cores).toBeLessThan(0.95);
      }
      expect(episode.throttled).toBeCloseTo(0.001, 3);
    }
    const peaks = world.truth.pods.map((_, index) =>
      Math.max(...breaching.map((minute) => podCores(world, index, minute) ?? 0)),
    );
    for (const peak of peaks.slice(0, 4)) expect(peak).toBeGreaterThan(0.88);
    for (const peak of peaks) expect(peak).toBeLessThan(0.95);
  });

  it("a deploy a quarter of an hour before the page, after 8 of 9 episodes; the autoscaler never acted", () => {
    const [, deploy] = world.truth.replicaSets;
    expect(deploy?.version).toBe("v1.14.3-prod");
    expect(world.truth.length - (deploy?.created ?? 0)).toBe(900);
    const at = world.start + (deploy?.created ?? 0);
    expect(figures.episodes.filter((episode) => episode.alarmAt < at)).toHaveLength(8);
    expect(new Set(world.truth.autoscaler.desired)).toEqual(new Set([4]));
  });

  it("kubectl top shows one pod at 997m and three near idle; exec shows the quota and two processes", () => {
    const source = new WorldSource(world);
    const metrics = source.answer({
      source: "kubernetes",
      operation: "list",
      input: {
        apiVersion: "metrics.k8s.io/v1beta1",
        resource: "pods",
        namespace: "default",
        labelSelector: "app=data-service",
      },
    });
    const usage = [...JSON.stringify(metrics).matchAll(/"cpu":"(\d+)m"/g)]
      .map((match) => Number(match[1]))
      .sort((a, b) => b - a);
    expect(usage[0]).toBe(997);
    for (const cpu of usage.slice(1)) expect(cpu).toBeLessThan(20);
    const exec = (...command: string[]) =>
      JSON.stringify(
        source.answer({
          source: "kubernetes",
          operation: "exec",
          input: { namespace: "default", pod: podsAtEnd(world)[0]?.name ?? "", container: "data-service", command },
        }),
      );
    expect(exec("cat", "/sys/fs/cgroup/cpu.max")).toContain("150000 100000");
    expect(exec("ps", "-eo", "pid,ppid,args").match(/bin\/gunicorn/g)).toHaveLength(2);
  });
});

describe("clumping has the figures of its report", () => {
  const scenario = INCIDENTS.clumping();
  const world = buildWorld(scenario);
  const figures = figuresOf(world);
  const minutes = figures.episodes.flatMap((episode) => episode.minutes);
  const capacity = scenario.focus.replicas * 2;

  it("about 33 % CPU over the fleet and 3 s in the bursts", () => {
    expect(mean(minutes.map((minute) => fleetCores(world, minute))) / capacity).toBeCloseTo(0.33, 1);
    const sum = minutes.reduce((all, minute) => all + read(world, 0, minute, "Sum"), 0);
    const count = minutes.reduce((all, minute) => all + read(world, 0, minute, "SampleCount"), 0);
    expect(sum / count).toBeGreaterThan(2.7);
    expect(sum / count).toBeLessThan(3.3);
  });

  it("some pods queue while others idle, and not always the same", () => {
    const inside = minutesOf(scenario.focus.traffic.bursts);
    const clumped = inside.filter((minute) => {
      const cores = coresIn(world, minute);
      return Math.max(...cores) > 1.5 && Math.min(...cores) < 0.3;
    });
    expect(clumped.length).toBeGreaterThan(0.4 * inside.length);
    const hottest = figures.episodes.map((episode) => episode.cores.toSorted((a, b) => b.cores - a.cores)[0]?.pod);
    expect(new Set(hottest).size).toBeGreaterThan(3);
  });
});

describe("fleet-long-poll has the figures of its report", () => {
  const world = buildWorld(INCIDENTS["fleet-long-poll"]());

  it("3–5 requests a minute of about 300 s, always in ALARM", () => {
    for (const minute of windowMinutes(world)) {
      expect([3, 4, 5]).toContain(read(world, 0, minute, "SampleCount"));
      expect(read(world, 0, minute, "Average")).toBeGreaterThan(295);
      expect(read(world, 0, minute, "Maximum")).toBeLessThan(300);
    }
    expect(world.changes).toEqual([]);
    expect(world.state).toBe("ALARM");
  });

  it("5 nodes on NodePort 32202, all healthy", () => {
    const health = new WorldSource(world).answer({
      source: "elbv2",
      operation: "DescribeTargetHealth",
      input: { TargetGroupArn: world.arns.targetGroups[0] ?? "" },
    });
    expect(JSON.stringify(health).match(/"State":"healthy"/g)).toHaveLength(5);
    expect(JSON.stringify(health).match(/"Port":32202/g)).toHaveLength(5);
  });
});
