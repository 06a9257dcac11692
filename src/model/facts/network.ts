/** One rule of a security group: from or to whom, by which protocol, on which ports. */
export interface SecurityRule {
  /** "tcp", "udp", "icmp" or "-1": every protocol. */
  readonly protocol: string;
  /** Null: all ports. */
  readonly ports: { readonly from: number; readonly to: number } | null;
  readonly groups: readonly string[];
  readonly cidrs: readonly string[];
  /** Managed prefix lists, whose addresses are not read. */
  readonly prefixLists: readonly string[];
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string | null;
  readonly inbound: readonly SecurityRule[];
  readonly outbound: readonly SecurityRule[];
}

/** A network interface: whose address it is, in which subnet, behind which security groups. */
export interface NetworkInterface {
  readonly id: string;
  readonly subnet: string | null;
  readonly addresses: readonly string[];
  readonly instance: string | null;
  /** Whether it is the instance's first one, to which a load balancer sends what is for the instance; null: not told. */
  readonly isFirst: boolean | null;
  readonly groups: readonly string[];
}

/** A subnet with the addresses that are left in it. */
export interface Subnet {
  readonly id: string;
  readonly zone: string | null;
  readonly cidr: string | null;
  readonly free: number | null;
}

/** One entry of a network ACL, which are tried by their number until one fits. */
export interface AclEntry {
  readonly number: number;
  readonly isOutbound: boolean;
  readonly allows: boolean;
  /** "6": TCP; "-1": every protocol. */
  readonly protocol: string;
  readonly cidr: string | null;
  /** Null: all ports. */
  readonly ports: { readonly from: number; readonly to: number } | null;
}

export interface NetworkAcl {
  readonly id: string;
  readonly subnets: readonly string[];
  readonly entries: readonly AclEntry[];
}

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
