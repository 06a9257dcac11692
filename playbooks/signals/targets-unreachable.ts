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
import { type PodReadiness, readinessFact } from "../evidence/readiness/fact.ts";
import { MADE, responsesFact } from "../evidence/responses/fact.ts";
import { targetHealthFact } from "../evidence/target-health/fact.ts";
import { topologyFact } from "../evidence/target-topology/fact.ts";
import { MOSTLY } from "./no-target-healthy.ts";

/** Of what the load balancer made itself at least this share is 504: no answer came, not even a refusal. */
export const SILENT = 0.6;

/**
 * Does no packet reach the targets: none is healthy though pods are ready all the while, and what comes back is silence
 * (Target.Timeout, 504) instead of a refusal (000 ALB page, 004)?
 */
export default defineSignal({
  id: "targets-unreachable",
  question: "Do none of the load balancer's packets reach the targets?",
  needs: {
    health: targetHealthFact,
    episodes: episodesFact,
    readiness: readinessFact,
    responses: responsesFact,
    topology: topologyFact,
  },
  uses: {},
  read({ health, episodes, readiness, responses: { made }, topology: { targets } }) {
    const evidence = ["target-health.course", "readiness.pods", "responses.errors"];
    const none = noneHealthy(health.healthy, episodes);
    if (none === null) return unknown("needs how many targets were healthy in the episodes", evidence);
    if (none < MOSTLY) return no("targets were healthy in the episodes", evidence, none);
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const ready = readyShare(readiness, bursts);
    if (ready === 0) return no("no pod was ready either", evidence, none);
    const all = sum(MADE.map((status) => sum(valuesIn(made[status], bursts))));
    const silent = all === 0 ? null : sum(valuesIn(made["504"], bursts)) / all;
    // The targets' reasons are those of now: they tell nothing of an episode that is over.
    const isOver = episodes.episodes.at(-1)?.okAt !== null;
    const failing = isOver ? [] : (targets ?? []).filter(({ state }) => state === "unhealthy");
    const timedOut = failing.filter(({ reason }) => reason === "Target.Timeout").length;
    const statuses =
      silent === null
        ? "the load balancer returned no 5xx of its own"
        : `${percent(silent)} of the load balancer's own 5xx are 504`;
    const reasons =
      failing.length === 0 ? "" : `, and ${timedOut} of ${failing.length} unhealthy targets fail with Target.Timeout`;
    const figure = `no target was healthy in ${percent(none)} of the episodes' minutes while pods were ready; ${statuses}${reasons}`;
    if (failing.length > timedOut) return no(figure, evidence, silent);
    const isSilent = silent === null ? failing.length > 0 : silent >= SILENT;
    return isSilent && ready >= MOSTLY ? yes(figure, evidence, silent) : unclear(figure, evidence, silent);
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
