import { readdirSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { folderOf, type Measurement, readMeasurement } from "../../simulator/tunnel/measurement.ts";
import { investigateMeasured } from "../../simulator/tunnel/record.ts";
import { unpackRows } from "../../simulator/tunnel/rows.ts";
import { MeasuredSource } from "../../simulator/tunnel/source.ts";
import { judgementOf } from "../../simulator/tunnel/table.ts";
import type { Session } from "../../src/model/session.ts";
import { iso } from "../../src/model/time.ts";
import { readRecording } from "../../src/sources/recording/recording.ts";

/** What cannot be decided with what is read: whether retries or the first requests fill the workers. */
const OPEN: readonly string[] = ["retry-storm"];

const IDS = readdirSync(folderOf("")).sort();
const MEASURED = await Promise.all(
  IDS.map(async (id) => ({ id, measurement: (await readMeasurement(folderOf(id))) as Measurement })),
);

describe.each(MEASURED)("the measured incident $id", ({ id, measurement }) => {
  const source = new MeasuredSource(measurement);
  const { world, rows } = source.measured;
  const { loadBalancerDimension: balancer, targetGroupDimensions } = world.arns;
  const minutes = Array.from({ length: world.minutes }, (_, minute) => minute);

  /** The sum of a count over the whole run. */
  async function count(name: string, dimensions: Record<string, string>): Promise<number> {
    const Metric = {
      Namespace: "AWS/ApplicationELB",
      MetricName: name,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    };
    const answer = await source.ask({
      source: "cloudwatch",
      operation: "GetMetricData",
      input: {
        StartTime: iso(world.start),
        EndTime: iso(world.scenario.now),
        MetricDataQueries: [{ Id: "m", MetricStat: { Metric, Period: 60, Stat: "Sum" } }],
      },
    });
    if (answer.status === "failed") throw new Error(answer.failure.message);
    const [page] = answer.pages as { MetricDataResults: { Values: number[] }[] }[];
    return page?.MetricDataResults[0]?.Values.reduce((all, one) => all + one, 0) ?? 0;
  }

  test("is small, and its recording says that it was measured", async () => {
    expect(statSync(`${folderOf(id)}/measurement.json`).size).toBeLessThan(300_000);
    const { manifest } = await readRecording(folderOf(id));
    expect(manifest.provenance).toMatch(/^Measured in the wind tunnel/);
  });

  test("counts the log's requests, whichever way they are divided", async () => {
    const all = rows.filter(({ end }) => end < world.minutes * 60).length;
    expect(all).toBe(unpackRows(measurement.requests).filter(({ end }) => end < world.minutes * 60).length);
    expect(await count("RequestCount", { LoadBalancer: balancer })).toBe(all);
    const groups = targetGroupDimensions.map((TargetGroup) =>
      count("RequestCount", { LoadBalancer: balancer, TargetGroup }),
    );
    const zones = world.scenario.place.zones.map((AvailabilityZone) =>
      count("RequestCount", { LoadBalancer: balancer, AvailabilityZone }),
    );
    for (const parts of [groups, zones])
      expect((await Promise.all(parts)).reduce((sum, one) => sum + one, 0)).toBe(all);
  });

  test("has a status from a target or from the load balancer for each request", async () => {
    const names = ["HTTPCode_Target_2XX_Count", "HTTPCode_ELB_4XX_Count", "HTTPCode_ELB_5XX_Count"];
    const counts = await Promise.all(names.map((name) => count(name, { LoadBalancer: balancer })));
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(await count("RequestCount", { LoadBalancer: balancer }));
  });

  test("has no pod that uses more than its limit allows", () => {
    const limit = measurement.scenario.fleet.cpuLimit ?? Number.POSITIVE_INFINITY;
    for (const pod of world.truth.pods)
      for (const minute of minutes) {
        const before = pod.cpu[minute * 12 - pod.firstTick];
        const after = pod.cpu[(minute + 1) * 12 - pod.firstTick];
        // The kernel hands quota out in slices, and counters are read when the timer fires.
        if (before !== undefined && after !== undefined) expect((after - before) / 60).toBeLessThan(limit * 1.1);
      }
  });

  const expected = OPEN.includes(id) ? "open" : "right";
  test(`is judged ${expected}`, async () => {
    const session: Session = await investigateMeasured(measurement);
    expect(judgementOf(measurement, session)).toBe(expected);
  });
});
