import { expect, it } from "vitest";
import { type Meddle, solve } from "../../simulator/solve.ts";
import { worldFor } from "../../simulator/worlds.ts";
import type { Answer } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import { lost } from "./replay.ts";

/** Connections of a Network Load Balancer without cross-zone load balancing. */
const { scenario } = worldFor("cross-zone-on-flows", 2);
const plain = { ...scenario, seen: {} };
const [, ZONE] = scenario.place.zones;

const factor = ({ factors }: Session) => factors.find((one) => one.factor === "stale-dns-clients")?.statement ?? null;

interface Query {
  readonly Id: string;
  readonly MetricStat: { readonly Metric: { readonly MetricName: string; readonly Dimensions: { Value: string }[] } };
}
/** One zone's targets are all gone from the middle of the window on, and its clients stay. */
const zoneGone: Meddle = (question, answer) => {
  if (question.operation !== "GetMetricData" || answer.status !== "answered") return answer;
  const gone = (question.input.MetricDataQueries as unknown as Query[]).filter(
    ({ MetricStat: { Metric } }) =>
      Metric.MetricName === "HealthyHostCount" && Metric.Dimensions.some(({ Value }) => Value === ZONE),
  );
  const ids = new Set(gone.map(({ Id }) => Id));
  const middle = (Date.parse(String(question.input.StartTime)) + Date.parse(String(question.input.EndTime))) / 2;
  const pages = (answer.pages as { MetricDataResults: { Id: string; Timestamps: string[]; Values: number[] }[] }[]).map(
    (page) => ({
      ...page,
      MetricDataResults: page.MetricDataResults.map((line) =>
        ids.has(line.Id)
          ? {
              ...line,
              Values: line.Values.map((one, at) => (Date.parse(line.Timestamps[at] ?? "") > middle ? 0 : one)),
            }
          : line,
      ),
    }),
  );
  return { ...answer, pages } as Answer;
};

it("is told where connections go on coming to a zone that DNS no longer gives out", async () => {
  expect(factor(await solve(plain, zoneGone))).toContain(`new connections in ${ZONE}`);
});

it("is not told where each zone has healthy targets", async () => {
  const session = await solve(plain);
  expect(session.findings.map(({ id }) => id)).toContain("zone-flows.shares");
  expect(factor(session)).toBeNull();
});

it("is not told, and missed, where the zones' metrics could not be read", async () => {
  const session = await solve(plain, (question, answer) =>
    JSON.stringify(question.input).includes("AvailabilityZone") ? lost : answer,
  );
  expect(factor(session)).toBeNull();
  expect(session.gaps.map(({ step }) => step)).toContain("zone-flows");
});
