import { unitOf } from "../analysis/metric-unit.ts";
import type { AlarmFact } from "../model/facts.ts";
import { hasMark } from "../model/mark.ts";
import { isMistakable, shellQuoted } from "../model/shell.ts";
import type { AlarmChange } from "./alarm-proposal.ts";

type Dimensions = { readonly [name: string]: string };

/** What a new definition of an alarm says; put-metric-alarm replaces the whole of the old one. */
interface Definition {
  /** Of the alarm that it is made from: where that one lives. */
  readonly arn: string;
  readonly name: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Dimensions;
  readonly statistic: string;
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly comparison: string;
  readonly treatMissingData: AlarmFact["treatMissingData"];
  readonly lowSamples?: AlarmFact["lowSamples"];
  readonly unit?: AlarmFact["unit"];
  readonly actions?: AlarmFact["actions"];
  readonly description: string | null;
  readonly expression?: AlarmFact["expression"];
}

function put(one: Definition): string {
  return [
    `aws cloudwatch put-metric-alarm${inRegion(one)}`,
    ...written(one),
    ...(one.expression ? [`--metrics ${shellQuoted(JSON.stringify(one.expression.queries))}`] : metricOf(one)),
    ...judging(one),
  ].join(" ");
}

/** In another region the command would silently make a second alarm, or delete none. */
function inRegion({ arn }: { readonly arn: string }): string {
  const region = arn.split(":")[3] ?? "";
  return region === "" ? "" : ` --region ${shellQuoted(region)}`;
}

/** Its name and description, which a person wrote: a description is often nothing but the URL of the runbook. */
function written({ name, description, arn }: Pick<Definition, "name" | "description" | "arn">): string[] {
  if (description !== null && hasMark(description)) {
    // Part of it was masked when it arrived, so the command takes it from CloudWatch again instead of losing it.
    const asked = `aws cloudwatch describe-alarms${inRegion({ arn })} --alarm-names ${shellQuoted(arn.split(":alarm:")[1] ?? name)}`;
    const kept = `"$(${asked} --query "MetricAlarms[0].AlarmDescription" --output text)"`;
    return [...written({ name, description: null, arn }), `--alarm-description ${kept}`];
  }
  const texts = [
    { flag: "--alarm-name", key: "AlarmName", text: name },
    ...(description === null ? [] : [{ flag: "--alarm-description", key: "AlarmDescription", text: description }]),
  ];
  const apart = texts.filter(({ text }) => isMistakable(text)).map(({ key, text }) => [key, text]);
  return [
    ...texts.flatMap(({ flag, text }) => (isMistakable(text) ? [] : [`${flag} ${shellQuoted(text)}`])),
    // The other options win over it, and what it holds is taken as it stands.
    ...(apart.length > 0 ? [`--cli-input-json ${shellQuoted(JSON.stringify(Object.fromEntries(apart)))}`] : []),
  ];
}

function metricOf({ namespace, metric, dimensions, statistic, period, lowSamples, unit }: Definition): string[] {
  const simple = /^(Average|Sum|Minimum|Maximum|SampleCount)$/.test(statistic);
  return [
    `--namespace ${shellQuoted(namespace)} --metric-name ${shellQuoted(metric)}`,
    `--dimensions ${dimensionsOf(dimensions)}`,
    `${simple ? "--statistic" : "--extended-statistic"} ${shellQuoted(statistic)} --period ${period}`,
    ...(unit === undefined ? [] : [`--unit ${shellQuoted(unit)}`]),
    // "evaluate" is what CloudWatch does where an alarm does not say, and only percentiles may say it.
    ...(!simple && lowSamples === "ignore" ? ["--evaluate-low-sample-count-percentile ignore"] : []),
  ];
}

function dimensionsOf(dimensions: Dimensions): string {
  return Object.entries(dimensions)
    .map(([name, value]) => shellQuoted(`Name=${name},Value=${value}`))
    .join(" ");
}

/** In the unit of the alarm's expression, such as milliseconds; the rounding undoes what the division by its factor left. */
function thresholdOf({ threshold, expression }: Definition): number {
  return Number((threshold * (expression?.factor ?? 1)).toPrecision(12));
}

function judging(one: Definition): string[] {
  const { alarm = [], ok = [], insufficientData = [], enabled = true } = one.actions ?? {};
  const action = (flag: string, arns: readonly string[]) =>
    arns.length > 0 ? [`--${flag} ${arns.map(shellQuoted).join(" ")}`] : [];
  return [
    `--evaluation-periods ${one.evaluationPeriods} --datapoints-to-alarm ${one.datapointsToAlarm}`,
    `--threshold ${thresholdOf(one)} --comparison-operator ${shellQuoted(one.comparison)}`,
    `--treat-missing-data ${one.treatMissingData}`,
    ...action("alarm-actions", alarm),
    ...action("ok-actions", ok),
    ...action("insufficient-data-actions", insufficientData),
    ...(enabled ? [] : ["--no-actions-enabled"]),
  ];
}

