import { describe, expect, it } from "vitest";
import alarmTooSensitive from "../../playbooks/causes/alarm-too-sensitive/cause.ts";
import lowTrafficArtifact from "../../playbooks/causes/low-traffic-artifact/cause.ts";
import slowDependency from "../../playbooks/causes/slow-dependency/cause.ts";
import type { Facts, LatencyFact } from "../../src/model/facts.ts";
import { mainFacts } from "../fixes/main-facts.ts";
import { judgedOn } from "./judged.ts";

const facts = mainFacts();
const { start, values } = facts.alarmMetric.judged;
const bursts = facts.episodes.episodes.map(({ burst }) => burst);
const inBurst = (minute: number) =>
  bursts.some((burst) => start + minute * 60 >= burst.start && start + minute * 60 < burst.end);

/** Every minute has as many requests, all as slow as is said but for their slowest. */
function metricOf(requests: number, latency: (minute: number) => number): LatencyFact {
  const grid = (value: (minute: number) => number) => ({ start, step: 60, values: values.map((_, at) => value(at)) });
  const all = grid(latency);
  return {
    ...facts.guiltyMetric,
    judged: all,
    average: all,
    p50: all,
    p95: all,
    p99: all,
    maximum: all,
    requests: grid(() => requests),
  };
}

/** One request a minute: three seconds in the bursts, a tenth of one outside them. */
const lonely = metricOf(1, (minute) => (inBurst(minute) ? 3 : 0.1));

describe("one request a minute, every one of them slow in the bursts", () => {
  const blame: Facts["blame"] = {
    ...facts.blame,
    guilty: { inside: 3, outside: 0.1, maximum: 3 } as Facts["blame"]["guilty"],
  };

  /** Busy pods would rule a slow dependency out by themselves. */
  const idle = { ...facts.podCpu, plateau: 0.2 };

  it("is not called fast by the other requests of those minutes, since there are none", () => {
    const { status, because } = judgedOn(slowDependency, { ...facts, blame, podCpu: idle, guiltyMetric: lonely });
    expect(because).not.toContain("0 s");
    expect(status).toBe("undetermined");
  });

  it("is no artefact of few requests: the others of each burst are as slow", () => {
    expect(judgedOn(lowTrafficArtifact, { ...facts, alarmMetric: lonely }).status).not.toBe("confirmed");
  });

  it("is one where each burst is that one request", () => {
    const short = facts.episodes.episodes.map((one) => ({
      ...one,
      burst: { start: one.burst.start, end: one.burst.start + 60 },
      requests: 1,
      breaching: 1,
    }));
    const at = new Set(short.map(({ burst }) => (burst.start - start) / 60));
    const alarmMetric = metricOf(1, (minute) => (at.has(minute) ? 3 : 0.1));
    const judged = judgedOn(lowTrafficArtifact, {
      ...facts,
      alarmMetric,
      episodes: { ...facts.episodes, episodes: short },
    });
    expect(judged.status).toBe("confirmed");
  });
});

describe("whether the alarm is too sensitive", () => {
  const episodesIn = (window: number) => ({
    ...facts.episodes,
    episodes: [{ ...facts.episodes.episodes[0], burst: { start, end: start + window } }] as never,
  });
  const first = (minutes: number) => {
    const all = metricOf(50, (minute) => (minute < 8 ? 0.85 : 0.7));
    return { ...all, judged: { ...all.judged, values: all.judged.values.slice(0, minutes) } };
  };

  it.each([
    [
      "has no breach to judge where it was never in ALARM",
      metricOf(50, () => 0.7),
      { ...facts.episodes, episodes: [] },
    ],
    ["is open where hardly anything was read besides the burst", first(14), episodesIn(480)],
  ])("%s", (_, alarmMetric, episodes) => {
    const { status, because } = judgedOn(alarmTooSensitive, { ...facts, alarmMetric, episodes });
    expect(status).toBe("undetermined");
    expect(because).not.toContain("nearly always");
  });

  it("is rejected where the metric is over the threshold all the time", () => {
    const alarmMetric = metricOf(50, () => 5);
    const judged = judgedOn(alarmTooSensitive, { ...facts, alarmMetric, episodes: episodesIn(values.length * 60) });
    expect(judged).toMatchObject({ status: "rejected", because: expect.stringContaining("nearly always") });
  });
});
