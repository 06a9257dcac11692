import {
  type Ask,
  type BlameFact,
  blame,
  defineStep,
  describeTargetGroups,
  type GroupLoad,
  type GroupSeries,
  type LatencyFact,
  type MetricWanted,
  metricData,
  type Question,
  type Span,
  type TargetGroupFact,
} from "../../../src/playbook.ts";
import { ceilingOf } from "../../signals/risen-group-at-ceiling.ts";
import { alarmFact } from "../alarm/fact.ts";
import { alarmMetricFact, episodesFact } from "../alarm-history/fact.ts";
import {
  blameFact,
  fastestOfAllFact,
  guiltyMetricFact,
  loadBalancerFact,
  ownErrorsFact,
  type RisenGroups,
  risenGroupsFact,
  suspectFact,
  targetGroupsFact,
} from "./fact.ts";
import { fastestWords, readFastest } from "./fastest.ts";
import { gone, loadBalancerArn, readLoadBalancer, readTargetGroups, readWhole } from "./read.ts";
import { readRisen } from "./risen.ts";
import {
  arrivals,
  balancerErrorWords,
  layout,
  loudestOther,
  others,
  ownErrorWords,
  percentiles,
  risenWords,
  shares,
  typical,
  weights,
} from "./words.ts";

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
  gives: [
    loadBalancerFact,
    targetGroupsFact,
    risenGroupsFact,
    fastestOfAllFact,
    ownErrorsFact,
    blameFact,
    suspectFact,
    guiltyMetricFact,
  ],
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
      lack(gone(dimension));
      return;
    }
    const metrics = await metricsRead;
    const episodes = await use(episodesFact);
    if (metrics === "part") {
      lack({
        source: "cloudwatch",
        kind: "missing",
        what: "the target groups or their metrics are incomplete: which one is slow cannot be judged from part of them",
        remedy: "run it again",
      });
      return;
    }
    if (!metrics || !episodes || episodes.episodes.length === 0) return;
    const whole = watched ? undefined : await use(alarmMetricFact);
    const counted = (id: string, metric: string) => {
      const dimensions = { LoadBalancer: alarm.dimensions.LoadBalancer ?? "" };
      return metricData(window, alarm.period, [
        { id, namespace: "AWS/ApplicationELB", metric, dimensions, statistic: "Sum" },
      ]);
    };
    let blamed = blame(metrics.series, episodes.episodes, whole ?? null, watched?.arn ?? null);
    // In front of all of them, or one of them: their own pods are looked at before what stands in front is blamed.
    const risen = blamed.verdict === "alike" ? await readRisen(blamed, groups, episodes, window, ask) : null;
    if (risen) {
      give(risenGroupsFact, risen.fact);
      find({ id: "risen", ...risenWords(risen.fact), proof: [...metrics.questions, ...risen.proof] });
      const fastest = await readFastest(blamed, alarm, episodes, window, ask);
      if (fastest) {
        give(fastestOfAllFact, fastest.fact);
        find({ id: "fastest", ...fastestWords(fastest.fact, episodes), proof: fastest.proof });
      }
      const ownAsked = counted("own", "HTTPCode_ELB_500_Count");
      const own = await ask(ownAsked);
      if (own.ok && !own.cut) {
        // The count is published where there is one.
        const errors = own.value.get("own") ?? { start: window.start, step: alarm.period, values: [] };
        give(ownErrorsFact, errors);
        if (whole) find({ id: "own-errors", ...ownErrorWords(errors, whole, episodes), proof: [ownAsked.question] });
      }
      blamed = withCallee(blamed, risen.fact);
    }
    const errors = whole && balancerErrorWords(whole, episodes);
    if (errors) {
      const { question } = counted("errors", "HTTPCode_ELB_5XX_Count");
      find({ id: "balancer-errors", ...errors, proof: [question] });
    }
    give(blameFact, blamed);
    give(suspectFact, { group: blamed.guilty, isOwn: true });
    const proof = metrics.questions;
    const shown = (prefix: string, group: GroupLoad | undefined | null) => {
      const short = group ? metrics.only(prefix, group.arn) : undefined;
      return { proof, ...(short ? { short } : {}) };
    };
    find({ id: "shares", ...shares(blamed, episodes), ...shown("a", blamed.guilty ?? blamed.groups[0]) });
    find({ id: "others", ...others(blamed, episodes), ...shown("a", loudestOther(blamed)) });

    const guilty = blamed.guilty;
    if (!guilty) return;
    const latency = metrics.latencyOf(guilty.arn);
    give(guiltyMetricFact, latency);
    find({ id: "typical", ...typical(latency, guilty.name, episodes), ...shown("h", guilty) });
    const arriving = arrivals(latency, guilty.name, episodes);
    if (arriving) find({ id: "arrivals", ...arriving, ...shown("n", guilty) });
    const spread = percentiles(latency);
    if (spread) find({ id: "percentiles", ...spread, ...shown("j", guilty) });
    const shared = loadBalancer && weights(blamed, loadBalancer);
    if (shared) find({ id: "weights", ...shared, ...shown("a", guilty) });
  },
});

/** Where the pods of exactly one risen group are at their ceiling, that is the one to look into: the others may call it. */
function withCallee(blamed: BlameFact, { groups }: RisenGroups): BlameFact {
  const full = groups.filter((group) => ceilingOf(group) !== null);
  const guilty = blamed.groups.find(({ arn }) => full.length === 1 && arn === full[0]?.arn) ?? null;
  return guilty ? { ...blamed, guilty, alsoRose: blamed.alsoRose.filter((name) => name !== guilty.name) } : blamed;
}

interface GroupMetrics {
  readonly series: readonly GroupSeries[];
  readonly questions: readonly Question[];
  /** One metric of one group, by the prefix of its id. */
  only(prefix: string, arn: string): Question | undefined;
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
  const read = await readWhole(wanted, window, period, ask);
  if (read === null || read === "part") return read;
  const idOf = (prefix: string, arn: string) => `${prefix}${groups.findIndex((group) => group.arn === arn)}`;
  const of = (prefix: string, arn: string) => read.of(idOf(prefix, arn));
  return {
    series: groups.map(({ arn, name }) => ({
      arn,
      name,
      average: of("a", arn),
      maximum: of("m", arn),
      requests: of("n", arn),
    })),
    questions: read.questions,
    only: (prefix, arn) => read.only(idOf(prefix, arn)),
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
