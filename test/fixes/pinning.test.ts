import { expect, it } from "vitest";
import fix from "../../playbooks/fixes/ip-targets-and-least-outstanding/fix.ts";
import { groupFacts, said, verdictOf } from "./group-facts.ts";

const connections = { made: 100, requests: 5000 };
const fixed = (tags: { readonly [key: string]: string }) =>
  fix.propose({ ...groupFacts({ tags }), connections } as never, verdictOf("connection-pinning"), []);

it("ends pinning with pods as targets and least outstanding requests, as measured in the wind tunnel", () => {
  const offered = fixed({ "ingress.k8s.aws/resource": "default/api-data-service:80" });
  expect(offered?.changes[0]?.command).toContain(`"alb.ingress.kubernetes.io/target-type":"ip"`);
  expect(said(offered)).toContain("100 new connections for 5000 requests in the window: each carries 50 requests");
  expect(offered?.notOffered?.map(({ id }) => id)).toContain("rolling-restart");
});

it("tells what to make where the target group was made by hand: its type cannot be changed", () => {
  const offered = fixed({});
  expect(offered?.changes).toEqual([]);
  expect(said(offered)).toContain("a second target group of type ip");
});