/** The command that makes the alarm as it is now: the rollback. */
export function putAlarm(alarm: AlarmFact): string {
  return put({ ...alarm });
}

/** The alarm with other settings; with a least number of requests it becomes one on a metric-math expression. */
export function putChangedAlarm(alarm: AlarmFact, change: AlarmChange): string {
  const changed = { ...alarm, ...change };
  if (change.leastRequests === null) return put(changed);
  const metric = (id: string, name: string, stat: string) => ({
    Id: id,
    ReturnData: false,
    MetricStat: {
      Metric: {
        Namespace: alarm.namespace,
        MetricName: name,
        Dimensions: Object.entries(alarm.dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: alarm.period,
      Stat: stat,
    },
  });
  const own = unitOf(alarm).kind === "duration" ? "latency" : "metric";
  const words = `IF(requests >= ${change.leastRequests}, ${own})`;
  const queries = [
    { Id: "judged", Expression: words, ReturnData: true },
    metric(own, alarm.metric, alarm.statistic),
    metric("requests", "RequestCount", "Sum"),
  ];
  return put({ ...changed, expression: { queries, judged: "judged", words }, treatMissingData: "notBreaching" });
}

/** The same judgement on one target group. */
export function putGroupAlarm(alarm: AlarmFact, group: { readonly arn: string; readonly name: string }): string {
  return put({ ...onGroup(alarm, group), name: groupAlarmName(alarm, group) });
}

/** The judgement of a metric: an expression is over the metrics of all target groups, and stays behind. */
function onGroup({ expression: _, ...alarm }: AlarmFact, group: { readonly arn: string }): Definition {
  return { ...alarm, dimensions: { ...alarm.dimensions, TargetGroup: dimensionOf(group.arn) } };
}

export function groupAlarmName(alarm: AlarmFact, group: { readonly name: string }): string {
  return `${alarm.name}-${group.name}`;
}

/** What must come before an alarm is deleted that a composite alarm stands on. */
export function beforeDeletion({ name, composite }: AlarmFact): string[] {
  return composite === undefined
    ? []
    : [
        `the rule of the composite alarm ${composite} names ${name}: change it to the new alarms before that one is deleted`,
      ];
}

/** Alarms beside a known one, by their names. */
export function deleteAlarms(beside: AlarmFact, names: readonly string[]): string {
  return `aws cloudwatch delete-alarms${inRegion(beside)} --alarm-names ${names.map(shellQuoted).join(" ")}`;
}

/** The command that makes an alarm, and the metric that it watches. */
export interface NewAlarm {
  readonly metric: string;
  readonly command: string;
}

/** Alarms on what matters where latency does not: answers that fail, and targets that are not healthy (000, alerts). */
export function putHealthAlarms(alarm: AlarmFact, group: { readonly arn: string; readonly name: string }): NewAlarm[] {
  // The alarm's unit is that of a time, and these are counts.
  const { unit: _, ...watched } = onGroup(alarm, group);
  const common = { ...watched, description: null, comparison: "GreaterThanThreshold" };
  const failing = {
    ...common,
    name: `${group.name}-target-5xx`,
    metric: "HTTPCode_Target_5XX_Count",
    statistic: "Sum",
    period: 300,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    threshold: 5,
    treatMissingData: "notBreaching" as const,
  };
  const unhealthy = {
    ...common,
    name: `${group.name}-unhealthy-hosts`,
    metric: "UnHealthyHostCount",
    statistic: "Maximum",
    period: 60,
    evaluationPeriods: 5,
    datapointsToAlarm: 5,
    threshold: 0,
    treatMissingData: "missing" as const,
  };
  return [failing, unhealthy].map((one) => ({ metric: one.metric, command: put(one) }));
}

/** "targetgroup/name/id", as CloudWatch's dimension has it. */
function dimensionOf(arn: string): string {
  return arn.split(":").at(-1) ?? arn;
}

export function targetGroupAttributes(arn: string, attributes: { readonly [key: string]: string }): string {
  const list = Object.entries(attributes).map(([key, value]) => shellQuoted(`Key=${key},Value=${value}`));
  return `aws elbv2 modify-target-group-attributes --target-group-arn ${shellQuoted(arn)} --attributes ${list.join(" ")}`;
}
