import type { Row } from "../row.ts";

const rule = (groups: readonly string[], port = 80) => ({
  protocol: "tcp",
  ports: { from: port, to: port },
  groups,
  cidrs: [],
  prefixLists: [],
});
const subnet = (id: string, cidr: string) => ({ id, zone: null, cidr, free: 9 });
/** A load balancer in front of two targets, each behind a group of its own that lets these groups in. */
const network = (first: readonly string[], second: readonly string[], more: object = {}) => ({
  networkRules: {
    balancer: [{ id: "sg-lb", name: null, inbound: [], outbound: [rule(["sg-a", "sg-b"])] }],
    targets: [
      { id: "sg-a", name: null, inbound: [rule(first)], outbound: [] },
      { id: "sg-b", name: null, inbound: [rule(second)], outbound: [] },
    ],
    interfaces: ["a", "b"].map((name, index) => ({
      id: `eni-${name}`,
      subnet: "subnet-t",
      addresses: [`10.0.1.${index + 1}`],
      instance: null,
      isFirst: true,
      groups: [`sg-${name}`],
    })),
    balancerSubnets: [subnet("subnet-lb", "10.0.0.0/24")],
    targetSubnets: [subnet("subnet-t", "10.0.1.0/24")],
    acls: [],
    ports: [80],
    unfound: 0,
    ...more,
  } as never,
});

export default [
  ["no target's group lets the load balancer in", network(["sg-x"], ["sg-x"]), "yes"],
  ["one of the two does not", network(["sg-lb"], ["sg-x"]), "unclear"],
  ["both do", network(["sg-lb"], ["sg-lb"]), "no"],
  ["both do, and a target was not found", network(["sg-lb"], ["sg-lb"], { unfound: 1 }), "unknown"],
  ["no target was found", network([], [], { interfaces: [] }), "unknown"],
  ["a group was not told", network(["sg-lb"], ["sg-lb"], { targets: [] }), "unclear"],
] satisfies readonly Row[];
