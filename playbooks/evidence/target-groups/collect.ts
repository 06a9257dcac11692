import {
  type Ask,
  type BlameFact,
  blame,
  defineStep,
  describeTargetGroups,
  type EpisodesFact,
  type GroupSeries,
  type LatencyFact,
  type LoadBalancerFact,
  listed,
  METRICS_PER_CALL,
  type MetricWanted,
  median,
  metricData,
  percent,
  plural,
  type Question,
  type Series,
  type Span,
  seconds,
  spike,
  type TargetGroupFact,
  valuesIn,
  valuesOutside,
} from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { alarmMetricFact, episodesFact } from "../alarm-history/fact.ts";
import { blameFact, guiltyMetricFact, loadBalancerFact, suspectFact, targetGroupsFact } from "./fact.ts";
import { loadBalancerArn, readLoadBalancer, readTargetGroups } from "./read.ts";

/** The statistics that are read of each target group, by the prefix of their ids. */
const STATISTICS = [
  ["a", "TargetResponseTime", "Average"],
  ["m", "TargetResponseTime", "Maximum"],
  ["n", "RequestCount", "Sum"],
  ["h", "TargetResponseTime", "p50"],
  ["i", "TargetResponseTime", "p95"],
  ["j", "TargetResponseTime", "p99"],
  ["e", "HTTPCode_Target_5XX_Count", "Sum"],
] as const;

/** Which target group made the latency. */
export default defineStep({
  id: "target-groups",
  title: "target groups",
  needs: { alarm: alarmFact },
  uses: [episodesFact, alarmMetricFact],
  gives: [loadBalancerFact, targetGroupsFact, blameFact, suspectFact, guiltyMetricFact],
  async run({ facts, window, ask, use, give, find, lack }) {
    const { alarm } = facts;
    const arn = loadBalancerArn(alarm.arn, alarm.dimensions.LoadBalancer ?? "");
    const groupsAsked = describeTargetGroups(arn);
    const groupsRead = ask(groupsAsked);
    // The metrics need the groups' names and not their tags, so they are not kept waiting for those.
    const metricsRead = groupsRead.then((groups) =>
      groups.ok ? (groups.cut ? "part" : readMetrics(groups.value, alarm.dimensions, window, alarm.period, ask)) : null,
    );
    const [loadBalancer, groups] = await Promise.all([readLoadBalancer(arn, ask), readTargetGroups(groupsRead, ask)]);
    if (loadBalancer) give(loadBalancerFact, loadBalancer);
    if (!groups) return;
    give(targetGroupsFact, groups);
    find({ id: "layout", ...layout(loadBalancer, groups), proof: [groupsAsked.question] });

    const dimension = alarm.dimensions.TargetGroup;
    const watched = dimension === undefined ? undefined : groups.find(({ arn: one }) => one.endsWith(`:${dimension}`));
    if (dimension !== undefined && !watched) {
      // The controller names a target group anew when its type, port or protocol changes; the alarm stays with the old one.
      lack({
        source: "elbv2",
        kind: "missing",
        what: `the alarm watches ${dimension}, and the load balancer has no such target group any more`,
        remedy: "point the alarm at the target group that replaced it; it can say nothing of that one",
      });
      return;
    }
    const metrics = await metricsRead;
    const episodes = await use(episodesFact);
    if (metrics === "part") {
      lack({
        source: "cloudwatch",
        kind: "missing",
        what: "the target groups or their metrics came in part: which of them is slow cannot be said from a part",
        remedy: "run it again",
      });
      return;
    }
    if (!metrics || !episodes || episodes.episodes.length === 0) return;
    const whole = watched ? undefined : await use(alarmMetricFact);
    const blamed = blame(metrics.series, episodes.episodes, whole ?? null, watched?.arn ?? null);
    give(blameFact, blamed);
    give(suspectFact, { group: blamed.guilty });
    find({ id: "shares", ...shares(blamed, episodes), proof: metrics.questions });
    find({ id: "others", ...others(blamed, episodes), proof: metrics.questions });

    const guilty = blamed.guilty;
    if (!guilty) return;
    const latency = metrics.latencyOf(guilty.arn);
    give(guiltyMetricFact, latency);
    find({ id: "typical", ...typical(latency, guilty.name, episodes), proof: metrics.questions });
  },
});

interface GroupMetrics {
  readonly series: readonly GroupSeries[];
  readonly questions: readonly Question[];
  latencyOf(arn: string): LatencyFact;
}

