import {
  defineSignal,
  no,
  noneHealthy,
  percent,
  type Span,
  sum,
  unclear,
  unknown,
  valueAt,
  valuesIn,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { networkRulesFact } from "../evidence/network-rules/fact.ts";
import { type PodReadiness, readinessFact } from "../evidence/readiness/fact.ts";
import { MADE, type MadeStatus, responsesFact } from "../evidence/responses/fact.ts";
import { targetHealthFact } from "../evidence/target-health/fact.ts";
import { topologyFact } from "../evidence/target-topology/fact.ts";
import { MOSTLY } from "./no-target-healthy.ts";
import dropPackets from "./rules-drop-packets.ts";

/**
 * Of what the load balancer made itself at least this share is 504: no answer came, not even a refusal. Where it is 503
 * instead, no target was registered (Troubleshoot your ALB): unhealthy ones are sent requests, if there are no others.
 */
export const SILENT = 0.6;

/**
 * Does no packet reach the targets: none is healthy though pods are ready all the while, or though a rule drops the packets
 * now, and what comes back is silence (Target.Timeout, 504) instead of a refusal (000 ALB page, 004)?
 */
export default defineSignal({
  id: "targets-unreachable",
  question: "Do none of the load balancer's packets reach the targets?",
  needs: { health: targetHealthFact, episodes: episodesFact, responses: responsesFact },
  uses: { readiness: readinessFact, topology: topologyFact, rules: networkRulesFact },
  read({ health, episodes, readiness, responses: { made }, topology, rules }) {
    const evidence = ["target-health.course", "responses.errors"];
    const none = noneHealthy(health.healthy, episodes);
    if (none === null) return unknown("needs how many targets were healthy in the episodes", evidence);
    if (none < MOSTLY) return no("targets were healthy in the episodes", evidence, none);
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const ready = readiness && readyShare(readiness, bursts);
    if (ready === 0) return no("no pod was ready either", ["readiness.pods", ...evidence], none);
    const all = sum(MADE.map((status) => sum(valuesIn(made[status], bursts))));
    const shareOf = (status: MadeStatus) => (all === 0 ? null : sum(valuesIn(made[status], bursts)) / all);
    const [silent, unserved] = [shareOf("504"), shareOf("503")];
    if (unserved !== null && unserved >= SILENT)
      return no(
        `${percent(unserved)} of the load balancer's own 5xx are 503: no target was registered`,
        evidence,
        unserved,
      );
    if (!topology) return unknown("needs the targets", evidence);
    // The targets' reasons are those of now: they tell nothing of an episode that is over.
    const isOver = episodes.episodes.at(-1)?.okAt !== null;
    const failing = isOver ? [] : (topology.targets ?? []).filter(({ state }) => state === "unhealthy");
    const timedOut = failing.filter(({ reason }) => reason === "Target.Timeout").length;
    const statuses =
      silent === null
        ? "the load balancer returned no 5xx of its own"
        : `${percent(silent)} of the load balancer's own 5xx are 504`;
    const reasons =
      failing.length === 0 ? "" : `, and ${timedOut} of ${failing.length} unhealthy targets fail with Target.Timeout`;
    const course = `no target was healthy in ${percent(none)} of the episodes' minutes`;
    const figure = `${course}${ready === undefined ? "" : " while pods were ready"}; ${statuses}${reasons}`;
    if (failing.length > timedOut) return no(figure, evidence, silent);
    const isSilent = silent === null ? failing.length > 0 : silent >= SILENT;
    if (ready !== undefined) {
      const proof = ["target-health.course", "readiness.pods", "responses.errors"];
      return isSilent && ready >= MOSTLY ? yes(figure, proof, silent) : unclear(figure, proof, silent);
    }
    // A rule that drops every packet does so whether or not a pod is ready; as it is now, it was in an episode that goes on.
    const dropped = rules && isSilent && !isOver && failing.length > 0 ? dropPackets.read({ rules }) : null;
    return dropped?.answer === "yes"
      ? yes(`${figure}; ${dropped.statement}`, [...evidence, "network-rules.between"], silent)
      : unknown("needs when the pods were ready", evidence);
  },
});

/** The share of the spans' minutes in which a pod was ready. */
function readyShare(readiness: readonly PodReadiness[], spans: readonly Span[]): number {
  const minutes = spans.flatMap(({ start, end }) =>
    Array.from({ length: Math.ceil((end - start) / 60) }, (_, index) => start + 60 * index),
  );
  const ready = minutes.filter((at) => readiness.some(({ ready: line }) => valueAt(line, at) === 1));
  return minutes.length === 0 ? 0 : ready.length / minutes.length;
}
