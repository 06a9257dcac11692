import { expect, it } from "vitest";
import crossZoneOn from "../../playbooks/fixes/cross-zone-on/fix.ts";
import { groupFacts, said, verdictOf } from "./group-facts.ts";

const zones = [
  { zone: "a", targets: 6, requests: 3000, latency: 0.2 },
  { zone: "b", targets: 2, requests: 3000, latency: 4 },
];
const fixed = (tags = {}, crossZone: string | null = "false") =>
  crossZoneOn.propose(
    { ...groupFacts({ tags, topology: { crossZone, targetType: "ip" } }), zones } as never,
    verdictOf("cross-zone-imbalance"),
    [],
  );

it("turns it on for the target group alone, with today's value as the way back", () => {
  const fix = fixed();
  expect(fix?.changes[0]?.command).toMatch(
    /^aws elbv2 modify-target-group-attributes --target-group-arn \S+ --attributes Key=load_balancing.cross_zone.enabled,Value=true$/,
  );
  expect(fix?.rollback).toEqual([expect.stringContaining("Value=false")]);
  expect(fixed({}, null)?.rollback).toEqual([expect.stringContaining("Value=use_load_balancer_configuration")]);
});

it("is the Service's annotation where the controller made the target group from an Ingress", () => {
  const fix = fixed({ "ingress.k8s.aws/resource": "default/api-data-service:80" });
  expect(fix?.changes[0]).toMatchObject({
    target: "Service default/data-service",
    command: expect.stringContaining("load_balancing.cross_zone.enabled=true"),
  });
});

it("counts what each target gets now and then, and forecasts nothing", () => {
  const text = said(fixed());
  expect(text).toContain("b: 3000 requests / 2 targets = 25 % of all for each, 4 s on average");
  expect(text).toContain("a: 3000 requests / 6 targets = 8.3 % of all for each, 0.2 s on average");
  expect(text).toContain("1 / 8 targets = 13 % for each, 50 % of what one in b gets now");
  expect(text).toContain("no forecast of the alarm");
});

it("is nothing without the zones' figures", () => {
  expect(crossZoneOn.propose(groupFacts({}), verdictOf("cross-zone-imbalance"), [])).toBeNull();
});
