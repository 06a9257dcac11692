import type { Typed } from "../../model/question.ts";
import { type Epoch, iso, type Span } from "../../model/time.ts";
import { field, instant, name, pagedItems, text } from "../parse.ts";
import { parseJson } from "../size.ts";
import * as z from "../zod.ts";
import type { CallChange } from "./call.ts";
import { changeOf } from "./changes.ts";

/** LookupEvents takes one attribute a call (API reference, LookupEvents). */
export interface Lookup {
  readonly key: "EventSource" | "EventName";
  /** "elasticloadbalancing.amazonaws.com", "PutMetricAlarm" */
  readonly value: string;
}

/** LookupEvents reaches so far back; seconds (AWS CloudTrail User Guide, Working with event history: 90 days). */
export const TRAIL = 90 * 86_400;

/**
 * Events appear "typically within an average of about 5 minutes of an API call", which is not guaranteed (AWS CloudTrail
 * User Guide, How CloudTrail works); seconds.
 */
export const TRAIL_DELAY = 300;

/** What can make answers slow: settings of the load balancer, nodes, and the alarm itself. */
const ANY: readonly Lookup[] = [
  source("elasticloadbalancing"),
  source("eks"),
  call("PutMetricAlarm"),
  call("UpdateAutoScalingGroup"),
];

/**
 * What can make requests fail besides. Of services whose reads, which stand in the same list, come by the thousand where a
 * cluster runs (nodes, autoscalers and network plugins describe without end), only the calls that matter are asked for.
 */
const FAILURES: readonly Lookup[] = [
  source("acm"),
  source("wafv2"),
  call("SetDesiredCapacity"),
  call("UpdateService"),
  call("AuthorizeSecurityGroupIngress"),
  call("RevokeSecurityGroupIngress"),
  call("RevokeSecurityGroupEgress"),
  call("ModifySecurityGroupRules"),
  call("CreateNetworkAclEntry"),
  call("ReplaceNetworkAclEntry"),
  call("DeleteNetworkAclEntry"),
  call("ReplaceNetworkAclAssociation"),
  call("CreateRoute"),
  call("ReplaceRoute"),
  call("DeleteRoute"),
];

/**
 * The lookups that are made for the changes around an alarm, the ones that say most first. AWS answers two a second and no
 * more, so an alarm on slowness asks for four of them, which takes two seconds, and not for rules of the network: those
 * let a packet through or not, and make none slow.
 */
export function lookupsFor({ isLatency }: { readonly isLatency: boolean }): readonly Lookup[] {
  return isLatency ? ANY : [...ANY, ...FAILURES];
}

function source(service: string): Lookup {
  return { key: "EventSource", value: `${service}.amazonaws.com` };
}

function call(name: string): Lookup {
  return { key: "EventName", value: name };
}

/** Who made a call. */
export interface Caller {
  readonly kind: "user" | "role" | "service" | "root" | "other";
  /** The user's or the role's name, "elasticloadbalancing.amazonaws.com" for a service; null where the event does not say. */
  readonly name: string | null;
  /** The name of a role's session, which is mostly a person's or a machine's; null where there is none. */
  readonly session: string | null;
}

/** One call that changed something, or was to. */
export interface TrailEvent {
  readonly id: string;
  readonly at: Epoch;
  /** "ModifyRule" */
  readonly name: string;
  /** "elasticloadbalancing.amazonaws.com" */
  readonly source: string;
  readonly by: Caller;
  /** The service's error code, where it did not do it; null: done. */
  readonly error: string | null;
  /** What it changed, as its parameters and its answer say; null where nothing is of interest here, or it was refused. */
  readonly change: CallChange | null;
}

const listed = z.object({
  EventId: name,
  EventName: name,
  EventTime: instant,
  EventSource: name,
  ReadOnly: text,
  CloudTrailEvent: z.string(),
});

const identity = z.object({
  type: name,
  arn: z.nullish(name),
  invokedBy: z.nullish(name),
});

