import { defineSignal, no, percent, plural, sum, unclear, unknown, valuesIn, yes } from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { classicFact } from "../evidence/classic/fact.ts";
import { nodesOfTargetsFact } from "../evidence/node-endpoints/fact.ts";
import { serviceFact } from "../evidence/service/fact.ts";
import withoutPod from "./nodes-without-pod-fail.ts";

/**
 * The share of connections that fail is at most so many times the share of the nodes without a pod, and at least that part
 * of it: a Classic Load Balancer tries again after a failed connection, and the checks' own failures are counted, too
 * ("CloudWatch metrics for your Classic Load Balancer", BackendConnectionErrors).
 */
export const WITHIN = 2;
/** Up to this part of the nodes' share connections are not lost there. */
export const STRAY = 0.1;
/** Which nodes hold a pod is known of now: an episode that ended longer ago than this, seconds, may have had others. */
export const NOW = 900;

/** What a Classic Load Balancer counts where connections to its instances are not established. */
const LOST = /^(BackendConnectionErrors|HTTPCode_ELB_5XX|SurgeQueueLength|SpilloverCount)$/;

/**
 * Do the nodes without a pod of a Service with externalTrafficPolicy Local make what an alarm on a Classic Load Balancer
 * counts: as instances that are not in service, or, where they are, as the share of connections that is lost there?
 */
export default defineSignal({
  id: "empty-nodes-lose-connections",
  question: "Do the nodes without a pod cause what the alarm counts?",
  needs: { alarm: alarmFact, nodes: nodesOfTargetsFact, service: serviceFact, episodes: episodesFact },
  uses: { classic: classicFact },
  read({ alarm, nodes, service, episodes: { episodes, window }, classic }) {
    const evidence = ["node-endpoints.nodes", "classic.answers"];
    const failing = withoutPod.read({ nodes, service });
    // Of the targets' health the nodes that fail are all there is to say; nothing is lost where each hands on, or holds a pod.
    if (/HostCount$/.test(alarm.metric) || failing.answer === "unknown" || failing.answer === "no") return failing;
    if (!LOST.test(alarm.metric))
      return no("what the alarm counts is answered by instances: a connection that is lost has no answer", evidence);
    const inService = nodes.filter(({ state }) => state === "healthy");
    const empty = inService.filter(({ pods }) => pods === 0).length;
    const figure = `externalTrafficPolicy is Local and ${empty} of ${plural(inService.length, "node")} in service have no ready pod`;
    const last = episodes.at(-1)?.burst.end ?? window.start;
    if (window.end - last > NOW) return unclear(`${figure} now; which had one in the episodes is not known`, evidence);
    if (empty === 0) return unclear(`${figure}: no connection is sent to one that has none`, evidence, 0);
    if (!classic) return unknown("needs the connections that failed", evidence);
    const bursts = episodes.map(({ burst }) => burst);
    const failed = sum(valuesIn(classic.refused, bursts));
    const all = failed + sum(valuesIn(classic.requests, bursts));
    if (all === 0) return unknown("needs the connections of the episodes", evidence);
    const expected = empty / inService.length;
    const ratio = failed / all / expected;
    const told = `${figure} (${percent(expected)}); ${failed} of ${all} attempts to connect failed (${percent(failed / all)})`;
    if (ratio <= STRAY) return no(told, evidence, ratio);
    return ratio <= WITHIN && ratio >= 1 / WITHIN ? yes(told, evidence, ratio) : unclear(told, evidence, ratio);
  },
});
