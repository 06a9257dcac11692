import type { SettingChange, Touched } from "../../model/facts/changes.ts";
import { field, name } from "../parse.ts";
import * as z from "../zod.ts";
import { type CallChange, itemsOf, type RecordedCall } from "./call.ts";

/*
 * Calls of EC2 on security groups, network ACLs and routes. CloudTrail writes EC2's lists as {"items": […]} (Amazon EC2 API
 * Reference, "Log Amazon EC2 API calls using AWS CloudTrail").
 */

const optional = z.nullish(name);
const figure = z.nullish(z.union([z.number(), name]));
const permission = z.object({
  ipProtocol: optional,
  fromPort: figure,
  toPort: figure,
  groups: z.optional(z.unknown()),
  ipRanges: z.optional(z.unknown()),
  ipv6Ranges: z.optional(z.unknown()),
  prefixListIds: z.optional(z.unknown()),
});
/** A rule as the newer answers have it. */
const groupRule = z.object({
  ipProtocol: optional,
  fromPort: figure,
  toPort: figure,
  cidrIpv4: optional,
  cidrIpv6: optional,
  prefixListId: optional,
  referencedGroupId: optional,
});
const request = z.object({
  groupId: optional,
  networkAclId: optional,
  associationId: optional,
  ruleNumber: figure,
  egress: z.nullish(z.boolean()),
  ruleAction: optional,
  aclProtocol: optional,
  cidrBlock: optional,
  ipv6CidrBlock: optional,
  portRange: z.nullish(z.object({ from: figure, to: figure })),
  routeTableId: optional,
  destinationCidrBlock: optional,
  destinationIpv6CidrBlock: optional,
  destinationPrefixListId: optional,
  gatewayId: optional,
  natGatewayId: optional,
  transitGatewayId: optional,
  networkInterfaceId: optional,
  vpcPeeringConnectionId: optional,
  vpcEndpointId: optional,
  instanceId: optional,
});
type Request = z.infer<typeof request>;

/** Throws a ZodError where the parameters do not fit. */
export function networkChange({ name: call, request: raw, response }: RecordedCall): CallChange | null {
  const asked = request.parse(raw ?? {});
  if (/SecurityGroup/.test(call)) return groupChange(call, asked.groupId ?? modified(raw), raw, response);
  if (/NetworkAcl/.test(call)) return aclChange(call, asked);
  return /Route/.test(call) ? routeChange(call, asked) : null;
}

/** ModifySecurityGroupRules has its parameters one level down. */
function modified(raw: unknown): string | null {
  const id = field(field(raw, "ModifySecurityGroupRulesRequest"), "GroupId");
  return typeof id === "string" ? id : null;
}

function groupChange(call: string, groupId: string | null, raw: unknown, response: unknown): CallChange {
  const isGone = call.startsWith("Revoke");
  const outward = call.endsWith("Egress");
  const permissions = itemsOf(field(raw, "ipPermissions")).map((one) => permission.parse(one));
  const listed = field(response, isGone ? "revokedSecurityGroupRuleSet" : "securityGroupRuleSet");
  const rules = itemsOf(listed).map((one) => groupRule.parse(one));
  const [told, peers] = permissions.length > 0 ? fromPermissions(permissions, outward) : fromRules(rules, outward);
  const settings = told.map(
    (one): SettingChange => ({ name: one, before: isGone ? "allowed" : null, after: isGone ? null : "allowed" }),
  );
  return {
    kind: "network",
    what: `${isGone ? "a rule removed from" : call.startsWith("Authorize") ? "a rule added to" : "rules changed in"} security group ${groupId ?? "unknown"}`,
    touches: [...(groupId ? [groupId] : []), ...peers].map((id): Touched => ({ kind: "security group", id })),
    settings,
  };
}

function fromPermissions(all: readonly z.infer<typeof permission>[], outward: boolean): [string[], string[]] {
  const peers: string[] = [];
  const told = all.flatMap(({ ipProtocol, fromPort, toPort, groups, ipRanges, ipv6Ranges, prefixListIds }) => {
    const ids = itemsOf(groups).map((one) => field(one, "groupId"));
    peers.push(...ids.filter((id) => typeof id === "string"));
    const ends = [
      ...ids,
      ...itemsOf(ipRanges).map((one) => field(one, "cidrIp")),
      ...itemsOf(ipv6Ranges).map((one) => field(one, "cidrIpv6")),
      ...itemsOf(prefixListIds).map((one) => field(one, "prefixListId")),
    ].filter((one) => typeof one === "string");
    return ends.map((end) => ruleWords(ipProtocol, fromPort, toPort, end, outward));
  });
  return [told, peers];
}

