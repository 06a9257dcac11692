import {
  type FactToken,
  fact,
  type NetworkAcl,
  type NetworkInterface,
  type SecurityGroup,
  type Subnet,
} from "../../../src/playbook.ts";

/** What stands between the load balancer and its targets, as it is set now. */
export interface NetworkRules {
  /** Security groups of the load balancer, and those in front of the targets. */
  readonly balancer: readonly SecurityGroup[];
  readonly targets: readonly SecurityGroup[];
  /** The targets' network interfaces; of some targets there may be none that EC2 tells of. */
  readonly interfaces: readonly NetworkInterface[];
  /** Subnets of the load balancer, and of the interfaces. */
  readonly balancerSubnets: readonly Subnet[];
  readonly targetSubnets: readonly Subnet[];
  readonly acls: readonly NetworkAcl[];
  /** The ports that the load balancer must reach: the targets' and the check's. */
  readonly ports: readonly number[];
  /** Targets of which no interface was found. */
  readonly unfound: number;
}

export const networkRulesFact: FactToken<NetworkRules> = {
  ...fact<NetworkRules>("networkRules", "the network's rules"),
  // Only where no target is healthy is there anything to ask.
  optional: true,
};
