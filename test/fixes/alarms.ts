import { evaluateAlarm, type State } from "../../simulator/alarm.ts";
import type { AlarmSpec } from "../../simulator/scenario.ts";
import { WorldSource } from "../../simulator/source.ts";
import type { World } from "../../simulator/world.ts";
import type { Fix } from "../../src/model/judgement.ts";
import { metricData } from "../../src/sources/cloudwatch/metrics.ts";

/**
 * An alarm as a put-metric-alarm command defines it, as far as the simulator judges it. Without a metric it watches an
 * expression over metrics.
 */
export interface PutAlarm extends AlarmSpec {
  readonly dimensions: { readonly [name: string]: string };
}

/** Reads the command that a fix shows: what is tested is what a person would run. */
export function readPutAlarm(command: string): PutAlarm {
  const flag = (name: string) =>
    new RegExp(`--${name} ('(?:[^']|'\\\\'')*'|\\S+)`).exec(command)?.[1]?.replace(/^'|'$/g, "");
  const metrics = flag("metrics");
  const comparison = flag("comparison-operator");
  if (comparison !== "GreaterThanThreshold") throw new Error(`the simulator's alarms know no ${comparison}`);
  const common = {
    name: flag("alarm-name") ?? "",
    description: flag("alarm-description") ?? null,
    on: command.includes("TargetGroup") ? ("target group" as const) : ("load balancer" as const),
    threshold: Number(flag("threshold")),
    evaluationPeriods: Number(flag("evaluation-periods")),
    datapointsToAlarm: Number(flag("datapoints-to-alarm")),
    treatMissingData: flag("treat-missing-data") as AlarmSpec["treatMissingData"],
    initially: "OK" as const,
    earlier: [],
    since: 0,
    longHistory: false,
  };
  if (metrics !== undefined) return { ...common, ...readMetrics(metrics) };
  const words = /--dimensions ((?:Name=\S+,Value=\S+ ?)+)/.exec(command)?.[1]?.trim().split(" ") ?? [];
  const pairs = words.flatMap((word) => {
    const [, name, value] = /^Name=(.+?),Value=(.+)$/.exec(word) ?? [];
    return name !== undefined && value !== undefined ? [[name, value] as const] : [];
  });
  return {
    ...common,
    metric: flag("metric-name") ?? "",
    dimensions: Object.fromEntries(pairs),
    statistic: flag("statistic") ?? flag("extended-statistic") ?? "",
    period: Number(flag("period")),
  };
}

interface MetricQuery {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: {
    readonly Metric: { readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[] };
    readonly Period: number;
    readonly Stat: string;
  };
}

/** The one expression that fixes write: latency where there are requests enough, and nothing where there are not. */
function readMetrics(text: string) {
  const queries = JSON.parse(text) as readonly MetricQuery[];
  const expression = queries.find((one) => one.Expression !== undefined)?.Expression ?? "";
  const latency = queries.find(({ Id }) => Id === "latency")?.MetricStat;
  const least = /^IF\(requests >= (\d+), latency\)$/.exec(expression)?.[1];
  if (least === undefined || !latency) throw new Error(`the simulator's alarms do not know ${expression}`);
  return {
    dimensions: Object.fromEntries(latency.Metric.Dimensions.map(({ Name, Value }) => [Name, Value])),
    statistic: latency.Stat,
    period: latency.Period,
    leastRequests: Number(least),
  };
}

/** The alarms that a fix puts, and the states that each takes over the recorded window. */
export function statesOf(world: World, { changes }: Fix): { readonly alarm: PutAlarm; readonly states: State[] }[] {
  return changes
    .filter(({ command }) => command.startsWith("aws cloudwatch put-metric-alarm"))
    .map(({ command }) => {
      const alarm = readPutAlarm(command);
      const { changes: found } = evaluateAlarm(seriesOf(world, alarm), startOf(world), alarm, world.scenario.now);
      return { alarm, states: ["OK", ...found.map(({ to }) => to)] };
    });
}

const startOf = ({ scenario }: World) => scenario.now - scenario.window;

/** The alarm's metric as CloudWatch would answer it. */
function seriesOf(world: World, alarm: PutAlarm): readonly (number | null)[] {
  const read = (metric: string, statistic: string) => {
    const span = { start: startOf(world), end: world.scenario.now };
    const wanted = { id: "m", namespace: "AWS/ApplicationELB", metric, dimensions: alarm.dimensions, statistic };
    const { question, parse } = metricData(span, alarm.period, [wanted]);
    const answer = new WorldSource(world).answer(question);
    if (answer.status === "failed") throw new Error(answer.failure.message);
    return parse(answer.pages).value.get("m")?.values ?? [];
  };
  if (alarm.metric !== undefined) return read(alarm.metric, alarm.statistic);
  const requests = read("RequestCount", "Sum");
  return read("TargetResponseTime", alarm.statistic).map((value, index) =>
    (requests[index] ?? 0) >= (alarm.leastRequests ?? 0) ? value : null,
  );
}
