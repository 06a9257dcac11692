import type { AclEntry, NetworkInterface, NetworkRules, SecurityRule, Subnet } from "../model/facts.ts";
import { listed } from "../model/words.ts";
import { holdsAddresses } from "./addresses.ts";

/** Something that stops packets, with what would let them through. */
export interface Barrier {
  readonly statement: string;
  readonly kind: "inbound" | "outbound" | "acl";
  /** The security group, or the network ACL. */
  readonly id: string;
  readonly port: number;
  /** The security group on the other side; null for a network ACL. */
  readonly other: string | null;
}

/** A rule may name what is not read here (a prefix list, IPv6): then nothing is said of it. */
type Lets = "yes" | "no" | "unclear";

/** A port of those from which a load balancer opens its connections, and to which answers come back (VPC User Guide). */
const EPHEMERAL = [1_024, 32_768, 65_535];

/** Everything that stops the load balancer's packets for certain, on their way to a target and back, each once. */
export function barriersOf(rules: NetworkRules): Barrier[] {
  const all = rules.interfaces.flatMap((one) => barriersBefore(one, rules).barriers);
  return [...new Map(all.map((one) => [one.statement, one])).values()];
}

/** What stands before one target. */
export interface Before {
  readonly barriers: readonly Barrier[];
  /** Whether some rule could not be read whole. */
  readonly isUnclear: boolean;
}

/** What stops the load balancer's packets to one target's interface, and the answers on their way back. */
export function barriersBefore({ groups, addresses, subnet }: NetworkInterface, rules: NetworkRules): Before {
  const { balancer, targets, balancerSubnets, targetSubnets, ports } = rules;
  const own = balancer.map(({ id }) => id);
  const ownCidrs = balancerSubnets.flatMap(({ cidr }) => cidr ?? []);
  const theirs = targets.filter(({ id }) => groups.includes(id));
  const [first, mine] = [theirs[0], own[0]];
  // Where a group was not told, nothing is known of what it lets through.
  if (!first || mine === undefined || theirs.length < groups.length || ownCidrs.length === 0)
    return { barriers: [], isUnclear: true };
  const inbound = theirs.flatMap((one) => one.inbound);
  const outbound = balancer.flatMap((one) => one.outbound);
  const found = ports.flatMap((port) => [
    {
      lets: letsThrough(inbound, port, own, ownCidrs),
      statement: `no inbound rule of ${listed(groups)} lets ${listed(own)} reach port ${port}`,
      kind: "inbound" as const,
      id: first.id,
      port,
      other: mine,
    },
    {
      lets: letsThrough(
        outbound,
        port,
        groups,
        addresses.filter((one) => one.includes(".")),
      ),
      statement: `no outbound rule of ${listed(own)} lets them reach port ${port} of ${listed(groups)}`,
      kind: "outbound" as const,
      id: mine,
      port,
      other: first.id,
    },
  ]);
  const acls = targetSubnets.filter(({ id }) => id === subnet).flatMap((one) => aclBarriers(one, rules));
  return {
    barriers: [...found.filter(({ lets }) => lets === "no"), ...acls],
    isUnclear: found.some(({ lets }) => lets === "unclear"),
  };
}

/** Whether rules let TCP through on a port, from or to one of these groups or all of these addresses. */
function letsThrough(
  rules: readonly SecurityRule[],
  port: number,
  groups: readonly string[],
  cidrs: readonly string[],
): Lets {
  const fitting = rules.filter(
    ({ protocol, ports }) =>
      (protocol === "tcp" || protocol === "-1") && (ports === null || (ports.from <= port && port <= ports.to)),
  );
  if (fitting.some((rule) => rule.groups.some((id) => groups.includes(id)))) return "yes";
  const named = fitting.flatMap((rule) => rule.cidrs);
  const isHeld = (cidr: string) => named.some((outer) => holdsAddresses(outer, cidr) === true);
  if (cidrs.length > 0 && cidrs.every(isHeld)) return "yes";
  // Some addresses may be let through by several narrow rules, or by what is not read.
  if (named.length > 0 || fitting.some(({ prefixLists }) => prefixLists.length > 0)) return "unclear";
  return "no";
}

function aclBarriers(to: Subnet, { acls, balancerSubnets, ports }: NetworkRules): Barrier[] {
  const aclOf = (subnet: string) => acls.find(({ subnets }) => subnets.includes(subnet));
  return balancerSubnets.flatMap((from) => {
    // Within one subnet no network ACL is asked.
    if (from.id === to.id || from.cidr === null || to.cidr === null) return [];
    const [near, far] = [aclOf(from.id), aclOf(to.id)];
    const ways = [
      [near, true, to.cidr, ports],
      [far, false, from.cidr, ports],
      [far, true, from.cidr, EPHEMERAL],
      [near, false, to.cidr, EPHEMERAL],
    ] as const;
    return ways.flatMap(([acl, isOutbound, cidr, wanted]): Barrier[] => {
      const port = acl && wanted.find((one) => isDenied(acl.entries, isOutbound, cidr, one));
      if (!acl || port === undefined) return [];
      const way = isOutbound ? `outbound to ${cidr}` : `inbound from ${cidr}`;
      const statement = `network ACL ${acl.id} denies port ${port} ${way}`;
      return [{ statement, kind: "acl", id: acl.id, port, other: null }];
    });
  });
}

/** Whether the first entry that fits denies it, or none fits: entries are tried by their numbers (VPC User Guide). */
function isDenied(entries: readonly AclEntry[], isOutbound: boolean, cidr: string, port: number): boolean {
  const ordered = entries.filter((entry) => entry.isOutbound === isOutbound).sort((a, b) => a.number - b.number);
  for (const { protocol, ports, cidr: block, allows } of ordered) {
    if (protocol !== "6" && protocol !== "-1") continue;
    if (ports !== null && (port < ports.from || port > ports.to)) continue;
    // An entry of IPv6, or of a part of the addresses: what it does to the others is not told.
    if (block === null) continue;
    const holds = holdsAddresses(block, cidr);
    if (holds === true) return !allows;
    if (holds === null) continue;
    if (holdsAddresses(cidr, block) === true) return false;
  }
  return true;
}
