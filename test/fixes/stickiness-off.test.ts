import { expect, it } from "vitest";
import stickinessOff from "../../playbooks/fixes/stickiness-off/fix.ts";
import { groupFacts, said, verdictOf } from "./group-facts.ts";

type More = Parameters<typeof groupFacts>[0];
const sticky = { enabled: true, type: "lb_cookie", seconds: 86_400 };
const fixed = (more: More) => stickinessOff.propose(groupFacts(more), verdictOf("sticky-session-skew"), []);

it("turns off what binds: the target group's cookie, the Service's affinity, or both", () => {
  const cookie = fixed({ topology: { stickiness: sticky } });
  expect(cookie?.changes.map(({ command }) => command)).toEqual([
    expect.stringMatching(/modify-target-group-attributes .*Key=stickiness.enabled,Value=false$/),
  ]);
  expect(cookie?.changes.map(({ lines }) => lines)).toEqual([
    ["- stickiness.enabled: true", "+ stickiness.enabled: false"],
  ]);
  const affinity = fixed({ service: { sessionAffinity: "ClientIP" } });
  expect(affinity?.changes.map(({ command }) => command)).toEqual([
    expect.stringContaining(`-p '{"spec":{"sessionAffinity":"None"}}'`),
  ]);
  expect(affinity?.rollback).toEqual([expect.stringContaining(`{"sessionAffinity":"ClientIP"}`)]);
  expect(fixed({ topology: { stickiness: sticky }, service: { sessionAffinity: "ClientIP" } })?.changes).toHaveLength(
    2,
  );
  expect(fixed({})).toBeNull();
});

it("says what an even share would be, how long a cookie binds, and what it rests on", () => {
  const text = said(fixed({ topology: { stickiness: sticky, targetType: "ip" } }));
  expect(text).toContain("the busiest pod used 0.9 cores on average, all of them 3.5 cores");
  expect(text).toContain("0.88 cores for each of 4 pods");
  expect(text).toContain("ties a client to a target for 24 h");
  expect(text).toMatch(/forecast: in the recorded spikes/);
  expect(text).toContain("sessions are in a shared store");
});

it("forecasts round robin among pods, and kube-proxy's pick behind nodes", () => {
  const forecast = (targetType: "ip" | "instance") =>
    said(fixed({ topology: { stickiness: sticky, targetType } })).match(/forecast: .*/)?.[0];
  expect(forecast("ip")).not.toBe(forecast("instance"));
});

it("says whose CPU it was where another container of the pods is the busy one, and forecasts nothing of the workers", () => {
  const { podCpu } = groupFacts({});
  if (!podCpu) throw new Error("the facts have the pods' CPU");
  const facts = { ...groupFacts({ topology: { stickiness: sticky } }), podCpu: { ...podCpu, container: "proxy" } };
  const text = said(stickinessOff.propose(facts, verdictOf("sticky-session-skew"), []));
  expect(text).toContain("container proxy of the busiest pod used 0.9 cores on average");
  expect(text).toContain("no forecast of the alarm");
});
