import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { EXPECTED } from "../../simulator/expected.ts";
import { writeFixture } from "../../simulator/write-fixtures.ts";
import type { Session } from "../../src/model/session.ts";
import { fixtures, recorded, replay } from "./replay.ts";

describe.each(fixtures)("%s", (name) => {
  let session: Session;
  const expected = EXPECTED[name];
  beforeAll(async () => {
    session = await replay(await recorded(name));
  });

  it("has the verdict that its document tells, for all of its episodes", () => {
    const { verdict, facts } = session;
    expect(verdict).toMatchObject({ rootCause: expected?.rootCause, confidence: "confirmed" });
    expect(verdict?.explains).toEqual({
      episodes: facts.episodes?.episodes.length,
      of: facts.episodes?.episodes.length,
    });
  });

  it("has the factors that its document tells", () => {
    expect(session.verdict?.factors).toEqual(expect.arrayContaining([...(expected?.factors ?? ["?"])]));
  });

  it("rejects the plausible explanations, each by a finding that is there with its command", () => {
    for (const cause of expected?.rejected ?? ["?"]) {
      const hypothesis = session.hypotheses.find((one) => one.cause === cause);
      expect(hypothesis?.status, cause).toBe("rejected");
      const deciding = session.findings.find(({ id }) => id === hypothesis?.evidence[0]);
      expect(deciding?.reproduce.length, `the finding that rejects ${cause}`).toBeGreaterThan(0);
    }
  });

  it("names only findings that exist, and leaves nothing unanswered", () => {
    const ids = session.findings.map(({ id }) => id);
    for (const { cause, evidence, status } of session.hypotheses)
      if (status !== "undetermined") for (const id of evidence) expect(ids, `evidence of ${cause}`).toContain(id);
    for (const { factor, evidence } of session.factors)
      for (const id of evidence) expect(ids, `evidence of ${factor}`).toContain(id);
    expect(session.gaps.filter(({ what }) => !what.includes("the access log is off"))).toEqual([]);
  });
});

describe("the main incident", () => {
  it("has the figures of its document", async () => {
    const { facts, findings } = await replay(await recorded("worker-ceiling"));
    const measure = (id: string, name: string) => findings.find((finding) => finding.id === id)?.measures[name];
    expect(facts.alarm).toMatchObject({
      statistic: "Average",
      threshold: 0.8,
      period: 60,
      evaluationPeriods: 2,
      comparison: "GreaterThanThreshold",
    });
    expect(facts.episodes?.cycles).toBe(9);
    expect(facts.targetGroups).toHaveLength(6);
    expect(facts.topology).toMatchObject({ targetType: "instance", algorithm: "round_robin" });
    expect(facts.topology?.targets?.map(({ port }) => port)).toEqual(Array(10).fill(31892));
    expect(facts.service).toMatchObject({
      namespace: "default",
      name: "data-service",
      externalTrafficPolicy: "Cluster",
      proof: "tags",
    });
    expect(facts.workers).toMatchObject({ workers: 1, kind: "event loop", quota: 1.5, cpuMax: "150000 100000" });
    expect(facts.workload).toMatchObject({ replicas: 4, podCpuRequest: 1.2, appliedBy: "kubectl" });
    expect(facts.autoscaler?.target).toMatchObject({ min: 4, max: 7, cpuUtilisation: 80 });
    expect(Number(measure("target-groups.shares", "maximum")).toFixed(1)).toBe("29.7");
    expect(Number(measure("target-groups.others", "worstAverage"))).toBeLessThan(0.5);
    expect(Number(measure("pod-cpu.plateau", "plateau")).toFixed(1)).toBe("0.9");
    expect(Number(measure("pod-cpu.throttling", "throttledShare"))).toBeLessThan(0.01);
    expect(Math.max(...(measure("pod-cpu.snapshot", "cores") as number[])).toFixed(3)).toBe("0.997");
  });
});

describe("npm run fixtures", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lbdoctor-fixtures-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(Object.keys(INCIDENTS) as (keyof typeof INCIDENTS)[])("gives the very bytes of %s", async (name) => {
    await writeFixture(name, join(folder, name));
    const kept = fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
    expect((await readdir(join(folder, name))).sort()).toEqual((await readdir(kept)).sort());
    for (const file of await readdir(kept))
      expect(
        (await readFile(join(folder, name, file), "utf8")) === (await readFile(join(kept, file), "utf8")),
        `${name}/${file} is current`,
      ).toBe(true);
  });
});
