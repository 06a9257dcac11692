import type { FailureKind, Question } from "../../src/model/question.ts";
import { FAULTS, type Fault, LATER } from "../loopback/faults.ts";
import { SPOILED, type Spoiled } from "../loopback/spoiled.ts";

/* The columns of the fault matrix: what a question meets, and what may be told of it. */

/** What passes when it is asked again, by the fault of the first attempt. */
const ONCE = {
  "throttled-once": "throttled",
  "throttled-briefly": "throttled-briefly",
  "reset-once": "reset",
  "silent-once": "silent",
  "unavailable-once": "unavailable",
} as const;
/** How the server stands there for every question: nobody listens, or with a certificate that nobody knows. */
export const PLACES = ["refused", "untrusted"] as const;
export type Place = (typeof PLACES)[number];
export type Column = Fault | Place | keyof typeof ONCE;

export const COLUMNS: readonly Column[] = [
  ...PLACES,
  ...(Object.keys(ONCE) as (keyof typeof ONCE)[]),
  ...FAULTS,
  "clock",
  ...LATER,
  ...SPOILED,
];

const NOT_THERE: readonly FailureKind[] = ["unreachable"];
const UNREADABLE: readonly FailureKind[] = ["malformed", "missing"];

/** The kinds that tell the truth about a fault; none where the answer must come all the same. */
const KINDS: { readonly [column: string]: readonly FailureKind[] } = {
  refused: NOT_THERE,
  untrusted: NOT_THERE,
  reset: NOT_THERE,
  short: NOT_THERE,
  unavailable: NOT_THERE,
  "later-reset": NOT_THERE,
  silent: ["timeout"],
  trickle: ["timeout"],
  forbidden: ["forbidden"],
  expired: ["unauthenticated"],
  clock: ["unauthenticated"],
  redirect: ["unauthenticated"],
  throttled: ["throttled"],
  "throttled-for-long": ["throttled"],
  "html-500": ["malformed"],
  "html-200": UNREADABLE,
  "empty-body": UNREADABLE,
  "null-body": UNREADABLE,
  binary: UNREADABLE,
  deep: ["malformed"],
  cut: ["malformed"],
  "not-zipped": ["malformed"],
  "large-headers": ["malformed"],
  huge: ["malformed"],
  "later-again": ["malformed"],
};

const OF_PAGES =
  /^(DescribeAlarms|DescribeAlarmHistory|GetMetricData|DescribeListeners|DescribeLoadBalancers|DescribeRules|DescribeTargetGroups|list)$/;
/** What an exec, which has no body, can meet before its command runs. */
const OF_EXEC = ["refused", "untrusted", "reset", "silent", "forbidden", "expired", "throttled", "throttled-once"];

export function isSpoiled(column: Column): column is Spoiled {
  return (SPOILED as readonly string[]).includes(column);
}

/** Whether the question can meet it at all. */
export function canMeet({ source, operation }: Question, column: Column): boolean {
  const isAws = source === "cloudwatch" || source === "elbv2";
  if (operation === "exec") return OF_EXEC.includes(column);
  if (column === "clock") return isAws;
  return !(LATER as readonly string[]).includes(column) || OF_PAGES.test(operation);
}

/** The fault of the nth attempt. */
export function faultOf(column: Column, attempt: number): Fault | null {
  if (column === "refused" || column === "untrusted") return null;
  if (!Object.hasOwn(ONCE, column)) return column as Fault;
  return attempt === 1 ? ONCE[column as keyof typeof ONCE] : null;
}

/** The kinds of which a gap may be; none where there must be no gap; null where it depends on what is read. */
export function kindsOf({ source }: Question, column: Column): readonly FailureKind[] | null {
  // The AWS SDK reads the body as it is, whatever its headers say (3.1162).
  if (column === "not-zipped" && source !== "kubernetes" && source !== "prometheus") return [];
  if (isSpoiled(column) && column !== "strangers") return null;
  return KINDS[column] ?? [];
}
