import type { NetworkAcl, NetworkInterface, SecurityGroup, SecurityRule, Subnet } from "../../model/facts.ts";
import type { Typed } from "../../model/question.ts";
import { count, listOf, name, nameOrNull, pagedItems, text } from "../parse.ts";
import * as z from "../zod.ts";

const permission = z.object({
  IpProtocol: name,
  FromPort: z.nullish(z.int()),
  ToPort: z.nullish(z.int()),
  UserIdGroupPairs: listOf(z.object({ GroupId: nameOrNull })),
  IpRanges: listOf(z.object({ CidrIp: nameOrNull })),
  Ipv6Ranges: listOf(z.object({ CidrIpv6: nameOrNull })),
  PrefixListIds: listOf(z.object({ PrefixListId: nameOrNull })),
});
const securityGroup = z.object({
  GroupId: name,
  GroupName: nameOrNull,
  IpPermissions: listOf(permission),
  IpPermissionsEgress: listOf(permission),
});

const given = (names: readonly (string | null | undefined)[]) => names.flatMap((one) => one ?? []);

function toRule(raw: z.infer<typeof permission>): SecurityRule {
  const { FromPort: from, ToPort: to } = raw;
  const isAll = raw.IpProtocol === "-1" || from === undefined || from === null || to === undefined || to === null;
  return {
    protocol: raw.IpProtocol,
    ports: isAll || from < 0 ? null : { from, to },
    groups: given(raw.UserIdGroupPairs.map(({ GroupId }) => GroupId)),
    cidrs: given([...raw.IpRanges.map(({ CidrIp }) => CidrIp), ...raw.Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6)]),
    prefixLists: given(raw.PrefixListIds.map(({ PrefixListId }) => PrefixListId)),
  };
}

/** The security groups with these ids (EC2 API reference, SecurityGroup, IpPermission). */
export function describeSecurityGroups(ids: readonly string[]): Typed<SecurityGroup[]> {
  return {
    question: { source: "ec2", operation: "DescribeSecurityGroups", input: { GroupIds: [...ids] } },
    parse: (pages) => {
      const { value, flaws } = pagedItems(securityGroup, pages, "SecurityGroups");
      const groups = value.map((raw) => ({
        id: raw.GroupId,
        name: raw.GroupName,
        inbound: raw.IpPermissions.map(toRule),
        outbound: raw.IpPermissionsEgress.map(toRule),
      }));
      return { value: groups, flaws };
    },
  };
}

const networkInterface = z.object({
  NetworkInterfaceId: name,
  SubnetId: nameOrNull,
  PrivateIpAddress: nameOrNull,
  PrivateIpAddresses: listOf(z.object({ PrivateIpAddress: nameOrNull })),
  Attachment: z.nullish(z.object({ InstanceId: nameOrNull, DeviceIndex: count })),
  Groups: listOf(z.object({ GroupId: nameOrNull })),
});

/** A filter of EC2 takes at most 200 values (EC2 API reference, Filter). */
export const VALUES_PER_FILTER = 200;

/** The interfaces of targets: by the address where they are addresses, else by the instance. At most 200. */
export function describeNetworkInterfaces(
  by: "addresses.private-ip-address" | "attachment.instance-id",
  values: readonly string[],
): Typed<NetworkInterface[]> {
  const input = { Filters: [{ Name: by, Values: [...values] }] };
  return {
    question: { source: "ec2", operation: "DescribeNetworkInterfaces", input },
    parse: (pages) => {
      const { value, flaws } = pagedItems(networkInterface, pages, "NetworkInterfaces");
      const interfaces = value.map((raw) => ({
        id: raw.NetworkInterfaceId,
        subnet: raw.SubnetId,
        addresses: [
          ...new Set(given([raw.PrivateIpAddress, ...raw.PrivateIpAddresses.map((one) => one.PrivateIpAddress)])),
        ],
        instance: raw.Attachment?.InstanceId ?? null,
        isFirst: raw.Attachment ? (raw.Attachment.DeviceIndex ?? 0) === 0 : null,
        groups: given(raw.Groups.map(({ GroupId }) => GroupId)),
      }));
      return { value: interfaces, flaws };
    },
  };
}

const subnet = z.object({
  SubnetId: name,
  AvailabilityZone: nameOrNull,
  CidrBlock: nameOrNull,
  AvailableIpAddressCount: count,
});

export function describeSubnets(ids: readonly string[]): Typed<Subnet[]> {
  return {
    question: { source: "ec2", operation: "DescribeSubnets", input: { SubnetIds: [...ids] } },
    parse: (pages) => {
      const { value, flaws } = pagedItems(subnet, pages, "Subnets");
      const subnets = value.map((raw) => ({
        id: raw.SubnetId,
        zone: raw.AvailabilityZone,
        cidr: raw.CidrBlock,
        free: raw.AvailableIpAddressCount,
      }));
      return { value: subnets, flaws };
    },
  };
}

const networkAcl = z.object({
  NetworkAclId: name,
  Associations: listOf(z.object({ SubnetId: nameOrNull })),
  Entries: listOf(
    z.object({
      RuleNumber: z.int(),
      Egress: z.boolean(),
      RuleAction: text,
      Protocol: name,
      CidrBlock: nameOrNull,
      PortRange: z.nullish(z.object({ From: count, To: count })),
    }),
  ),
});

/** The network ACLs of these subnets. */
export function describeNetworkAcls(subnets: readonly string[]): Typed<NetworkAcl[]> {
  const input = { Filters: [{ Name: "association.subnet-id", Values: [...subnets] }] };
  return {
    question: { source: "ec2", operation: "DescribeNetworkAcls", input },
    parse: (pages) => {
      const { value, flaws } = pagedItems(networkAcl, pages, "NetworkAcls");
      const acls = value.map((raw) => ({
        id: raw.NetworkAclId,
        subnets: given(raw.Associations.map(({ SubnetId }) => SubnetId)),
        entries: raw.Entries.map((entry) => ({
          number: entry.RuleNumber,
          isOutbound: entry.Egress,
          allows: entry.RuleAction === "allow",
          protocol: entry.Protocol,
          cidr: entry.CidrBlock,
          ports: portsOf(entry.PortRange),
        })),
      }));
      return { value: acls, flaws };
    },
  };
}

function portsOf(range: { readonly From: number | null; readonly To: number | null } | null | undefined) {
  const { From: from = null, To: to = null } = range ?? {};
  return from === null || to === null ? null : { from, to };
}
