import { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";

/** A subnet as far as anything is told of it. */
export interface Subnet {
  readonly id: string;
  readonly zone: string;
  readonly cidr: string;
}

/** The first two numbers of the addresses in the VPC. */
function network({ nodes }: Scenario): string {
  return (nodes[0]?.ip ?? "10.0.0.1").split(".").slice(0, 2).join(".");
}

export function balancerSubnets(scenario: Scenario): Subnet[] {
  return scenario.place.zones.map((zone, index) => ({
    id: `subnet-${new Random(scenario.seed, `subnet ${index}`).hex(17)}`,
    zone,
    cidr: `${network(scenario)}.${240 + index}.0/24`,
  }));
}

/** Subnets of the nodes, one a zone; their addresses are drawn from it (families/base.ts). */
export function nodeSubnets(scenario: Scenario): Subnet[] {
  return scenario.place.zones.map((zone, index) => ({
    id: `subnet-${new Random(scenario.seed, `node subnet ${index}`).hex(17)}`,
    zone,
    cidr: `${network(scenario)}.${index * 32}.0/19`,
  }));
}

/** Subnets of the pods: each node has one of its own, as with custom networking of the VPC CNI. */
export function podSubnets(scenario: Scenario): Subnet[] {
  return scenario.nodes.map(({ zone }, index) => ({
    id: `subnet-${new Random(scenario.seed, `pod subnet ${index}`).hex(17)}`,
    zone,
    cidr: `${network(scenario)}.${128 + index}.0/24`,
  }));
}

export function balancerGroup({ seed }: Scenario): string {
  return `sg-${new Random(seed, "security group").hex(17)}`;
}

/** The security group of nodes and pods. */
export function nodeGroup({ seed }: Scenario): string {
  return `sg-${new Random(seed, "node security group").hex(17)}`;
}
