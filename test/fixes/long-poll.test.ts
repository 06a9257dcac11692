import { describe, expect, it } from "vitest";
import exemptLongPoll from "../../playbooks/fixes/exempt-long-poll/fix.ts";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { scenarioFor } from "../../simulator/families.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld } from "../../simulator/world.ts";
import { statesOf } from "./alarms.ts";

async function exemption(scenario: Scenario) {
  const world = buildWorld(scenario);
  const { fixes } = await solveWorld(world);
  const fix = fixes.find(({ id }) => id === "exempt-long-poll");
  if (!fix) throw new Error(`${scenario.name}: no exemption is offered`);
  return { world, fix };
}

const family = (seed: number) => scenarioFor("long-poll-held-open", seed);
const shared = Array.from({ length: 24 }, (_, index) => 1 + index)
  .map(family)
  .filter(({ others, alarm }) => others.length > 0 && alarm.on === "load balancer");

describe("a long poll taken out of the latency alarm", { timeout: 120_000 }, () => {
  it.each([INCIDENTS["fleet-long-poll"](), ...[1, 2, 3, 4, 5, 6].map(family)])(
    "$name: none of the new alarms goes off over the recorded window",
    async (scenario) => {
      const { world, fix } = await exemption(scenario);
      const found = statesOf(world, fix);
      expect(found.length).toBeGreaterThanOrEqual(2);
      for (const { states } of found) expect(states).not.toContain("ALARM");
    },
  );

  it("leaves services beside it in some of the incidents", () => {
    expect(shared.length).toBeGreaterThan(2);
  });

  it.each(shared)("$name: another service that gets slow raises its own new alarm, and no other", async (scenario) => {
    const { fix } = await exemption(scenario);
    const slow = scenario.others[0];
    const others = scenario.others.map((one) =>
      one === slow ? { ...one, latency: 4 * scenario.alarm.threshold, rate: Math.max(one.rate, 0.3) } : one,
    );
    const found = statesOf(buildWorld({ ...scenario, others }), fix);
    const raised = found.filter(({ states }) => states.includes("ALARM")).map(({ alarm }) => alarm.name);
    expect(raised).toEqual([`${scenario.alarm.name}-${slow?.targetGroup}`]);
  });

  it("says of each change what comes and what goes, also where the alarm judges an expression", async () => {
    const scenario = INCIDENTS["fleet-long-poll"]();
    const { facts, verdict } = await solveWorld(buildWorld(scenario));
    if (!facts.alarm || !verdict) throw new Error("the incident is not judged");
    const queries = [{ Id: "e", Expression: "IF(requests >= 20, latency)", ReturnData: true }];
    const expression = { queries, judged: "e", words: "IF(requests >= 20, latency)" };
    const fix = exemptLongPoll.propose({ ...facts, alarm: { ...facts.alarm, expression } }, verdict, []);
    expect(fix?.changes.map(({ target, lines }) => [target.split(" ")[0], ...(lines ?? [])])).toEqual([
      ["new", "+ an alarm on HTTPCode_Target_5XX_Count"],
      ["new", "+ an alarm on UnHealthyHostCount"],
      ...scenario.others.map(() => ["new", "+ an alarm on TargetResponseTime"]),
      ["alarm", "- the alarm"],
    ]);
  });

  it("raises the alarm on failing answers once they fail", async () => {
    const scenario = INCIDENTS["fleet-long-poll"]();
    const { fix } = await exemption(scenario);
    const failing = { ...scenario, loadBalancer: { ...scenario.loadBalancer, targetErrors: 0.8 } };
    const raised = statesOf(buildWorld(failing), fix).filter(({ states }) => states.includes("ALARM"));
    expect(raised.map(({ alarm }) => alarm.metric)).toEqual(["HTTPCode_Target_5XX_Count"]);
  });
});
