import {
  type AlarmFact,
  type Ask,
  defineStep,
  describeTargetGroups,
  type EpisodesFact,
  type LatencyFact,
  listed,
  type MetricWanted,
  type Series,
  type Span,
  spike,
  sum,
  type TargetGroupFact,
  valuesIn,
} from "../../../src/playbook.ts";
import { readLog } from "../access-logs/read.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { guiltyMetricFact, loadBalancerFact, suspectFact, targetGroupsFact } from "../target-groups/fact.ts";
import { gone, loadBalancerArn, readLoadBalancer, readTargetGroups, readWhole } from "../target-groups/read.ts";
import { layout } from "../target-groups/words.ts";
import { type GroupResponses, MADE, type Responses, responsesFact } from "./fact.ts";
import { suspectIn, suspectOf } from "./suspect.ts";
import { readUnanswered, suspectUnanswered } from "./unanswered.ts";

/** What is read of each target group, by the prefix of the ids; of what it answered the class that the alarm counts. */
const OF_GROUP = {
  requests: ["RequestCount", "Sum"],
  failed: ["", "Sum"],
  refused: ["TargetConnectionErrorCount", "Sum"],
  healthy: ["HealthyHostCount", "Minimum"],
  unhealthy: ["UnHealthyHostCount", "Maximum"],
  average: ["TargetResponseTime", "Average"],
} as const;
type OfGroup = keyof typeof OF_GROUP;

/** What a load balancer does with a request without any target, of which AWS publishes counts (CloudWatch metrics for ALB). */
const OF_CLIENTS = [
  ["own4xx", "HTTPCode_ELB_4XX_Count"],
  ["fixed", "HTTP_Fixed_Response_Count"],
  ["authErrors", "ELBAuthError"],
  ["authFailures", "ELBAuthFailure"],
] as const;

/** Whether an alarm counts what the load balancer answers clients without asking a target. */
function isOfClients({ metric }: AlarmFact): boolean {
  return /^(HTTPCode_ELB_4XX_Count|ELBAuth(Error|Failure))$/.test(metric);
}

/** The class of the targets' answers that count as failed: the alarm's own, else 5xx. */
function failedClass({ metric }: AlarmFact): "4xx" | "5xx" {
  return metric === "HTTPCode_Target_4XX_Count" ? "4xx" : "5xx";
}

/** Alarms on what the load balancer answers in a target's place; 500 and 503 also where it chose none. */
const ELB_5XX = /^HTTPCode_ELB_(5XX|50[234])_Count$/;

/** So many failing groups are told by name. */
const TOLD = 5;

/** The gap about whose errors they are; `largest` is the group that is looked into because it gets most of the requests. */
function whose(largest: string | null, { metric }: AlarmFact) {
  const answers = metric === "HTTPCode_ELB_4XX_Count" ? "4xx, nor which 4xx they are (460, 463, 464 …)" : "5xx";
  const instead =
    largest === null ? "none of them stands out" : `${largest}, which gets most of the requests, is investigated`;
  return {
    source: "cloudwatch",
    kind: "missing",
    what: `no metric says for which target group the load balancer returned its own ${answers}; ${instead}`,
    remedy: "the load balancer's access log shows it, if it is on: field target_group_arn",
  } as const;
}

/** Who answered with errors: which target group's targets, or the load balancer itself and with which status. */
export default defineStep({
  id: "responses",
  title: "responses",
  needs: { alarm: alarmFact },
  uses: [episodesFact],
  gives: [loadBalancerFact, targetGroupsFact, responsesFact, suspectFact, guiltyMetricFact],
  async run({ facts: { alarm }, window, logsGiven, ask, use, give, find, lack }) {
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
    const dimension = alarm.dimensions.TargetGroup;
    if (dimension !== undefined && !groups.some(({ arn: one }) => one.endsWith(`:${dimension}`))) {
      lack(gone(dimension));
      return;
    }
    const read = await readResponses(alarm, groups, window, ask);
    if (read === "part")
      lack({
        source: "cloudwatch",
        kind: "missing",
        what: "the response metrics are incomplete: which target group's errors they are cannot be judged from part of them",
        remedy: "run it again",
      });
    if (read === null || read === "part") return;
    give(responsesFact, read.responses);
    const episodes = await use(episodesFact);
    if (!episodes || episodes.episodes.length === 0) return;
    const suspect = suspectOf(read.responses.groups, episodes, { metric: alarm.metric, dimension });
    const asked =
      suspect?.isOwn || !alarm.metric.startsWith("HTTPCode_ELB_")
        ? null
        : await readLog("requests", { alarm, episodes, logsGiven, ask });
    const logged = asked && "log" in asked ? suspectIn(read.responses.groups, asked.log) : null;
    const counted =
      logged || suspect?.isOwn || !ELB_5XX.test(alarm.metric)
        ? null
        : await readUnanswered(alarm, groups, read.responses, window, ask);
    const unanswered = counted && suspectUnanswered(counted, read.responses, episodes);
    const { group = null, isOwn = false } = logged ?? unanswered ?? suspect ?? {};
    give(suspectFact, { group: group && { arn: group.arn, name: group.name }, isOwn });
    if (group) give(guiltyMetricFact, read.latencyOf(group.arn));
    if (!isOwn && alarm.metric.startsWith("HTTPCode_ELB_")) lack(whose(group?.name ?? null, alarm));
    find({ id: "errors", ...errors(read.responses, episodes), proof: read.questions });
  },
});

