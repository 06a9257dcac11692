import {
  type BlameFact,
  cells,
  coreCount,
  type EpisodesFact,
  type GroupLoad,
  type LatencyFact,
  type LoadBalancerFact,
  listed,
  mediansAround,
  percent,
  plain,
  plural,
  type Series,
  seconds,
  spike,
  sum,
  type TargetGroupFact,
  type Told,
  valuesIn,
} from "../../../src/playbook.ts";
import { levelOf } from "../../signals/requests-held-open.ts";
import type { RisenGroups } from "./fact.ts";

export function layout(loadBalancer: LoadBalancerFact | null, groups: readonly TargetGroupFact[]) {
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

export function shares({ guilty, verdict, groups, residual }: BlameFact, episodes: EpisodesFact) {
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

/** Requests a minute, in the episodes and outside: medians, so that no single minute decides. Null where none came. */
export function arrivals({ requests, period }: LatencyFact, name: string, fact: EpisodesFact) {
  const bursts = fact.episodes.map(({ burst }) => burst);
  const { inside, outside } = mediansAround(requests, bursts);
  if (inside === null || outside === null) return null;
  const [now, usual] = [(inside * 60) / period, (outside * 60) / period];
  return {
    statement: `${plain(now)} requests a minute arrive at ${name} in the ${spike(fact)}s, ${plain(usual)} outside them`,
    measures: { inside: now, outside: usual },
  };
}

/** The typical request: half of all are faster. What a few slow ones do to an average does not show here. */
export function typical({ p50 }: LatencyFact, name: string, fact: EpisodesFact) {
  const bursts = fact.episodes.map(({ burst }) => burst);
  const { inside, outside } = mediansAround(p50, bursts);
  const told = (value: number | null) => (value === null ? "an unknown time" : seconds(value));
  const quiet = outside === null ? "" : `, and within ${seconds(outside)} outside them`;
  return {
    statement: `half of ${name}'s requests are answered within ${told(inside)} in the ${spike(fact)}s${quiet}`,
    measures: { inside, outside },
  };
}

/** The slowest of the groups that are not to blame: what it stayed at, the others stayed below. */
export function loudestOther({ groups, guilty }: BlameFact): GroupLoad | undefined {
  const rest = groups.filter(({ arn, inside }) => arn !== guilty?.arn && inside !== null);
  return [...rest].sort((a, b) => (b.worstAverage ?? 0) - (a.worstAverage ?? 0))[0];
}

export function others({ groups, guilty, alsoRose }: BlameFact, fact: EpisodesFact) {
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
  const rose = alsoRose.length > 0 ? `; ${listed(alsoRose)} became slow as well` : "";
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
export function weights({ groups, guilty }: BlameFact, loadBalancer: LoadBalancerFact): Told | null {
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
    statement: `rule ${rule.priority} splits traffic by weight: ${told.join("; ")}`,
    measures: { shares: parts.map(({ share }) => share), averages: parts.flatMap(({ inside }) => inside ?? []) },
  };
}

/** What every twentieth and every hundredth request takes in a typical minute of the window, episodes or not. */
export function percentiles({ p50, p95, p99, requests }: LatencyFact): Told | null {
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

/** What the pods of the groups that rose together did in the episodes, group by group. */
export function risenWords({ groups, more }: RisenGroups): Told {
  const told = groups.map((group) => {
    const rise = `${group.name} ${seconds(group.outside)} → ${seconds(group.inside)}`;
    if (group.unread !== null) return `${rise}, its pods not read: ${group.unread}`;
    const limit = group.limit === null ? "without a limit" : `of a limit of ${plain(group.limit)}`;
    const workers = group.workers === null ? "" : `, ${plural(group.workers, "worker")} a pod`;
    const throttled = group.throttledShare === null ? "" : `, ${percent(group.throttledShare)} throttled`;
    return `${rise}, ${plural(group.pods, "pod")} at ${coreCount(group.plateau ?? 0)} ${limit}${workers}${throttled}`;
  });
  const rest = more > 0 ? `; ${plural(more, "more group")} not looked at` : "";
  return {
    statement: `the pods of the groups that rose together: ${told.join("; ")}${rest}`,
    measures: {
      groups: groups.length,
      more,
      unread: groups.filter(({ unread }) => unread !== null).length,
      plateaus: groups.flatMap(({ plateau }) => plateau ?? []),
      throttled: groups.flatMap(({ throttledShare }) => throttledShare ?? []),
    },
  };
}

/** Answers 5xx in the episodes, by who made them; null where the load balancer's own were not read or nothing came. */
export function balancerErrorWords({ elb5xx, target5xx, requests }: LatencyFact, fact: EpisodesFact): Told | null {
  const bursts = fact.episodes.map(({ burst }) => burst);
  const all = sum(valuesIn(requests, bursts));
  if (elb5xx === null || all === 0) return null;
  const [own, targets] = [sum(valuesIn(elb5xx, bursts)) / all, sum(valuesIn(target5xx, bursts)) / all];
  return {
    statement: `of the requests in the ${spike(fact)}s ${percent(own)} end in a 5xx from the load balancer itself, ${percent(targets)} in one from a target`,
    measures: { balancer: own, targets },
  };
}

/** The load balancer's own 500s in the episodes. */
export function ownErrorWords(own: Series, { requests }: LatencyFact, fact: EpisodesFact): Told {
  const bursts = fact.episodes.map(({ burst }) => burst);
  const [failed, all] = [sum(valuesIn(own, bursts)), sum(valuesIn(requests, bursts))];
  return {
    statement: `the load balancer itself returned 500, which does not come from a target, ${plural(failed, "time")} in the ${spike(fact)}s`,
    measures: { own: failed, share: all === 0 ? null : failed / all },
  };
}
