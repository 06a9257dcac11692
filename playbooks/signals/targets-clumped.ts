import {
  type Clumps,
  clumpsOf,
  defineSignal,
  listed,
  logGroup,
  no,
  percent,
  plain,
  plural,
  type Reading,
  seconds,
  unclear,
  unknown,
  yes,
} from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { suspectFact, targetGroupsFact } from "../evidence/target-groups/fact.ts";
import { topologyFact } from "../evidence/target-topology/fact.ts";
import { CHANGING_PODS } from "./same-pods-hot.ts";

/** A target is behind where at least this share of its requests is slow: it is for half of the time. */
export const BEHIND = 0.5;
/** And free where at most this share is. */
export const FREE = 0.25;
/** In this share of the episodes some must be behind while others are free. */
export const MOST = 0.6;
/** Slow requests are spread so many times as unevenly as chance would: they come in queues of several. */
export const CLUMPED = 3;
/** Up to this it is chance: which target a request went to does not matter. */
export const CHANCE = 1.5;
/**
 * Degrees of freedom (targets compared, less one, of each episode) without which neither can be said: with 12, chance gives
 * more than 3 in one case of 3,000, and queues of six less than 1.5 in one of 250 (χ² distribution).
 */
export const LEAST_COMPARED = 12;
/** Fewer slow requests than this share are not what every tenth request waits for. */
export const TENTH = 0.1;
/** With more than this slow, the targets' shares cannot differ by much. */
export const ROOM = 0.75;
/** Where so many requests of each path wait, in each episode, no target is free. */
export const NONE_FREE = 0.9;
/** A target that gets more than this multiple of an even share of the requests may be behind because of them. */
export const LOADED = 1.5;

/**
 * Do requests wait at some targets while others are as fast as ever, and at other targets each time? Counts and work apart,
 * by the access log alone: round robin gives each target as many requests. It does not say why they wait: behind a long
 * request, or in a pod that stood still for another reason.
 */
export default defineSignal({
  id: "targets-clumped",
  question: "Do requests wait at some targets while others are free?",
  needs: { log: requestLogFact, suspect: suspectFact, targetGroups: targetGroupsFact },
  uses: { topology: topologyFact },
  read({ log, suspect: { group }, targetGroups, topology }) {
    const evidence = ["access-logs.work"];
    if (!group) return unknown("no target group stands out", evidence);
    const type = targetGroups.find(({ arn }) => arn === group.arn)?.targetType;
    if (type !== "ip") return unknown("the targets are nodes: the access log names no pod", evidence);
    const clumps = clumpsOf(log, logGroup(group.arn));
    if (!clumps) return unknown("the access log has too few requests to compare targets with quiet periods", evidence);
    return answerOf(clumps, topology?.algorithm ?? null, evidence);
  },
});

function answerOf(clumps: Clumps, algorithm: string | null, evidence: readonly string[]): Reading {
  const { usual, slow, slowForPath, unevenness, compared, byEpisode, same, load } = clumps;
  const longer = `${percent(slow)} of the requests take longer than ${seconds(usual)}, which 5 % do in quiet periods`;
  if (slowForPath !== null && slowForPath >= NONE_FREE)
    return no(
      `nearly all requests are slower than others of their path in quiet periods (${percent(slowForPath)}): no target is free`,
      evidence,
      slowForPath,
    );
  if (unevenness === null || compared < LEAST_COMPARED)
    return unclear(`${longer}: too few to tell whether they come in clumps`, evidence, unevenness);
  const spread = `${longer}; they are spread over the targets ${plain(unevenness)} times as unevenly as chance would`;
  const isTold = slow >= TENTH && slow <= ROOM;
  if (unevenness <= CHANCE && isTold) return no(spread, evidence, unevenness);
  const clumped = byEpisode.filter(({ most, least }) => most >= BEHIND && least <= FREE).length;
  const figure = `${spread}; in ${clumped} of ${plural(byEpisode.length, "episode")} at least half of a target's wait while at most a quarter of another's do`;
  const against = [
    ...(load > LOADED ? ["some targets get more requests than the others"] : []),
    ...(same !== null && same > CHANGING_PODS ? ["it may be the same targets each time"] : []),
    ...(same === null ? ["whether it is the same targets each time needs more episodes"] : []),
    ...(algorithm === "least_outstanding_requests" ? ["the load balancer already picks the least busy target"] : []),
  ];
  const isClumped = unevenness >= CLUMPED && clumped >= MOST * byEpisode.length;
  if (isClumped && against.length === 0)
    return yes(`${figure}, other targets each time and no more requests for them`, evidence, unevenness);
  return unclear(against.length === 0 ? figure : `${figure}; ${listed(against)}`, evidence, unevenness);
}
