import { describe, expect, it } from "vitest";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { type Family, scenarioFor } from "../../simulator/families.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import { solve } from "../../simulator/solve.ts";

/** Causes that are judged by the pods' CPU. */
const FROM_CPU: readonly Family[] = [
  "worker-concurrency-ceiling",
  "uneven-pod-load",
  "cpu-throttling",
  "insufficient-capacity",
  "slow-dependency",
];
const scenarios: readonly Scenario[] = [
  INCIDENTS["worker-ceiling"](),
  INCIDENTS.clumping(),
  ...FROM_CPU.flatMap((family) => [1, 2].map((seed) => scenarioFor(family, seed))),
];

describe.each([30, 60])("a Prometheus that scrapes every %d s", (scrape) => {
  it.each(scenarios)("$name: the same cause", async (scenario) => {
    const session = await solve({ ...scenario, scrape });
    // Without the number of workers a queue in the pods is not excluded: a slow dependency is likely at most.
    const sure = scenario.cause !== "slow-dependency" || session.facts.workers?.workers !== null;
    const confidence = sure ? "confirmed" : "likely";
    expect(session.verdict).toMatchObject({ rootCause: scenario.cause, confidence });
    expect(session.gaps.filter(({ what }) => !what.includes("the access log is off"))).toEqual([]);
    const [asked] = session.findings.find(({ id }) => id === "pod-cpu.evenness")?.reproduce ?? [];
    expect(asked).toContain(scrape === 60 ? "[2m]" : "[1m]");
  });
});

it("a Prometheus that scrapes too seldom for a rate is told as such, and names no cause", async () => {
  const session = await solve({ ...INCIDENTS["worker-ceiling"](), scrape: 150 });
  expect(session.verdict?.rootCause).toBeNull();
  const gap = session.gaps.find(({ what }) => what.includes("no CPU series"));
  expect(gap?.remedy).toContain("at least once a minute");
});