function fromRules(all: readonly z.infer<typeof groupRule>[], outward: boolean): [string[], string[]] {
  const peers = all.flatMap(({ referencedGroupId }) => referencedGroupId ?? []);
  const told = all.map(({ ipProtocol, fromPort, toPort, ...ends }) => {
    const end = ends.referencedGroupId ?? ends.cidrIpv4 ?? ends.cidrIpv6 ?? ends.prefixListId ?? "somewhere";
    return ruleWords(ipProtocol, fromPort, toPort, end, outward);
  });
  return [told, peers];
}

type Figure = z.infer<typeof figure>;

/** "tcp 8080 from sg-0a1b2c3d"; the protocol -1 is all (AuthorizeSecurityGroupIngress, IpPermissions). */
function ruleWords(
  protocol: string | null | undefined,
  from: Figure,
  to: Figure,
  end: string,
  outward: boolean,
): string {
  const what = protocol === "-1" || !protocol ? "all traffic" : protocol;
  return `${what}${portWords(from, to)} ${outward ? "to" : "from"} ${end}`;
}

function portWords(from: Figure, to: Figure): string {
  if (from === null || from === undefined || Number(from) < 0) return "";
  return to === from || to === null || to === undefined ? ` ${from}` : ` ${from}–${to}`;
}

/** Protocol numbers that rules have (IANA); -1 is all. */
const PROTOCOLS: { readonly [number: string]: string } = { "-1": "all traffic", "1": "icmp", "6": "tcp", "17": "udp" };

function aclChange(call: string, asked: Request): CallChange {
  const { networkAclId, ruleNumber, egress, ruleAction, aclProtocol, portRange } = asked;
  const protocol = PROTOCOLS[aclProtocol ?? ""] ?? aclProtocol ?? "";
  const end = asked.cidrBlock ?? asked.ipv6CidrBlock ?? "";
  const words = `${ruleAction ?? ""} ${protocol}${portWords(portRange?.from, portRange?.to)} ${egress ? "to" : "from"} ${end}`;
  const isDeleted = call === "DeleteNetworkAclEntry";
  const entry = `${egress ? "outbound" : "inbound"} rule ${ruleNumber ?? "not told"}`;
  return {
    kind: "network",
    what:
      call === "ReplaceNetworkAclAssociation"
        ? `a subnet assigned to network ACL ${networkAclId ?? "unknown"}`
        : `${entry} of network ACL ${networkAclId ?? "unknown"} ${isDeleted ? "deleted" : call.startsWith("Create") ? "created" : "replaced"}`,
    touches: networkAclId ? [{ kind: "network ACL", id: networkAclId }] : [],
    settings:
      call === "ReplaceNetworkAclAssociation"
        ? []
        : [
            {
              name: entry,
              ...(call.startsWith("Create") && { before: null }),
              after: isDeleted ? null : words.replace(/\s+/g, " ").trim(),
            },
          ],
  };
}

function routeChange(call: string, asked: Request): CallChange {
  const { routeTableId } = asked;
  const to = asked.destinationCidrBlock ?? asked.destinationIpv6CidrBlock ?? asked.destinationPrefixListId;
  const by =
    asked.gatewayId ??
    asked.natGatewayId ??
    asked.transitGatewayId ??
    asked.vpcPeeringConnectionId ??
    asked.vpcEndpointId ??
    asked.networkInterfaceId ??
    asked.instanceId;
  const done = call === "DeleteRoute" ? "deleted" : call === "CreateRoute" ? "created" : "replaced";
  return {
    kind: "network",
    what: `the route to ${to ?? "somewhere"} in ${routeTableId ?? "a route table"} ${done}`,
    touches: routeTableId ? [{ kind: "route table", id: routeTableId }] : [],
    settings: [
      {
        name: `route to ${to ?? "somewhere"}`,
        ...(call === "CreateRoute" && { before: null }),
        after: call === "DeleteRoute" ? null : (by ?? "not told"),
      },
    ],
  };
}
