import type { Question } from "../model/question.ts";
import { parseJson } from "../sources/size.ts";
import type { Marks } from "./marks.ts";
import type { Mask } from "./rules.ts";
import { withoutSecrets } from "./secrets.ts";

/*
 * What is kept of CloudTrail's events: what was called, when, by which role or user (in the ARN, whose form recordings
 * mask), and of its parameters names, ids and settings of load balancers and what is around them. Where from and with
 * which program somebody called, and texts that people wrote, are needed by nobody.
 */

const split = (text: string) => new Set(text.trim().split(/\s+/));

/** Members of an entry of LookupEvents. */
const ENTRY = split("EventId EventName ReadOnly EventTime EventSource");
/** Members of the record in it. */
const RECORD = split("eventVersion eventTime eventSource eventName awsRegion readOnly errorCode eventID eventType");
const IDENTITY = split("type arn invokedBy");
/** Parameters whose strings are names, ids or settings, as AWS's own APIs write them; every other string is marked. */
const PARAMETERS = split(`
loadBalancerArn loadBalancerName listenerArn ruleArn targetGroupArn targetGroupName name names type protocol
protocolVersion ipAddressType scheme port priority field values key sslPolicy certificateArn healthCheckPath
healthCheckProtocol healthCheckPort healthCheckEnabled httpCode grpcCode id availabilityZone zoneName subnetId subnets
securityGroups vpcId targetType mode target instancePort instanceId instanceProtocol loadBalancerPort sSLCertificateId
policyName policyNames availabilityZones
groupId ipProtocol cidrIp cidrIpv6 cidrIpv4 prefixListId securityGroupRuleId referencedGroupId networkAclId ruleAction
aclProtocol cidrBlock ipv6CidrBlock associationId newAssociationId routeTableId destinationCidrBlock
destinationIpv6CidrBlock destinationPrefixListId gatewayId natGatewayId transitGatewayId vpcPeeringConnectionId
networkInterfaceId vpcEndpointId egressOnlyInternetGatewayId
alarmName metricName namespace statistic extendedStatistic comparisonOperator treatMissingData unit
autoScalingGroupName cluster clusterName clusterArn service serviceName serviceArn taskDefinition status nodegroupName
addonName addonVersion version releaseVersion webACLArn resourceArn aRN scope domainName fromPort toPort from to`);
/** What such parameters hold may be anything. */
const FREE = split("tags addTags description");
/** Attributes of a load balancer that name a bucket and the folder in it. */
const BUCKET = /_logs\.s3\.(?:bucket|prefix)$/;

type Members = { readonly [name: string]: unknown };

/** Of CloudTrail's event history. */
export function trailMask(_: Question, marks: Marks): Mask {
  return (page) => {
    if (!isObject(page)) return page;
    const events = page.Events;
    return { Events: Array.isArray(events) ? events.map((one) => entry(one, marks)) : null };
  };
}

function entry(one: unknown, marks: Marks): unknown {
  if (!isObject(one)) return null;
  const kept = pick(one, ENTRY, marks);
  const text = one.CloudTrailEvent;
  return typeof text === "string"
    ? { ...kept, CloudTrailEvent: eventText(text, one.ReadOnly === "true", marks) }
    : kept;
}

function eventText(text: string, onlyReads: boolean, marks: Marks): string {
  let event: unknown;
  try {
    event = parseJson(text);
  } catch {
    // It may hold anything, and no reader can use it.
    return marks.of("text", text);
  }
  if (!isObject(event)) return marks.of("text", text);
  const kept: Members = pick(event, RECORD, marks);
  // Of what only reads, nothing more is ever looked at.
  if (onlyReads || event.readOnly === true) return JSON.stringify(kept);
  return JSON.stringify({
    ...kept,
    ...(isObject(event.userIdentity) && { userIdentity: identity(event.userIdentity, marks) }),
    ...("requestParameters" in event && { requestParameters: parameters(event.requestParameters, "", marks) }),
    ...("responseElements" in event && { responseElements: parameters(event.responseElements, "", marks) }),
  });
}

/** A role of IAM Identity Center ends in digits that look like a secret's; who it was is what one wants to know. */
function identity(who: Members, marks: Marks): Members {
  const { arn } = who;
  const isArn = typeof arn === "string" && /^arn:[\w-]+:(?:iam|sts)::\d*:[\w+=,.@/-]{1,300}$/.test(arn);
  return { ...pick(who, IDENTITY, marks), ...(isArn && { arn }) };
}

function pick(from: Members, members: ReadonlySet<string>, marks: Marks): Members {
  return Object.fromEntries(
    Object.entries(from)
      .filter(([name, value]) => members.has(name) && (typeof value !== "object" || value === null))
      .map(([name, value]) => [name, typeof value === "string" ? withoutSecrets(value, marks) : value]),
  );
}

function parameters(value: unknown, member: string, marks: Marks, owner: Members = {}): unknown {
  if (typeof value === "string") {
    const isSetting = member === "value" && typeof owner.key === "string" && !BUCKET.test(owner.key);
    const isDimension = member === "value" && typeof owner.name === "string";
    return PARAMETERS.has(member) || isSetting || isDimension ? withoutSecrets(value, marks) : marks.of("text", value);
  }
  if (Array.isArray(value)) return FREE.has(member) ? [] : value.map((one) => parameters(one, member, marks));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !FREE.has(name))
      .map(([name, inner]) => [withoutSecrets(name, marks), parameters(inner, name, marks, value)]),
  );
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
