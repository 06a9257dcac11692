import {
  type Asked,
  type BlameFact,
  blame,
  cells,
  defineStep,
  describeListeners,
  describeLoadBalancer,
  describeLoadBalancerAttributes,
  describeRules,
  describeTags,
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
  sum,
  TAGGED_PER_CALL,
  type TargetGroupFact,
  type Told,
  type Typed,
  valuesIn,
  valuesOutside,
} from "../../../src/playbook.ts";
import { levelOf } from "../../signals/requests-held-open.ts";
import { alarmFact } from "../alarm/fact.ts";
import { alarmMetricFact, episodesFact } from "../alarm-history/fact.ts";
import { blameFact, guiltyMetricFact, loadBalancerFact, targetGroupsFact } from "./fact.ts";

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
  gives: [loadBalancerFact, targetGroupsFact, blameFact, guiltyMetricFact],
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
    find({ id: "shares", ...shares(blamed, episodes), proof: metrics.questions });
    find({ id: "others", ...others(blamed, episodes), proof: metrics.questions });

    const guilty = blamed.guilty;
    if (!guilty) return;
    const latency = metrics.latencyOf(guilty.arn);
    give(guiltyMetricFact, latency);
    find({ id: "typical", ...typical(latency, guilty.name, episodes), proof: metrics.questions });
    const spread = percentiles(latency);
    if (spread) find({ id: "percentiles", ...spread, proof: metrics.questions });
    const shared = loadBalancer && weights(blamed, loadBalancer);
    if (shared) find({ id: "weights", ...shared, proof: metrics.questions });
  },
});

type Ask = <T>(typed: Typed<T>) => Promise<Asked<T>>;

/**
 * The load balancer's ARN, made from the alarm's own ARN and dimension instead of looked up:
 * arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/app/NAME/ID.
 */
function loadBalancerArn(alarmArn: string, dimension: string): string {
  const [, partition, , region, account] = alarmArn.split(":");
  return `arn:${partition}:elasticloadbalancing:${region}:${account}:loadbalancer/${dimension}`;
}

async function readLoadBalancer(arn: string, ask: Ask): Promise<LoadBalancerFact | null> {
  const [described, attributes, listeners] = await Promise.all([
    ask(describeLoadBalancer(arn)),
    ask(describeLoadBalancerAttributes(arn)),
    ask(describeListeners(arn)),
  ]);
  const found = listeners.ok ? listeners.value : [];
  const rules = await Promise.all(found.map((listener) => ask(describeRules(listener.arn))));
  if (!described.ok || !described.value) return null;
  const settings = attributes.ok ? attributes.value : {};
  const idle = Number(settings["idle_timeout.timeout_seconds"] ?? Number.NaN);
  const crossZone = settings["load_balancing.cross_zone.enabled"];
  return {
    ...described.value,
    idleTimeout: Number.isFinite(idle) ? idle : null,
    crossZone: crossZone === undefined ? null : crossZone === "true",
    listeners: found.map(({ port, protocol }) => ({ port, protocol })),
    rules: rules.flatMap((rule) => (rule.ok ? rule.value : [])),
  };
}

async function readTargetGroups(
  listed: Promise<Asked<Omit<TargetGroupFact, "tags">[]>>,
  ask: Ask,
): Promise<TargetGroupFact[] | null> {
  const groups = await listed;
  if (!groups.ok) return null;
  const arns = groups.value.map(({ arn }) => arn);
  const chunks = Array.from({ length: Math.ceil(arns.length / TAGGED_PER_CALL) }, (_, index) =>
    arns.slice(index * TAGGED_PER_CALL, (index + 1) * TAGGED_PER_CALL),
  );
  const tags = await Promise.all(chunks.map((chunk) => ask(describeTags(chunk))));
  const byArn = new Map(tags.flatMap((answer) => (answer.ok ? [...answer.value] : [])));
  return groups.value.map((group) => ({ ...group, tags: byArn.get(group.arn) ?? {} }));
}

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
  const calm = rest.filter(({ name }) => !alsoRose.includes(name));
  const slowest = Math.max(0, ...rest.map(({ worstAverage }) => worstAverage ?? 0));
  const highest = Math.max(0, ...calm.map(({ inside }) => inside ?? 0));
  const measures = {
    groups: rest.length,
    worstAverage: slowest,
    alsoRose: alsoRose.length,
    calm: calm.length,
    ...(calm.length > 0 ? { highestAverage: highest } : {}),
  };
  if (rest.length === 0)
    return { statement: `no other target group of this load balancer had traffic in the ${spike(fact)}s`, measures };
  const rose = alsoRose.length > 0 ? `; ${listed(alsoRose)} rose as well` : "";
  const spikes = plural(fact.episodes.length, spike(fact));
  const stayed =
    calm.length > 0
      ? `; ${plural(calm.length, "stays", "stay")} at ${seconds(highest)} or less on average over all of them`
      : "";
  return {
    statement: `the ${plural(rest.length, "other target group")} stayed below ${seconds(slowest)} on average in any minute of ${spikes}${stayed}${rose}`,
    measures,
  };
}

/** The weights of the rule that the group shares with others, each with what its requests took. */
function weights({ groups, guilty }: BlameFact, loadBalancer: LoadBalancerFact): Told | null {
  const rule = loadBalancer.rules.find(
    ({ targetGroups }) =>
      targetGroups.filter(({ weight }) => weight > 0).length > 1 && targetGroups.some(({ arn }) => arn === guilty?.arn),
  );
  if (!rule) return null;
  const all = sum(rule.targetGroups.map(({ weight }) => weight));
  const parts = rule.targetGroups.map(({ arn, weight }) => {
    const group = groups.find((one) => one.arn === arn);
    return { name: group?.name ?? arn, share: weight / all, inside: group?.inside ?? null };
  });
  const told = parts.map(
    ({ name, share, inside }) =>
      `${name} gets ${percent(share)}${inside === null ? "" : ` and takes ${seconds(inside)} on average in the episodes`}`,
  );
  return {
    statement: `rule ${rule.priority} splits by weight: ${told.join("; ")}`,
    measures: { shares: parts.map(({ share }) => share), averages: parts.flatMap(({ inside }) => inside ?? []) },
  };
}

/** What every twentieth and every hundredth request takes in a typical minute of the window, episodes or not. */
function percentiles({ p50, p95, p99, requests }: LatencyFact): Told | null {
  const counted = cells(requests).filter(({ value }) => value > 0).length;
  const levels = (
    [
      ["p50", p50],
      ["p95", p95],
      ["p99", p99],
    ] as const
  ).flatMap(([name, series]) => {
    const found = levelOf(series, counted);
    return found ? [{ name, ...found }] : [];
  });
  if (levels.length === 0) return null;
  const told = levels.map(({ name, middle }) => `${name} ${seconds(middle)}`);
  return {
    statement: `in a typical minute of the window: ${listed(told)}`,
    measures: Object.fromEntries(levels.map(({ name, low, middle, high }) => [name, [low, middle, high]])),
  };
}
