import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Measurement } from "../../simulator/tunnel/measurement.ts";
import { writeMeasurement } from "../../simulator/tunnel/measurement.ts";
import { recordMeasured } from "../../simulator/tunnel/record.ts";
import { type Row, unpackRows } from "../../simulator/tunnel/rows.ts";
import { runScenario } from "../../simulator/tunnel/run.ts";
import { short } from "../../simulator/tunnel/scenarios/short.ts";
import type { Manifest } from "../../src/sources/recording/recording.ts";
import { readRecording } from "../../src/sources/recording/recording.ts";
import { lbdoctor } from "../cli/lbdoctor.ts";

/*
 * One short run of the wind tunnel: nginx, haproxy and gunicorn in control groups, half a minute. The figures depend on
 * the machine; that the parts did what they are there for does not.
 */
describe("a short run of the wind tunnel", () => {
  const folder = mkdtempSync(join(tmpdir(), "lbdoctor-measured-"));
  let measurement: Measurement;
  let own: Row[];
  let manifest: Manifest;

  beforeAll(async () => {
    measurement = await runScenario(short, 30);
    own = unpackRows(measurement.requests).filter(({ service }) => service === 0);
    await writeMeasurement(folder, measurement);
    await recordMeasured(measurement, folder);
    ({ manifest } = await readRecording(folder));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("the load balancer logs what the client has sent, and both pods answer", () => {
    expect(measurement.client.sent).toBeGreaterThan(500);
    expect(own.length).toBeGreaterThan(0.9 * measurement.client.sent);
    expect(new Set(own.filter(({ status }) => status === 200).map(({ pod }) => pod))).toEqual(new Set([0, 1]));
  });

  test("the burst is beyond what two workers can work on: they line up for it, and nowhere else", () => {
    const mean = (from: number, to: number) => {
      const found = own.filter(({ end, latency }) => latency !== null && end >= from && end < to);
      return found.reduce((all, { latency }) => all + (latency ?? 0), 0) / found.length;
    };
    expect(mean(140, 200)).toBeGreaterThan(3 * mean(20, 100));
  });

  test("a worker at work uses a core and no more, well below the quota that its group has", () => {
    const pods = measurement.pods.filter(({ service }) => service === 0);
    const { core, time } = measurement.scale;
    for (const { cpu, periods, throttled } of pods) {
      // A minute of ticks in the burst, tenths of a real millisecond.
      const used = cpu.slice(26, 38).reduce((all, tick) => all + tick, 0) / 10_000;
      const cores = (used / core) * (time / 60);
      expect(cores).toBeGreaterThan(0.3);
      expect(cores).toBeLessThan(1.15);
      const sum = (line: readonly number[]) => line.reduce((all, one) => all + one, 0);
      expect(sum(periods)).toBeGreaterThan(50);
      expect(sum(throttled) / sum(periods)).toBeLessThan(0.2);
    }
  });

  test("nothing is left behind: no group, no folder", () => {
    for (const place of ["/sys/fs/cgroup", "/sys/fs/cgroup/cpu", "/sys/fs/cgroup/cpuacct"].filter((one) =>
      existsSync(one),
    ))
      expect(readdirSync(place).filter((name) => name.startsWith(`lbdoctor-tunnel-${process.pid}-`))).toEqual([]);
  });

  test("its recording says that it was measured, and how", () => {
    expect(manifest.provenance).toMatch(/^Measured in the wind tunnel .* real processes/);
    expect(manifest.provenance).toContain("one real second is 10 seconds here");
  });

  test("lbdoctor investigates the recording, and can read and find every answer", async () => {
    const { stdout } = await lbdoctor(["investigate", manifest.alarm, "--fixture", folder, "--json"]);
    const { gaps, findings } = JSON.parse(stdout);
    expect(findings.length).toBeGreaterThan(10);
    expect(gaps.filter(({ kind }: { kind: string }) => kind === "malformed" || kind === "not-recorded")).toEqual([]);
  });
});
