import {
  type AlarmFact,
  type Ask,
  type EpisodesFact,
  type MetricWanted,
  type Series,
  type Span,
  sum,
  sumAt,
  type TargetGroupFact,
  valuesIn,
  valuesOutside,
} from "../../../src/playbook.ts";
import { readWhole } from "../target-groups/read.ts";
import type { GroupResponses, Responses } from "./fact.ts";
import type { Suspect } from "./suspect.ts";

/** A group is in question where more than this share of what went unanswered is its own, and of what the load balancer made. */
const MOST = 0.6;
/** Fewer than this may have been under way when a period ended, or given up by a client. */
const ENOUGH = 5;

/** Answers by targets, whatever their class; 1xx has no count (CloudWatch metrics for ALB). */
const ANSWERS = ["2XX", "3XX", "4XX", "5XX"] as const;

/** A target group's requests that none of its targets answered, by period. */
export interface Unanswered {
  readonly group: GroupResponses;
  readonly series: Series;
}

/**
 * The requests of each target group that no target answered. RequestCount counts each one for which a target was chosen,
 * HTTPCode_Target_* the targets' answers alone (CloudWatch metrics for ALB): what is between them the load balancer
 * answered itself, of which no metric tells by target group. Null where not all of it could be read.
 */
export async function readUnanswered(
  alarm: AlarmFact,
  groups: readonly TargetGroupFact[],
  responses: Responses,
  window: Span,
  ask: Ask,
): Promise<readonly Unanswered[] | null> {
  const { TargetGroup: _, ...whole } = alarm.dimensions;
  const wanted = groups.flatMap(({ arn }, index) =>
    ANSWERS.map((status): MetricWanted => {
      const dimensions = { ...whole, TargetGroup: arn.split(":").at(-1) ?? "" };
      const metric = `HTTPCode_Target_${status}_Count`;
      return { id: `answered${status}${index}`, namespace: alarm.namespace, metric, dimensions, statistic: "Sum" };
    }),
  );
  const read = await readWhole(wanted, window, alarm.period, ask);
  if (read === null || read === "part") return null;
  return groups.flatMap(({ arn }, index) => {
    const group = responses.groups.find((one) => one.arn === arn);
    if (!group) return [];
    const { start, step } = group.requests;
    const answered = (at: number) => sum(ANSWERS.map((status) => sumAt(read.of(`answered${status}${index}`), [at])));
    const values = group.requests.values.map((value, place) =>
      value === null ? null : value - answered(start + place * step),
    );
    return [{ group, series: { start, step, values } }];
  });
}

/**
 * The target group whose requests went unanswered where the load balancer answered in a target's place: as many more in
 * the episodes as it made 502 and 504. Clients that give up (460) and connections that change to WebSocket (101) go
 * unanswered at all times. Null where none stands out.
 */
export function suspectUnanswered(
  unanswered: readonly Unanswered[],
  { made }: Pick<Responses, "made">,
  { episodes, window }: EpisodesFact,
): Suspect | null {
  const bursts = episodes.map(({ burst }) => burst);
  const long = sum(bursts.map(({ start, end }) => end - start));
  const rest = window.end - window.start - long;
  // A period without a datapoint had none: CloudWatch publishes no count that is 0.
  const rise = (series: Series) =>
    sum(valuesIn(series, bursts)) - (rest > 0 ? (sum(valuesOutside(series, bursts)) * long) / rest : 0);
  const own = rise(made["502"]) + rise(made["504"]);
  const risen = unanswered.map(({ group, series }) => ({ group, lost: Math.max(0, rise(series)) }));
  const all = sum(risen.map(({ lost }) => lost));
  const most = risen.find(({ lost }) => lost >= ENOUGH && lost > MOST * all);
  return most && most.lost > MOST * own && own > MOST * most.lost ? { group: most.group, isOwn: true } : null;
}
