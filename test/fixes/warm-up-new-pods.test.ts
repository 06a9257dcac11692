import { expect, it } from "vitest";
import warmUpNewPods from "../../playbooks/fixes/warm-up-new-pods/fix.ts";
import type { Facts } from "../../src/model/facts.ts";
import { groupFacts, said, verdictOf } from "./group-facts.ts";

/** A pod that began so many seconds before the first episode, which lasts five minutes. */
function fixed(seconds: number, topology: Partial<Facts["topology"]> = {}) {
  const facts = groupFacts({ topology: { targetType: "ip", ...topology } });
  const first = facts.episodes.episodes[0]?.burst.start ?? 0;
  const cpu = { start: first - seconds, step: 60, values: [0.4, 0.9] };
  const pods = [...facts.podCpu.pods, { pod: "new", cpu, inBursts: 0.9, peak: 0.9, outside: null }];
  return warmUpNewPods.propose({ ...facts, podCpu: { ...facts.podCpu, pods } }, verdictOf("cold-start"), []);
}

it("is slow start for as long as a new pod was slow, in half minutes, within what it allows", () => {
  expect(fixed(70)?.changes[0]?.command).toContain("Key=slow_start.duration_seconds,Value=390");
  expect(fixed(599)?.changes[0]?.command).toContain("Value=900");
  expect(fixed(70)?.rollback).toEqual([expect.stringContaining("Value=0")]);
  expect(said(fixed(60))).toContain("from the start of a new pod to the end of the episode that followed: 6 min");
});

it.each<[string, Partial<Facts["topology"]>, RegExp]>([
  ["nodes are the targets", { targetType: "instance" }, /a new pod is not a new target/],
  ["the rule excludes it", { algorithm: "least_outstanding_requests" }, /cannot be combined .*least outstanding/],
  ["it is on already", { slowStart: 600 }, /is on already, for 10 min/],
])("changes nothing where %s, and says why", (_, topology, why) => {
  const fix = fixed(60, topology);
  expect(fix?.changes).toEqual([]);
  expect(fix?.rollback).toEqual([]);
  expect(fix?.why).toMatch(why);
  expect(said(fix)).toMatch(/readiness probe/);
});

it("is nothing without a new pod before an episode", () => {
  expect(warmUpNewPods.propose(groupFacts({}), verdictOf("cold-start"), [])).toBeNull();
});
