import {
  type AlarmFact,
  type Ask,
  defineStep,
  describeTargetGroups,
  type EpisodesFact,
  type LatencyFact,
  METRICS_PER_CALL,
  type MetricWanted,
  metricData,
  type Question,
  type Series,
  type Span,
  spike,
  sum,
  type TargetGroupFact,
  valuesIn,
} from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { guiltyMetricFact, loadBalancerFact, suspectFact, targetGroupsFact } from "../target-groups/fact.ts";
import { loadBalancerArn, readLoadBalancer, readTargetGroups } from "../target-groups/read.ts";
import { layout } from "../target-groups/words.ts";
import { type GroupResponses, MADE, type Responses, responsesFact } from "./fact.ts";
import { suspectOf } from "./suspect.ts";

/** What is read of each target group, by the prefix of the ids. */
const OF_GROUP = {
  requests: ["RequestCount", "Sum"],
  failed: ["HTTPCode_Target_5XX_Count", "Sum"],
  refused: ["TargetConnectionErrorCount", "Sum"],
  healthy: ["HealthyHostCount", "Minimum"],
  unhealthy: ["UnHealthyHostCount", "Maximum"],
  average: ["TargetResponseTime", "Average"],
  maximum: ["TargetResponseTime", "Maximum"],
  p50: ["TargetResponseTime", "p50"],
  p95: ["TargetResponseTime", "p95"],
  p99: ["TargetResponseTime", "p99"],
} as const;
type OfGroup = keyof typeof OF_GROUP;

const WHOSE = {
  source: "cloudwatch",
  kind: "missing",
  what: "no metric says for which target group the load balancer made its 5xx, and none of the target groups stands out",
  remedy: "the load balancer's access log says it, where it is on: its field target_group_arn",
} as const;

/** Who answered with errors: which target group's targets, or the load balancer itself and with which status. */
export default defineStep({
  id: "responses",
  title: "responses",
  needs: { alarm: alarmFact },
  uses: [episodesFact],
  gives: [loadBalancerFact, targetGroupsFact, responsesFact, suspectFact, guiltyMetricFact],
  async run({ facts: { alarm }, window, ask, use, give, find, lack }) {
    const arn = loadBalancerArn(alarm.arn, alarm.dimensions.LoadBalancer ?? "");
    const groupsAsked = describeTargetGroups(arn);
    const [loadBalancer, groups] = await Promise.all([
      readLoadBalancer(arn, ask),
      readTargetGroups(ask(groupsAsked), ask),
    ]);
    if (loadBalancer) give(loadBalancerFact, loadBalancer);
    if (!groups) return;
    give(targetGroupsFact, groups);
    find({ id: "layout", ...layout(loadBalancer, groups), proof: [groupsAsked.question] });
    const read = await readResponses(alarm, groups, window, ask);
    if (read === "part")
      lack({
        source: "cloudwatch",
        kind: "missing",
        what: "the metrics of the responses came in part: whose errors they are cannot be said from a part",
        remedy: "run it again",
      });
    if (read === null || read === "part") return;
    give(responsesFact, read.responses);
    const episodes = await use(episodesFact);
    if (!episodes || episodes.episodes.length === 0) return;
    const dimension = alarm.dimensions.TargetGroup;
    const suspect = suspectOf(read.responses.groups, episodes, { metric: alarm.metric, dimension });
    give(suspectFact, { group: suspect && { arn: suspect.arn, name: suspect.name } });
    if (suspect) give(guiltyMetricFact, read.latencyOf(suspect.arn));
    else if (alarm.metric.startsWith("HTTPCode_ELB_")) lack(WHOSE);
    find({ id: "errors", ...errors(read.responses, episodes), proof: read.questions });
  },
});

