import { alarmAt, breaches, EVALUATION_DELAY } from "../alarm.ts";
import { Random } from "../random.ts";
import type { AlarmSpec } from "../scenario.ts";
import { alarmNamespace, RESPONSE_TIME, type World } from "../world.ts";

export interface HistoryItem {
  /** Epoch seconds. */
  readonly at: number;
  readonly entry: {
    readonly AlarmName: string;
    readonly AlarmType: "MetricAlarm";
    readonly Timestamp: string;
    readonly HistoryItemType: "StateUpdate" | "Action" | "ConfigurationUpdate";
    readonly HistorySummary: string;
    readonly HistoryData: string;
  };
}

/** CloudWatch cuts HistoryData here (API reference, AlarmHistoryItem). */
const CUT = 4095;

/** The alarm's whole history, oldest first: those from before the simulation, then those that follow from its metric. */
export function alarmHistory(world: World): HistoryItem[] {
  const { alarm, now } = world.scenario;
  const changed: HistoryItem = item(world, now - alarm.since - 61 * 86_400, "ConfigurationUpdate", {
    summary: `Alarm "${alarm.name}" updated`,
    data: { version: "1.0", type: "Update", updatedAlarm: { alarmName: alarm.name, threshold: alarm.threshold } },
  });
  return [changed, ...recentChange(world), ...earlierItems(world), ...simulatedItems(world)].sort(
    (a, b) => a.at - b.at,
  );
}

/** The change within the window, with what it was before. */
function recentChange(world: World): HistoryItem[] {
  const { alarm, now, window } = world.scenario;
  if (!alarm.changed) return [];
  const { at, before } = alarm.changed;
  const data = {
    version: "1.0",
    type: "Update",
    originalUpdatedFields: Object.keys(before).length > 0 ? before : { okactions: [] },
    updatedAlarm: {
      alarmName: alarm.name,
      metricName: alarm.metric ?? RESPONSE_TIME,
      namespace: alarmNamespace(world.scenario),
      period: alarm.period,
      evaluationPeriods: alarm.evaluationPeriods,
      datapointsToAlarm: alarm.datapointsToAlarm,
      threshold: alarm.threshold,
      comparisonOperator: alarm.comparison ?? "GreaterThanThreshold",
      okactions: [world.arns.topic],
      alarmActions: [world.arns.topic],
    },
  };
  return [
    item(world, now - window + at, "ConfigurationUpdate", {
      summary: `Alarm "${alarm.name}" updated`,
      data,
    }),
  ];
}

/** What an entry says of one of its two states: the datapoints that led to it, and when the newest of them began. */
interface Seen {
  readonly state: string;
  readonly points: readonly (number | null)[];
  /** Epoch seconds. */
  readonly newestAt: number;
}

/** Before the simulated time there is no metric: the entries' datapoints are made up around the threshold. */
function earlierItems(world: World): HistoryItem[] {
  const { alarm, now, seed } = world.scenario;
  const random = new Random(seed, "earlier");
  const first = alarmAt(alarm, world.start, world.start);
  const low = () => madeUp(first, random, false);
  const high = () => madeUp(first, random, true);
  const minute = (at: number) => Math.floor((at - EVALUATION_DELAY) / 60) * 60 - alarm.period;
  const items: HistoryItem[] = [];
  const raised = (at: number) => {
    const calm = { state: "OK", points: [low(), low()], newestAt: minute(at - 7200) };
    const alarmed = { state: "ALARM", points: [high(), high()], newestAt: minute(at) };
    items.push(...transition(world, at, calm, alarmed));
    return alarmed;
  };
  if (alarm.initially === "ALARM") raised(now - alarm.since);
  if (alarm.initially === "INSUFFICIENT_DATA") {
    const at = now - alarm.since;
    const calm = { state: "OK", points: [low()], newestAt: minute(at - 86_400) };
    const points = Array.from({ length: alarm.evaluationPeriods }, () => null);
    items.push(...transition(world, at, calm, { state: "INSUFFICIENT_DATA", points, newestAt: minute(at) }));
  }
  for (const { ago, seconds } of alarm.earlier) {
    const at = now - ago + random.next();
    const over = { state: "OK", points: [high(), low()], newestAt: minute(at + seconds) };
    items.push(...transition(world, at + seconds, raised(at), over));
  }
  return items;
}

/** A datapoint from before the simulated time that breaches, or does not. */
function madeUp(alarm: AlarmSpec, random: Random, breaching: boolean): number {
  const { threshold, metric = RESPONSE_TIME } = alarm;
  const above = breaching !== (alarm.comparison ?? "GreaterThanThreshold").startsWith("LessThan");
  if (metric === RESPONSE_TIME) return rounded(threshold * (above ? random.between(1.2, 4) : random.between(0.2, 0.6)));
  // Counts and hosts are whole numbers.
  return above ? Math.ceil(threshold * random.between(1.2, 4)) + 1 : Math.floor(threshold * random.between(0.1, 0.6));
}

