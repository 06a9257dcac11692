import { describe, expect, it, test } from "vitest";
import { holdsAddresses } from "../../src/analysis/addresses.ts";
import { barriersBefore, barriersOf } from "../../src/analysis/network-barriers.ts";
import type { AclEntry, NetworkRules, SecurityRule } from "../../src/model/facts.ts";

test.each([
  ["10.0.0.0/8", "10.1.2.3", true],
  ["10.0.0.0/8", "10.1.2.0/24", true],
  ["10.1.2.0/24", "10.0.0.0/8", false],
  ["10.1.2.0/24", "10.1.3.0/24", false],
  ["0.0.0.0/0", "255.255.255.255", true],
  ["10.1.2.3/32", "10.1.2.3", true],
  ["10.1.2.128/25", "10.1.2.127", false],
  ["10.1.2.128/25", "10.1.2.128", true],
  ["::/0", "10.1.2.3", null],
  ["10.0.0.0/8", "fd00::1", null],
  ["10.0.0.0/33", "10.1.2.3", null],
  ["10.0.0.256/8", "10.1.2.3", null],
] as const)("%s holds %s: %s", (outer, inner, expected) => {
  expect(holdsAddresses(outer, inner)).toBe(expected);
});

const from = (known: Partial<SecurityRule>): SecurityRule => ({
  protocol: "tcp",
  ports: { from: 8080, to: 8080 },
  groups: [],
  cidrs: [],
  prefixLists: [],
  ...known,
});
const every = (isOutbound: boolean, known: Partial<AclEntry> = {}): AclEntry => ({
  number: 100,
  isOutbound,
  allows: true,
  protocol: "-1",
  cidr: "0.0.0.0/0",
  ports: null,
  ...known,
});

/** A load balancer in one subnet and a target in another, with these rules between them. */
function network(
  inbound: readonly SecurityRule[],
  {
    outbound = [from({ groups: ["sg-t"] })],
    acl,
  }: { outbound?: readonly SecurityRule[]; acl?: readonly AclEntry[] } = {},
): NetworkRules {
  return {
    balancer: [{ id: "sg-lb", name: null, inbound: [], outbound }],
    targets: [{ id: "sg-t", name: null, inbound, outbound: [] }],
    interfaces: [
      { id: "eni-1", subnet: "subnet-t", addresses: ["10.0.1.5"], instance: null, isFirst: null, groups: ["sg-t"] },
    ],
    balancerSubnets: [{ id: "subnet-lb", zone: null, cidr: "10.0.0.0/24", free: null }],
    targetSubnets: [{ id: "subnet-t", zone: null, cidr: "10.0.1.0/24", free: null }],
    acls: acl ? [{ id: "acl-t", subnets: ["subnet-t"], entries: acl }] : [],
    ports: [8080],
    unfound: 0,
  };
}
const open = [from({ groups: ["sg-lb"] })];
const told = (rules: NetworkRules) => barriersOf(rules).map(({ kind }) => kind);
const isUnclear = (rules: NetworkRules) => rules.interfaces.some((one) => barriersBefore(one, rules).isUnclear);

describe("security groups", () => {
  it.each([
    ["from the load balancer's group", [from({ groups: ["sg-lb"] })]],
    ["on every port", [from({ groups: ["sg-lb"], ports: null })]],
    ["of every protocol", [from({ groups: ["sg-lb"], protocol: "-1", ports: null })]],
    ["on a range that holds it", [from({ groups: ["sg-lb"], ports: { from: 8000, to: 8080 } })]],
    ["from the load balancer's subnet", [from({ cidrs: ["10.0.0.0/16"] })]],
    ["from anywhere", [from({ cidrs: ["0.0.0.0/0"] })]],
  ])("let it in %s", (_, inbound) => {
    expect(told(network(inbound))).toEqual([]);
    expect(isUnclear(network(inbound))).toBe(false);
  });
  it.each([
    ["no rule at all", []],
    ["a rule for another group", [from({ groups: ["sg-x"] })]],
    ["the port below", [from({ groups: ["sg-lb"], ports: { from: 8000, to: 8079 } })]],
    ["the port above", [from({ groups: ["sg-lb"], ports: { from: 8081, to: 9000 } })]],
    ["UDP", [from({ groups: ["sg-lb"], protocol: "udp" })]],
  ])("stop it where there is %s", (_, inbound) => {
    expect(told(network(inbound))).toEqual(["inbound"]);
  });
  it.each([
    ["a part of its addresses", [from({ cidrs: ["10.0.0.0/25"] })]],
    ["a prefix list", [from({ prefixLists: ["pl-1"] })]],
    ["IPv6", [from({ cidrs: ["fd00::/8"] })]],
  ])("say nothing by a rule for %s", (_, inbound) => {
    expect(told(network(inbound))).toEqual([]);
    expect(isUnclear(network(inbound))).toBe(true);
  });
  it("stop it on its way out", () => {
    expect(told(network(open, { outbound: [from({ groups: ["sg-x"] })] }))).toEqual(["outbound"]);
    expect(told(network(open, { outbound: [from({ cidrs: ["10.0.1.0/24"] })] }))).toEqual([]);
  });
});

describe("network ACLs", () => {
  it.each([
    ["all is allowed", [every(false), every(true)], []],
    ["nothing is", [], ["acl", "acl"]],
    [
      "the port is denied",
      [every(false, { number: 90, allows: false, ports: { from: 8080, to: 8080 } }), every(false), every(true)],
      ["acl"],
    ],
    [
      "it is denied behind what allows it",
      [every(false, { number: 110, allows: false }), every(false), every(true)],
      [],
    ],
    ["the answers are denied", [every(false), every(true, { ports: { from: 443, to: 443 } })], ["acl"]],
    [
      "a part of the ports of the answers is",
      [every(false), every(true, { ports: { from: 1024, to: 60_000 } })],
      ["acl"],
    ],
    [
      "another protocol is denied",
      [every(false, { number: 90, allows: false, protocol: "17" }), every(false), every(true)],
      [],
    ],
    [
      "other addresses are denied",
      [every(false, { number: 90, allows: false, cidr: "192.168.0.0/16" }), every(false), every(true)],
      [],
    ],
    ["a part of its addresses is", [every(false, { number: 90, allows: false, cidr: "10.0.0.0/25" }), every(true)], []],
  ] as const)("where %s", (_, acl, kinds) => {
    expect(told(network(open, { acl }))).toEqual(kinds);
  });
  it("are not asked within one subnet", () => {
    const rules = network(open, { acl: [] });
    expect(told({ ...rules, balancerSubnets: rules.targetSubnets, acls: rules.acls })).toEqual([]);
  });
});
