import type { Answer, Input, Json } from "../../src/model/question.ts";
import { epoch, iso } from "../../src/model/time.ts";
import { Random } from "../random.ts";
import { type TrailEvent, trailEvents } from "../trail/events.ts";
import type { World } from "../world.ts";

/** LookupEvents gives so many events a page (API reference). */
const A_PAGE = 50;
/** Seconds after which an event is there: "within an average of about 5 minutes" (User Guide, How CloudTrail works). */
const LATE = [120, 420] as const;

/** LookupEvents: the world's recorded calls that fit and have arrived by now, newest first. */
export function lookupEvents(world: World, input: Input): Answer {
  const { now, seed } = world.scenario;
  const [wanted] = (input.LookupAttributes ?? []) as readonly { readonly [member: string]: Json }[];
  const start = input.StartTime === undefined ? Number.NEGATIVE_INFINITY : epoch(input.StartTime);
  const end = input.EndTime === undefined ? Number.POSITIVE_INFINITY : epoch(input.EndTime);
  const late = new Random(seed, "trail").between(...LATE);
  const events = trailEvents(world)
    .map((event, index) => ({ ...event, index }))
    .filter(({ at }) => at >= start && at <= end && at <= now - late)
    .filter((event) => attribute(event, String(wanted?.AttributeKey)).includes(String(wanted?.AttributeValue)))
    .sort((a, b) => b.at - a.at)
    .map((event) => entry(world, event));
  const count = Math.max(1, Math.ceil(events.length / A_PAGE));
  const pages = Array.from({ length: count }, (_, page) => ({
    Events: events.slice(page * A_PAGE, (page + 1) * A_PAGE),
    ...(page + 1 < count && { NextToken: new Random(page, `trail ${seed}`).hex(32) }),
  }));
  return { status: "answered", pages };
}

/** The values of a lookup attribute that an event has. */
function attribute({ name, source, readOnly, arn, resources }: TrailEvent, key: string): string[] {
  if (key === "EventName") return [name];
  if (key === "EventSource") return [`${source}.amazonaws.com`];
  if (key === "ReadOnly") return [String(readOnly)];
  if (key === "Username") return [usernameOf(arn)];
  if (key === "ResourceName") return resources.map(({ ResourceName }) => ResourceName);
  return key === "ResourceType" ? resources.map(({ ResourceType }) => ResourceType) : [];
}

/** One entry: the event's most wanted members, and all of it as text (API reference, Event). */
function entry({ scenario }: World, event: TrailEvent & { readonly index: number }) {
  const { account, region } = scenario.place;
  const { at, name, source, readOnly, arn, error, request, response, userAgent, resources, index } = event;
  const random = new Random(scenario.seed, `trail ${index}`);
  const EventId = random.uuid();
  const key = `${arn.includes(":assumed-role/") ? "ASIA" : "AKIA"}${random.letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)}`;
  const record = {
    eventVersion: "1.11",
    userIdentity: identity(arn, account, key, at, random),
    eventTime: iso(at),
    eventSource: `${source}.amazonaws.com`,
    eventName: name,
    awsRegion: region,
    sourceIPAddress: `198.51.100.${random.integer(1, 254)}`,
    userAgent,
    ...(error !== undefined && { errorCode: error }),
    requestParameters: request,
    responseElements: response,
    requestID: random.uuid(),
    eventID: EventId,
    readOnly,
    eventType: "AwsApiCall",
    ...(source === "elasticloadbalancing" && { apiVersion: "2015-12-01" }),
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: "Management",
  };
  return {
    EventId,
    EventName: name,
    ReadOnly: String(readOnly),
    AccessKeyId: key,
    EventTime: iso(at),
    EventSource: `${source}.amazonaws.com`,
    Username: usernameOf(arn),
    Resources: resources,
    CloudTrailEvent: JSON.stringify(record),
  };
}

/** The user's name, or the name of the role's session. */
function usernameOf(arn: string): string {
  return arn.split("/").at(-1) ?? "";
}

/** Who called (CloudTrail userIdentity element). */
function identity(arn: string, accountId: string, accessKeyId: string, at: number, random: Random) {
  const id = random.letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);
  if (!arn.includes(":assumed-role/"))
    return { type: "IAMUser", principalId: `AIDA${id}`, arn, accountId, accessKeyId, userName: usernameOf(arn) };
  const [, role = "", session = ""] = arn.split("/");
  const issuer = {
    type: "Role",
    principalId: `AROA${id}`,
    arn: `arn:aws:iam::${accountId}:role/${role}`,
    accountId,
    userName: role,
  };
  return {
    type: "AssumedRole",
    principalId: `AROA${id}:${session}`,
    arn,
    accountId,
    accessKeyId,
    sessionContext: {
      sessionIssuer: issuer,
      attributes: { creationDate: iso(at - 600), mfaAuthenticated: "false" },
    },
  };
}
