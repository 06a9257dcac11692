import { expect, it } from "vitest";
import { scenarioFor } from "../../simulator/families.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld } from "../../simulator/world.ts";
import { putChangedAlarm } from "../../src/remedy/aws-commands.ts";
import { withFix } from "./apply.ts";

/** The alarm with a least number of requests a period, as a command, put in the simulator. */
async function withLeast(leastRequests: number): Promise<number> {
  const scenario = scenarioFor("low-traffic-artifact", 1);
  const { alarm } = (await solveWorld(buildWorld(scenario))).facts;
  if (!alarm) throw new Error("the alarm is a fact");
  const { statistic, threshold, evaluationPeriods, datapointsToAlarm } = alarm;
  const change = { statistic, threshold, evaluationPeriods, datapointsToAlarm, leastRequests };
  const command = putChangedAlarm(alarm, change);
  expect(command).toContain(`IF(requests >= ${leastRequests}, latency)`);
  const fix = {
    id: "calmer-alarm",
    for: [],
    title: "",
    why: "",
    risk: "",
    changes: [{ target: "", patch: "", command }],
    preconditions: [],
    verify: [],
    rollback: [],
  };
  return buildWorld(withFix(scenario, fix)).changes.filter(({ to }) => to === "ALARM").length;
}

it("an alarm that leaves poor periods out is judged in the simulator: quiet where few requests made it", async () => {
  const before = buildWorld(scenarioFor("low-traffic-artifact", 1)).changes.filter(({ to }) => to === "ALARM").length;
  expect(before).toBeGreaterThan(0);
  expect(await withLeast(1)).toBe(before);
  expect(await withLeast(30)).toBe(0);
});
