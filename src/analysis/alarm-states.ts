import type { AlarmFact, AlarmState, Transition } from "../model/facts.ts";
import type { Epoch, Span } from "../model/time.ts";
import { duration, plural } from "../model/words.ts";
import { within } from "./series.ts";

/** What is known of an alarm's states. */
export interface AlarmStatesFacts {
  readonly alarm: Pick<AlarmFact, "state" | "comparison" | "treatMissingData" | "period" | "evaluationPeriods">;
  readonly window: Span;
  /** All changes of state that the history holds, oldest first; null where it could not be read. */
  readonly transitions: readonly Transition[] | null;
  /** How far back the history was read. */
  readonly historyFrom: Epoch;
  /** Datapoints of what the alarm judges, in the window; null where they could not be read. */
  readonly datapoints: number | null;
}

/**
 * Whether the alarm has the data that it judges.
 * - `loses-data`: it goes to INSUFFICIENT_DATA and back, again and again.
 * - `never-has-data`: there is nothing that it could judge: no datapoint, and no other state as far as the history goes.
 * - `without-data`: no datapoint in the window, but it had data before, or its history does not tell.
 * - `has-data`: neither. `unknown`: it does not lose its data as far as is known, and the metric could not be read.
 */
export interface AlarmStates {
  readonly kind: "loses-data" | "never-has-data" | "without-data" | "has-data" | "unknown";
  /** Times that it went to INSUFFICIENT_DATA in the window. */
  readonly lost: number;
  /** Times that it went to ALARM in the window. */
  readonly alarms: number;
  /** Seconds of the window in INSUFFICIENT_DATA; null where the history could not be read. */
  readonly withoutData: number | null;
  /** One sentence without a full stop; null where there is nothing to tell. */
  readonly statement: string | null;
  /** What to change; null where there is nothing. */
  readonly remedy: string | null;
}

/** Once may be a maintenance or the alarm's creation; twice is a habit. */
const FLAPS = 2;

/** Tells an alarm that lives between OK and INSUFFICIENT_DATA, or has nothing to judge, from one that works. */
export function alarmStates(facts: AlarmStatesFacts): AlarmStates {
  const { alarm, window, transitions, datapoints } = facts;
  const inside = transitions?.filter(({ at }) => within([window], at)) ?? [];
  const seconds = transitions && secondsIn("INSUFFICIENT_DATA", transitions, window, alarm.state);
  const lost = inside.filter(({ to }) => to === "INSUFFICIENT_DATA").length;
  const alarms = inside.filter(({ to }) => to === "ALARM").length;
  if (lost >= FLAPS) {
    const never = alarms === 0 ? "it never went to ALARM" : `it went to ALARM ${plural(alarms, "time")}`;
    const statement = `lost its data ${plural(lost, "time")} in ${duration(window.end - window.start)} (to INSUFFICIENT_DATA and back, ${duration(seconds ?? 0)} in all); ${never}`;
    return result("loses-data", inside, seconds, statement, remedyForGaps(alarm));
  }
  if (datapoints !== 0) return result(datapoints === null ? "unknown" : "has-data", inside, seconds, null, null);
  const never = transitions !== null && transitions.length === 0 && alarm.state === "INSUFFICIENT_DATA";
  const span = duration(window.end - (never ? facts.historyFrom : window.start));
  const silent = `${silence(alarm)}: what it watches had no datapoints in ${duration(window.end - window.start)}`;
  if (never) {
    const statement = `has been in INSUFFICIENT_DATA for at least ${span}, without a datapoint: it watches nothing`;
    return result("never-has-data", inside, seconds, statement, CHECK_DIMENSIONS);
  }
  return result("without-data", inside, seconds, silent, CHECK_DIMENSIONS);
}

const CHECK_DIMENSIONS =
  "check its metric and dimensions against what exists (aws cloudwatch list-metrics); a load balancer without traffic has no datapoints either";

function silence({ state, treatMissingData }: AlarmStatesFacts["alarm"]): string {
  return state === "OK" && treatMissingData === "notBreaching"
    ? "is OK only because missing data counts as good"
    : `is ${state}`;
}

/** A load balancer's metrics have no datapoint without traffic: that is not a fault, unless too few is what it watches for. */
function remedyForGaps({ comparison, treatMissingData }: AlarmStatesFacts["alarm"]): string | null {
  // With the other treatments CloudWatch does not go to INSUFFICIENT_DATA for a gap: something else takes the data away.
  if (treatMissingData !== "missing") return CHECK_DIMENSIONS;
  if (comparison.startsWith("Less"))
    return "decide what missing data means: treat it as breaching where silence is a fault, as ignore where it is not";
  return "treat missing data as notBreaching: without requests nothing can be slow or fail";
}

function result(
  kind: AlarmStates["kind"],
  inside: readonly Transition[],
  withoutData: number | null,
  statement: string | null,
  remedy: string | null,
): AlarmStates {
  const to = (state: AlarmState) => inside.filter((one) => one.to === state).length;
  return { kind, lost: to("INSUFFICIENT_DATA"), alarms: to("ALARM"), withoutData, statement, remedy };
}

/** Seconds of the window in a state; `present` is the state where no change tells it. */
export function secondsIn(
  state: AlarmState,
  transitions: readonly Transition[],
  window: Span,
  present: AlarmState,
): number {
  const inside = transitions.filter(({ at }) => within([window], at));
  const before = transitions.filter(({ at }) => at < window.start).at(-1);
  let now = inside[0]?.from ?? before?.to ?? present;
  let since = window.start;
  let seconds = 0;
  for (const { at, to } of inside) {
    if (now === state) seconds += at - since;
    now = to;
    since = at;
  }
  return seconds + (now === state ? window.end - since : 0);
}
