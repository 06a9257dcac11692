import type { Answer, Input, Json } from "../../src/model/question.ts";
import { epoch, iso } from "../../src/model/time.ts";
import type { TrailRecord } from "../scenario.ts";
import type { World } from "../world.ts";

/** LookupEvents gives so many events a page (API reference). */
const A_PAGE = 50;

/** LookupEvents: the world's recorded calls that fit, newest first. */
export function lookupEvents({ scenario }: World, input: Input): Answer {
  const { now, window, trail = [] } = scenario;
  const [wanted] = (input.LookupAttributes ?? []) as readonly { readonly [member: string]: Json }[];
  const start = input.StartTime === undefined ? Number.NEGATIVE_INFINITY : epoch(input.StartTime);
  const end = input.EndTime === undefined ? Number.POSITIVE_INFINITY : epoch(input.EndTime);
  const events = trail
    .map((record) => ({ record, at: now - window + record.at }))
    .filter(({ at }) => at >= start && at <= end)
    .filter(({ record }) => attribute(record, String(wanted?.AttributeKey)) === wanted?.AttributeValue)
    .sort((a, b) => b.at - a.at)
    .map(({ record, at }) => entry(record, at));
  const pages = Array.from({ length: Math.max(1, Math.ceil(events.length / A_PAGE)) }, (_, page) => ({
    Events: events.slice(page * A_PAGE, (page + 1) * A_PAGE),
  }));
  return { status: "answered", pages };
}

function attribute({ name, source, readOnly = false }: TrailRecord, key: string): string {
  if (key === "EventName") return name;
  return key === "EventSource" ? `${source}.amazonaws.com` : String(readOnly);
}

function entry({ name, source, readOnly = false, arn, error, request, response }: TrailRecord, at: number) {
  const EventId = `00000000-0000-4000-8000-${String(Math.round(at)).padStart(12, "0")}`;
  const event = {
    eventVersion: "1.09",
    userIdentity: { type: arn.includes(":assumed-role/") ? "AssumedRole" : "IAMUser", arn },
    eventTime: iso(Math.round(at)),
    eventSource: `${source}.amazonaws.com`,
    eventName: name,
    awsRegion: "eu-west-1",
    ...(error !== undefined && { errorCode: error }),
    requestParameters: request,
    responseElements: response ?? null,
    readOnly,
    eventID: EventId,
    eventType: "AwsApiCall",
    managementEvent: true,
  };
  return {
    EventId,
    EventName: name,
    ReadOnly: String(readOnly),
    EventTime: iso(Math.round(at)),
    EventSource: `${source}.amazonaws.com`,
    Username: arn.split("/").at(-1) ?? "",
    Resources: [],
    CloudTrailEvent: JSON.stringify(event),
  };
}
