import type { Answer, Input, Question } from "../../src/model/question.ts";
import { epoch, iso } from "../../src/model/time.ts";

/** A call as CloudTrail records it; times are epoch seconds. */
export interface Recorded {
  readonly at: number;
  readonly name: string;
  readonly source: string;
  readonly request: Input;
  readonly response?: Input;
  readonly arn?: string;
  readonly error?: string;
}

const DEPLOY = "arn:aws:sts::111122223333:assumed-role/deploy/ada@example.com";

/** The entry of LookupEvents for a call (CloudTrail User Guide, record contents; API reference, LookupEvents). */
export function entryOf({ at, name, source, request, response, arn = DEPLOY, error }: Recorded, id: number) {
  const EventId = `3038ebd2-c98a-4c65-9b6e-${String(id).padStart(12, "0")}`;
  return {
    EventId,
    EventName: name,
    ReadOnly: "false",
    EventTime: iso(at),
    EventSource: `${source}.amazonaws.com`,
    Username: arn.split("/").at(-1) ?? "",
    Resources: [],
    CloudTrailEvent: JSON.stringify({
      eventVersion: "1.09",
      userIdentity: { type: "AssumedRole", arn, accountId: "111122223333" },
      eventTime: iso(at),
      eventSource: `${source}.amazonaws.com`,
      eventName: name,
      awsRegion: "eu-west-1",
      sourceIPAddress: "203.0.113.7",
      userAgent: "aws-cli/2.27.0",
      ...(error !== undefined && { errorCode: error }),
      requestParameters: request,
      responseElements: response ?? null,
      requestID: "b7d1f6c8-0000",
      eventID: EventId,
      readOnly: false,
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: "111122223333",
    }),
  };
}

/** What CloudTrail answers to a lookup where these calls were made. */
export function lookedUp({ input }: Question, calls: readonly Recorded[]): Answer {
  const [wanted] = input.LookupAttributes as readonly { AttributeKey: string; AttributeValue: string }[];
  const [start, end] = [epoch(input.StartTime), epoch(input.EndTime)];
  const key = wanted?.AttributeKey === "EventName" ? "EventName" : "EventSource";
  const Events = calls
    .map(entryOf)
    .filter((one) => one[key] === wanted?.AttributeValue)
    .filter(({ EventTime }) => epoch(EventTime) >= start && epoch(EventTime) <= end)
    .reverse();
  return { status: "answered", pages: [{ Events }] };
}
