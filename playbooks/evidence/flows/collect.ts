import {
  type AlarmFact,
  type Ask,
  cells,
  defineStep,
  describeTargetGroups,
  type EpisodesFact,
  listed,
  type MetricWanted,
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
import { gone, loadBalancerArn, readLoadBalancer, readTargetGroups, readWhole } from "../target-groups/read.ts";
import { layout } from "../target-groups/words.ts";
import { type Flows, flowsFact } from "./fact.ts";
import { OF_GATEWAY, OF_GROUP, OF_NETWORK, toFlows, wantedOf } from "./metrics.ts";

/** A group is in question where more than this share of the unhealthy targets' minutes is its own. */
const MOST = 0.6;

/** It publishes no latency: this is never given, so that who can do without it does not wait. */
const NO_LATENCY: typeof guiltyMetricFact = { ...guiltyMetricFact, optional: true };

/** What became of the connections of a Network or Gateway Load Balancer, and which target group is in question. */
export default defineStep({
  id: "flows",
  title: "connections",
  needs: { alarm: alarmFact },
  uses: [episodesFact],
  gives: [loadBalancerFact, targetGroupsFact, flowsFact, suspectFact, NO_LATENCY],
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
    const dimension = alarm.dimensions.TargetGroup;
    if (dimension !== undefined && !groups.some(({ arn: one }) => one.endsWith(`:${dimension}`))) {
      lack(gone(dimension));
      return;
    }
    const read = await readFlows(alarm, groups, window, ask);
    if (read === "part")
      lack({
        source: "cloudwatch",
        kind: "missing",
        what: "the connections' metrics are incomplete: which target group's they are cannot be judged from part of them",
        remedy: "run it again",
      });
    if (read === null || read === "part") return;
    give(flowsFact, read.flows);
    const episodes = await use(episodesFact);
    if (!episodes || episodes.episodes.length === 0) return;
    const group = suspectOf(groups, read.unhealthyOf, episodes, dimension);
    give(suspectFact, { group: group && { arn: group.arn, name: group.name }, isOwn: group !== null });
    if (!group) lack(WHOSE);
    find({ id: "flows", ...flowWords(read.flows, episodes), proof: read.questions });
  },
});

const WHOSE = {
  source: "cloudwatch",
  kind: "missing",
  what: "no metric says to which target group the connections went, and no group's targets stand out as unhealthy: none is investigated",
  remedy: "VPC flow logs show it: they record each connection's target and port",
} as const;

async function readFlows(alarm: AlarmFact, groups: readonly TargetGroupFact[], window: Span, ask: Ask) {
  const { TargetGroup: _, ...own } = alarm.dimensions;
  const { AvailabilityZone: __, ...whole } = own;
  const { namespace, period } = alarm;
  const metrics = namespace === "AWS/GatewayELB" ? OF_GATEWAY : OF_NETWORK;
  const wanted = [
    ...wantedOf(metrics, { namespace, dimensions: own }),
    ...groups.flatMap(({ arn }, index): MetricWanted[] => {
      const dimensions = { ...whole, TargetGroup: arn.split(":").at(-1) ?? "" };
      return wantedOf(OF_GROUP, { namespace, dimensions }, String(index));
    }),
  ];
  const read = await readWhole(wanted, window, period, ask);
  if (read === null || read === "part") return read;
  const { of, questions } = read;
  const unhealthyOf = (arn: string) => of(`unhealthy${groups.findIndex((group) => group.arn === arn)}`);
  return { flows: toFlows(of, window, period), unhealthyOf, questions };
}

/** The tag with which a controller says for which Service it made a load balancer ("namespace/name"). */
const STACKS = ["service.k8s.aws/stack", "service.eks.amazonaws.com/stack"];

/** Whether the groups are the ports of one Service, so that all of them have the same pods behind them. */
export function areOfOneService(groups: readonly TargetGroupFact[]): boolean {
  const stacks = new Set(groups.map(({ tags }) => STACKS.flatMap((key) => tags[key] ?? [])[0] ?? null));
  return groups.length === 1 || (stacks.size === 1 && !stacks.has(null));
}

/**
 * The alarm's own group, the only one, or the one whose targets are unhealthy in the episodes; of the ports of one Service
 * any, since their pods are the same. Null: none stands out.
 */
function suspectOf(
  groups: readonly TargetGroupFact[],
  unhealthyOf: (arn: string) => Series,
  { episodes }: EpisodesFact,
  dimension: string | undefined,
): TargetGroupFact | null {
  const watched = groups.find(({ arn }) => dimension !== undefined && arn.endsWith(`:${dimension}`));
  if (watched) return watched;
  const bursts = episodes.map(({ burst }) => burst);
  const counts = groups.map((group) => ({ group, own: sum(valuesIn(unhealthyOf(group.arn), bursts)) }));
  const all = sum(counts.map(({ own }) => own));
  const worst = counts.find(({ own }) => all > 0 && own > MOST * all)?.group;
  return worst ?? (areOfOneService(groups) ? (groups[0] ?? null) : null);
}

function flowWords(flows: Flows, episodes: EpisodesFact) {
  const bursts = episodes.episodes.map(({ burst }) => burst);
  const count = (series: Series) => sum(valuesIn(series, bursts));
  const { resets, blocked } = flows;
  const [client, balancer, target] = [count(resets.client), count(resets.balancer), count(resets.target)];
  const reset = Object.values(resets).some((series) => cells(series).length > 0)
    ? [`resets: ${client} by clients, ${balancer} by the load balancer, ${target} by targets`]
    : [];
  const others = [
    [count(flows.portErrors), "without a free port towards a target"],
    [count(flows.rejected), "rejected"],
    [count(blocked.inbound), "blocked by inbound rules of its security groups"],
    [count(blocked.outbound), "blocked by their outbound rules"],
    [count(flows.failOpen), "sent to targets though none was healthy"],
  ] as const;
  const told = others.flatMap(([figure, words]) => (figure > 0 ? [`${figure} ${words}`] : []));
  const begun = `${count(flows.begun)} new connections in the ${spike(episodes)}s`;
  return {
    statement: `${[begun, ...reset, ...(told.length > 0 ? [listed(told)] : [])].join("; ")}. It publishes no latency: how the pods fared is read from the pods`,
    measures: {
      newFlows: count(flows.begun),
      resetByClient: client,
      resetByBalancer: balancer,
      resetByTarget: target,
      portErrors: count(flows.portErrors),
      rejected: count(flows.rejected),
      blockedInbound: count(blocked.inbound),
      blockedOutbound: count(blocked.outbound),
      failOpen: count(flows.failOpen),
    },
  };
}
