import { expect, it } from "vitest";
import type { Answer } from "../../src/model/question.ts";
import { fixtures, lost, recorded, replay } from "./replay.ts";

it("takes no setting that the load balancer does not tell for one that is off", async () => {
  const recording = await recorded(fixtures[0] ?? "");
  const told = (await replay(recording)).facts.loadBalancer;
  const silent: Answer = { status: "answered", pages: [{ Attributes: [] }] };
  const untold = await replay(recording, ({ operation }, answer) =>
    operation === "DescribeLoadBalancerAttributes" ? silent : answer,
  );
  expect([typeof told?.crossZone, typeof told?.idleTimeout]).toEqual(["boolean", "number"]);
  expect([untold.facts.loadBalancer?.crossZone, untold.facts.loadBalancer?.idleTimeout]).toEqual([null, null]);
});

it("counts no targets where their health could not be read", async () => {
  const recording = await recorded("clumping");
  const { facts, factors } = await replay(recording, ({ operation }, answer) =>
    operation === "DescribeTargetHealth" ? lost : answer,
  );
  expect([facts.topology?.targets, facts.topology?.healthy]).toEqual([null, null]);
  const nodes = factors.find(({ factor }) => factor === "instance-target-mode");
  expect(nodes?.statement).toMatch(/^the targets are nodes: /);
});