async function readResponses(alarm: AlarmFact, groups: readonly TargetGroupFact[], window: Span, ask: Ask) {
  const { TargetGroup: _, ...whole } = alarm.dimensions;
  const { namespace, period } = alarm;
  const own = (id: string, metric: string) => ({ id, namespace, metric, dimensions: whole, statistic: "Sum" });
  const failedMetric = `HTTPCode_Target_${failedClass(alarm).toUpperCase()}_Count`;
  const ofGroups = groups.flatMap(({ arn }, index) =>
    Object.entries(OF_GROUP).map(([name, [metric, statistic]]): MetricWanted => {
      const dimensions = { ...whole, TargetGroup: arn.split(":").at(-1) ?? "" };
      return { id: `${name}${index}`, namespace, metric: metric || failedMetric, dimensions, statistic };
    }),
  );
  const wanted = [
    ...MADE.map((status) => own(`made${status}`, `HTTPCode_ELB_${status}_Count`)),
    own("rejected", "RejectedConnectionCount"),
    // Of the load balancer's own 4xx and of failed logins AWS publishes the sum alone; 5xx alarms do not ask for them.
    ...(isOfClients(alarm) ? OF_CLIENTS.map(([id, metric]) => own(id, metric)) : []),
    ...ofGroups,
  ];
  const read = await readWhole(wanted, window, period, ask);
  if (read === null || read === "part") return read;
  const { of, questions } = read;
  const placed = groups.map(({ arn, name }, index) => ({ arn, name, of: (what: OfGroup) => of(`${what}${index}`) }));
  const responses: Responses = {
    groups: placed.map(({ arn, name, of: its }): GroupResponses => {
      const hosts = { healthy: its("healthy"), unhealthy: its("unhealthy") };
      return { arn, name, requests: its("requests"), failed: its("failed"), refused: its("refused"), ...hosts };
    }),
    made: { "500": of("made500"), "502": of("made502"), "503": of("made503"), "504": of("made504") },
    rejected: of("rejected"),
    failedClass: failedClass(alarm),
    ...(isOfClients(alarm)
      ? { own4xx: of("own4xx"), fixed: of("fixed"), authErrors: of("authErrors"), authFailures: of("authFailures") }
      : {}),
  };
  const latencyOf = (arn: string): LatencyFact => {
    const its = placed.find((one) => one.arn === arn)?.of ?? (() => of(""));
    const [average, requests, target5xx] = [its("average"), its("requests"), its("failed")];
    // How the single requests spread is nothing that an alarm on errors asks for.
    const unread = of("");
    const spread = { p50: unread, p95: unread, p99: unread, maximum: unread };
    return { period, judged: average, average, ...spread, requests, target5xx, elb5xx: null };
  };
  return { responses, questions, latencyOf };
}

/** What it answered clients by itself, where that was asked. */
function told({ own4xx, fixed, authErrors, authFailures }: Responses, count: (series: Series) => number): string[] {
  if (!own4xx || !fixed || !authErrors || !authFailures) return [];
  return [
    `it answered ${count(own4xx)} requests with a 4xx, ${count(fixed)} with a fixed response`,
    `${count(authErrors)} logins failed because of their configuration, ${count(authFailures)} were refused by the identity provider`,
  ];
}

function errors(responses: Responses, episodes: EpisodesFact) {
  const { groups, made, rejected, failedClass: answeredClass } = responses;
  const bursts = episodes.episodes.map(({ burst }) => burst);
  const count = (series: Series) => sum(valuesIn(series, bursts));
  const byGroup = groups.map((group) => ({ name: group.name, failed: count(group.failed), of: count(group.requests) }));
  const failing = byGroup.filter(({ failed }) => failed > 0).sort((a, b) => b.failed - a.failed);
  const more = failing.length > TOLD ? ` and of ${failing.length - TOLD} more` : "";
  const statuses = MADE.flatMap((status) => {
    const own = count(made[status]);
    return own > 0 ? [`${own} × ${status}`] : [];
  });
  const parts = [
    statuses.length > 0
      ? `the load balancer itself returned ${statuses.join(", ")}`
      : "the load balancer returned no 5xx of its own",
    failing.length > 0
      ? `targets failed ${listed(failing.slice(0, TOLD).map(({ name, failed, of }) => `${failed} of ${of} requests of ${name}`))}${more}`
      : `no target answered with a ${answeredClass}`,
    ...told(responses, count),
    ...(count(rejected) > 0 ? [`${count(rejected)} client connections were refused`] : []),
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
