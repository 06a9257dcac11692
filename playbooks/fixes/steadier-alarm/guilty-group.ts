import {
  type AlarmFact,
  type BlameFact,
  type Facts,
  type GroupLoad,
  type GuiltyGroup,
  type LatencyFact,
  type Series,
  strideOf,
} from "../../../src/playbook.ts";

/** More other groups than this are better served by the team's own tooling than by a list of commands. */
const MOST_GROUPS = 10;

/**
 * The target group to which a latency alarm could be narrowed, with its own datapoints. Null where there is none, where
 * they were not read in the alarm's statistic, and where windows slide: of a group the clock's periods alone are read. Behind
 * an ingress controller the datapoints are those of one of its services, and no target group has them.
 */
export function guiltyGroup({ alarm, judged, guiltyMetric, blame, service }: Partial<Facts>): GuiltyGroup | null {
  if (service?.proof === "ingress-controller") return null;
  if (!alarm || !judged || !guiltyMetric || strideOf(judged) > 1) return null;
  const group = aloneGuilty(alarm, blame);
  const values = statisticOf(guiltyMetric, alarm.statistic);
  return group && values ? { group, judged: { values, samples: guiltyMetric.requests } } : null;
}

/**
 * The one guilty target group of an alarm on the whole load balancer. The others then need alarms of their own, which
 * cannot be back-tested: only a group that stayed below the threshold, in the bursts and on average outside them, may get
 * today's judgement.
 */
function aloneGuilty({ dimensions, threshold, expression }: AlarmFact, blame: BlameFact | undefined): GroupLoad | null {
  const guilty = blame?.verdict === "one" ? blame.guilty : null;
  if (!guilty || dimensions.TargetGroup !== undefined || expression) return null;
  const others = blame?.groups.filter(({ arn }) => arn !== guilty.arn) ?? [];
  const quiet = others.every(({ worstAverage, outside }) => Math.max(worstAverage ?? 0, outside ?? 0) < threshold);
  return quiet && others.length <= MOST_GROUPS ? guilty : null;
}

function statisticOf(metric: LatencyFact, statistic: string): Series | null {
  switch (statistic) {
    case "Average":
      return metric.average;
    case "Maximum":
      return metric.maximum;
    case "p50":
    case "p95":
    case "p99":
      return metric[statistic];
    default:
      return null;
  }
}