async function readResponses(alarm: AlarmFact, groups: readonly TargetGroupFact[], window: Span, ask: Ask) {
  const { TargetGroup: _, ...whole } = alarm.dimensions;
  const { namespace, period } = alarm;
  const own = (id: string, metric: string) => ({ id, namespace, metric, dimensions: whole, statistic: "Sum" });
  const ofGroups = groups.flatMap(({ arn }, index) =>
    Object.entries(OF_GROUP).map(([name, [metric, statistic]]): MetricWanted => {
      const dimensions = { ...whole, TargetGroup: arn.split(":").at(-1) ?? "" };
      return { id: `${name}${index}`, namespace, metric, dimensions, statistic };
    }),
  );
  const wanted = [
    ...MADE.map((status) => own(`made${status}`, `HTTPCode_ELB_${status}_Count`)),
    own("rejected", "RejectedConnectionCount"),
    ...ofGroups,
  ];
  const calls = Array.from({ length: Math.ceil(wanted.length / METRICS_PER_CALL) }, (_, index) =>
    metricData(window, period, wanted.slice(index * METRICS_PER_CALL, (index + 1) * METRICS_PER_CALL)),
  );
  const answers = await Promise.all(calls.map((call) => ask(call)));
  // Whose errors they are, cannot be said where a part of them was read.
  if (!answers.every((answer) => answer.ok)) return null;
  if (answers.some((answer) => answer.ok && answer.cut)) return "part";
  const byId = new Map(answers.flatMap((answer) => (answer.ok ? [...answer.value] : [])));
  const of = (id: string): Series => byId.get(id) ?? { start: window.start, step: period, values: [] };
  const placed = groups.map(({ arn, name }, index) => ({ arn, name, of: (what: OfGroup) => of(`${what}${index}`) }));
  const responses: Responses = {
    groups: placed.map(({ arn, name, of: its }): GroupResponses => {
      const hosts = { healthy: its("healthy"), unhealthy: its("unhealthy") };
      return { arn, name, requests: its("requests"), failed: its("failed"), refused: its("refused"), ...hosts };
    }),
    made: { "500": of("made500"), "502": of("made502"), "503": of("made503"), "504": of("made504") },
    rejected: of("rejected"),
  };
  const questions: Question[] = calls.map(({ question }) => question);
  return {
    responses,
    questions,
    latencyOf: (arn: string) =>
      toLatency(
        period,
        placed.find((one) => one.arn === arn),
      ),
  };
}

function toLatency(period: number, group: { of(what: OfGroup): Series } | undefined): LatencyFact {
  const none: Series = { start: 0, step: period, values: [] };
  const of = (what: OfGroup) => group?.of(what) ?? none;
  const [average, p50, p95, p99, maximum] = [of("average"), of("p50"), of("p95"), of("p99"), of("maximum")];
  const series = { judged: average, average, p50, p95, p99, maximum };
  return { period, ...series, requests: of("requests"), target5xx: of("failed"), elb5xx: null };
}

function errors({ groups, made, rejected }: Responses, episodes: EpisodesFact) {
  const bursts = episodes.episodes.map(({ burst }) => burst);
  const count = (series: Series) => sum(valuesIn(series, bursts));
  const byGroup = groups.map((group) => ({ name: group.name, failed: count(group.failed), of: count(group.requests) }));
  const failing = byGroup.filter(({ failed }) => failed > 0);
  const statuses = MADE.flatMap((status) => {
    const own = count(made[status]);
    return own > 0 ? [`${own} × ${status}`] : [];
  });
  const parts = [
    statuses.length > 0 ? `the load balancer made ${statuses.join(", ")}` : "the load balancer made no 5xx",
    failing.length > 0
      ? `targets failed ${failing.map(({ name, failed, of }) => `${failed} of ${of} requests of ${name}`).join(", ")}`
      : "no target answered with a 5xx",
    ...(count(rejected) > 0 ? [`${count(rejected)} connections of clients were refused`] : []),
  ];
  return {
    statement: `in the ${spike(episodes)}s ${parts.join("; ")}`,
    measures: {
      ...Object.fromEntries(MADE.map((status) => [`made${status}`, count(made[status])])),
      failed: sum(byGroup.map(({ failed }) => failed)),
      refused: sum(groups.map(({ refused }) => count(refused))),
      rejected: count(rejected),
    },
  };
}