async function readMetrics(
  groups: readonly Pick<TargetGroupFact, "arn" | "name">[],
  dimensions: { readonly [name: string]: string },
  window: Span,
  period: number,
  ask: Ask,
): Promise<GroupMetrics | "part" | null> {
  const wanted = groups.flatMap((group, index) =>
    STATISTICS.map(
      ([prefix, metric, statistic]): MetricWanted => ({
        id: `${prefix}${index}`,
        namespace: "AWS/ApplicationELB",
        metric,
        dimensions: { LoadBalancer: dimensions.LoadBalancer ?? "", TargetGroup: group.arn.split(":").at(-1) ?? "" },
        statistic,
      }),
    ),
  );
  if (wanted.length === 0) return null;
  const calls = Array.from({ length: Math.ceil(wanted.length / METRICS_PER_CALL) }, (_, index) =>
    metricData(window, period, wanted.slice(index * METRICS_PER_CALL, (index + 1) * METRICS_PER_CALL)),
  );
  const answers = await Promise.all(calls.map((call) => ask(call)));
  // A share of a whole that is read in part would blame whoever happened to be read.
  if (!answers.every((answer) => answer.ok)) return null;
  if (answers.some((answer) => answer.ok && answer.cut)) return "part";
  const byId = new Map(answers.flatMap((answer) => (answer.ok ? [...answer.value] : [])));
  const of = (prefix: string, arn: string): Series =>
    byId.get(`${prefix}${groups.findIndex((group) => group.arn === arn)}`) ?? {
      start: window.start,
      step: period,
      values: [],
    };
  return {
    series: groups.map(({ arn, name }) => ({
      arn,
      name,
      average: of("a", arn),
      maximum: of("m", arn),
      requests: of("n", arn),
    })),
    questions: calls.map(({ question }) => question),
    latencyOf: (arn) => ({
      period,
      judged: of("a", arn),
      average: of("a", arn),
      p50: of("h", arn),
      p95: of("i", arn),
      p99: of("j", arn),
      maximum: of("m", arn),
      requests: of("n", arn),
      target5xx: of("e", arn),
      elb5xx: null,
    }),
  };
}

function layout(loadBalancer: LoadBalancerFact | null, groups: readonly TargetGroupFact[]) {
  const stacks = new Set(
    groups.map(({ tags }) => tags["ingress.k8s.aws/stack"]).filter((stack) => stack !== undefined),
  );
  const group = stacks.size === 1 ? `, all made from the ingress group ${[...stacks].join()}` : "";
  const name = loadBalancer?.name ?? "the load balancer";
  return {
    statement: `${name} fronts ${plural(groups.length, "target group")}${group}`,
    measures: { targetGroups: groups.length, rules: loadBalancer?.rules.length ?? null },
  };
}

function shares({ guilty, verdict, groups, residual }: BlameFact, episodes: EpisodesFact) {
  const measures = {
    verdict,
    guilty: guilty?.name ?? null,
    share: guilty?.share ?? null,
    average: guilty?.inside ?? null,
    worstAverage: guilty?.worstAverage ?? null,
    maximum: guilty?.maximum ?? null,
    outside: guilty?.outside ?? null,
    residual,
  };
  const sums =
    residual === null
      ? ""
      : `; cross-check: the groups sum to the load balancer's average (${percent(Math.abs(residual))} off)`;
  if (verdict === "alike")
    return { statement: `all ${groups.length} target groups became slow together${sums}`, measures };
  if (!guilty)
    return { statement: `no target group was slower in the ${spike(episodes)}s than outside them${sums}`, measures };
  const figures = `${seconds(guilty.inside ?? 0)} on average, ${seconds(guilty.worstAverage ?? 0)} in the worst minute, ${seconds(guilty.maximum ?? 0)} at worst`;
  return {
    statement: `${guilty.name} carries ${percent(guilty.share)} of the excess latency: ${figures}${sums}`,
    measures,
  };
}

/** The typical request: half of all are faster. What a few slow ones do to an average does not show here. */
function typical({ p50 }: LatencyFact, name: string, fact: EpisodesFact) {
  const bursts = fact.episodes.map(({ burst }) => burst);
  const [inside, outside] = [median(valuesIn(p50, bursts)), median(valuesOutside(p50, bursts))];
  const told = (value: number | null) => (value === null ? "an unknown time" : seconds(value));
  const quiet = outside === null ? "" : `, and within ${seconds(outside)} outside them`;
  return {
    statement: `half of ${name}'s requests are answered within ${told(inside)} in the ${spike(fact)}s${quiet}`,
    measures: { inside, outside },
  };
}

function others({ groups, guilty, alsoRose }: BlameFact, fact: EpisodesFact) {
  const rest = groups.filter((group) => group.arn !== guilty?.arn && group.inside !== null);
  const slowest = Math.max(0, ...rest.map(({ worstAverage }) => worstAverage ?? 0));
  const measures = { groups: rest.length, worstAverage: slowest, alsoRose: alsoRose.length };
  if (rest.length === 0)
    return { statement: `no other target group of this load balancer had traffic in the ${spike(fact)}s`, measures };
  const rose = alsoRose.length > 0 ? `; ${listed(alsoRose)} rose as well` : "";
  const spikes = plural(fact.episodes.length, spike(fact));
  return {
    statement: `the ${plural(rest.length, "other target group")} stayed below ${seconds(slowest)} on average in ${spikes}${rose}`,
    measures,
  };
}