function simulatedItems(world: World): HistoryItem[] {
  const { alarm } = world.scenario;
  const step = alarm.period / 60;
  const seen = (state: string, newest: number, shown: number): Seen => ({
    state,
    points: Array.from({ length: shown }, (_, index) => newest - (shown - 1 - index) * step)
      .filter((minute) => minute >= step - 1)
      .map((minute) => world.alarmMetric[minute] ?? null)
      .map((value) => (value === null ? null : rounded(value))),
    newestAt: world.start + (newest + 1) * 60 - alarm.period,
  });
  let before = seen(
    alarm.initially,
    (alarm.evaluationPeriods + 2) * step - 1,
    alarm.longHistory ? 40 : alarm.evaluationPeriods,
  );
  return world.changes.flatMap((change) => {
    const { evaluationPeriods } = alarmAt(alarm, world.start, change.at);
    const fresh = seen(change.to, change.newest, alarm.longHistory ? 40 : evaluationPeriods);
    const items = transition(world, change.at, before, fresh);
    before = fresh;
    return items;
  });
}

function transition(world: World, at: number, old: Seen, fresh: Seen): HistoryItem[] {
  const data = { version: "1.0", oldState: stateObject(world, at, old), newState: stateObject(world, at, fresh) };
  return [
    item(world, at, "StateUpdate", { summary: `Alarm updated from ${old.state} to ${fresh.state}`, data }),
    item(world, at + 0.03, "Action", {
      summary: `Successfully executed action ${world.arns.topic}`,
      data: {
        actionState: "Succeeded",
        stateUpdateTimestamp: Math.round(at * 1000),
        notificationResource: world.arns.topic,
      },
    }),
  ];
}

/** `when`: the time whose configuration the entry tells, epoch seconds. */
function stateObject(world: World, when: number, { state, points, newestAt }: Seen) {
  const alarm = alarmAt(world.scenario.alarm, world.start, when);
  const at = (index: number) => stamp(newestAt - (points.length - 1 - index) * alarm.period);
  const real = points.filter((value) => value !== null);
  return {
    stateValue: state,
    stateReason: reason(alarm, state, points),
    stateReasonData: {
      version: "1.0",
      queryDate: stamp(newestAt + alarm.period + EVALUATION_DELAY),
      startDate: at(0),
      statistic: alarm.statistic,
      period: alarm.period,
      recentDatapoints: real,
      threshold: alarm.threshold,
      evaluatedDatapoints: points
        .flatMap((value, index) => (value === null ? [] : [{ timestamp: at(index), value }]))
        .reverse(),
    },
  };
}

/** The sentence that CloudWatch writes. `points`: the newest last. */
export function reason(alarm: AlarmSpec, state: string, points: readonly (number | null)[]): string {
  const { threshold, evaluationPeriods, datapointsToAlarm, treatMissingData } = alarm;
  const last = points.slice(-evaluationPeriods);
  if (state === "INSUFFICIENT_DATA") return `Insufficient Data: ${evaluationPeriods} datapoints were unknown.`;
  const alarming = state === "ALARM";
  const filled = { missing: "Missing", ignore: "Ignored", breaching: "Breaching", notBreaching: "NonBreaching" };
  if (last.every((value) => value === null)) {
    const [were, points] = last.length === 1 ? ["was", "datapoint"] : ["were", "datapoints"];
    return `Threshold Crossed: no datapoints were received for ${last.length} period${last.length === 1 ? "" : "s"} and ${last.length} missing ${points} ${were} treated as [${filled[treatMissingData]}].`;
  }
  const deciding = last.filter((value) => value !== null && breaches(alarm, value) === alarming);
  const needed = alarming ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1;
  return `Threshold Crossed: ${deciding.length} out of the last ${evaluationPeriods} datapoints [${deciding.join(", ")}] ${deciding.length === 1 ? "was" : "were"} ${alarming ? "" : "not "}${comparisonWords(alarm)} the threshold (${threshold}) (minimum ${needed} datapoint${needed === 1 ? "" : "s"} for ${alarming ? "OK -> ALARM" : "ALARM -> OK"} transition).`;
}

/** How CloudWatch writes the comparison. */
export function comparisonWords({ comparison = "GreaterThanThreshold" }: AlarmSpec): string {
  const side = comparison.startsWith("LessThan") ? "less than" : "greater than";
  return comparison.includes("OrEqual") ? `${side} or equal to` : side;
}

function item(
  world: World,
  at: number,
  type: HistoryItem["entry"]["HistoryItemType"],
  { summary, data }: { summary: string; data: unknown },
): HistoryItem {
  return {
    at,
    entry: {
      AlarmName: world.scenario.alarm.name,
      AlarmType: "MetricAlarm",
      Timestamp: new Date(Math.round(at * 1000)).toISOString(),
      HistoryItemType: type,
      HistorySummary: summary,
      HistoryData: JSON.stringify(data).slice(0, CUT),
    },
  };
}

/** "2026-06-26T08:02:00.000+0000": the form that HistoryData uses. */
function stamp(at: number): string {
  return new Date(Math.round(at * 1000)).toISOString().replace("Z", "+0000");
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