const record = z.object({
  eventTime: instant,
  eventSource: name,
  eventName: name,
  readOnly: z.nullish(z.boolean()),
  errorCode: z.nullish(name),
  userIdentity: z.nullish(identity),
  requestParameters: z.optional(z.unknown()),
  responseElements: z.optional(z.unknown()),
});

/**
 * LookupEvents for one attribute over a span, newest first, 50 a page: what changed something, oldest first. Calls that only
 * read, which stand in the same list, are passed over. Where pages are missing, the oldest events are.
 */
export function lookupEvents({ key, value }: Lookup, span: Span): Typed<TrailEvent[]> {
  return {
    question: {
      source: "cloudtrail",
      operation: "LookupEvents",
      input: {
        LookupAttributes: [{ AttributeKey: key, AttributeValue: value }],
        StartTime: iso(span.start),
        EndTime: iso(span.end),
      },
    },
    parse: (pages) => {
      const { value: entries, flaws: odd = [] } = pagedItems(listed, pages, "Events");
      const flaws = [...odd];
      const events: TrailEvent[] = [];
      for (const entry of entries) {
        if (onlyReads(entry.EventName, entry.ReadOnly === "true")) continue;
        const event = eventOf(entry);
        if (typeof event === "string")
          flaws.push(`event ${entry.EventName} of ${iso(entry.EventTime)} left out: ${event}`);
        else if (event !== null) events.push(event);
      }
      return { value: events.sort((a, b) => a.at - b.at), flaws };
    },
  };
}

/** Describe, Get and List are AWS's words for reading, in every service asked here (their API references). */
function onlyReads(call: string, isSaid: boolean): boolean {
  return isSaid || /^(Describe|Get|List|Lookup|Search|Check)/.test(call);
}

/** The event; null where it only reads; in words what is wrong with its record. */
function eventOf(entry: z.infer<typeof listed>): TrailEvent | string | null {
  let raw: unknown;
  try {
    raw = parseJson(entry.CloudTrailEvent);
  } catch {
    return "its CloudTrailEvent is not JSON";
  }
  const parsed = record.safeParse(raw);
  if (!parsed.success) return `its CloudTrailEvent has no usable ${parsed.error.issues[0]?.path.join(".") || "shape"}`;
  const found = parsed.data;
  if (found.eventName !== entry.EventName) return "its CloudTrailEvent belongs to another call";
  if (found.readOnly) return null;
  const error = found.errorCode ?? null;
  const call = {
    name: found.eventName,
    source: found.eventSource,
    request: found.requestParameters,
    response: found.responseElements,
  };
  const change = error === null ? changeOf(call) : null;
  if (typeof change === "string") return change;
  return {
    id: entry.EventId,
    at: found.eventTime,
    name: call.name,
    source: call.source,
    by: callerOf(found.userIdentity ?? null),
    error,
    change,
  };
}

/** By the ARN, whose forms are known to redaction (IAM User Guide, IAM identifiers; CloudTrail userIdentity element). */
function callerOf(who: z.infer<typeof identity> | null): Caller {
  const of = (kind: Caller["kind"], name: string | null, session: string | null = null) => ({ kind, name, session });
  if (who === null) return of("other", null);
  const [, form, path = ""] = /^arn:[^:]*:(?:iam|sts)::[^:]*:([\w-]+)(?:\/(.+))?$/.exec(who.arn ?? "") ?? [];
  const parts = path.split("/");
  if (form === "assumed-role") return of("role", parts[0] ?? null, parts.slice(1).join("/") || null);
  if (form === "role") return of("role", parts.at(-1) ?? null);
  if (form === "user" || form === "federated-user") return of("user", parts.at(-1) ?? null);
  if (form === "root" || who.type === "Root") return of("root", "root");
  if (who.invokedBy) return of("service", who.invokedBy);
  return of("other", field(who, "type") === "AWSService" ? "an AWS service" : null);
}
