import { defineSignal, no, percent, sum, unclear, unknown, valueAt, valuesIn, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { readinessFact } from "../evidence/readiness/fact.ts";
import { MADE, responsesFact } from "../evidence/responses/fact.ts";
import { targetHealthFact } from "../evidence/target-health/fact.ts";
import { topologyFact } from "../evidence/target-topology/fact.ts";
import { MOSTLY, noneHealthy } from "./no-target-healthy.ts";

/** Of what the load balancer made itself at least this share is 504: no answer came, not even a refusal. */
export const SILENT = 0.6;

/**
 * Does no packet reach the targets: none is healthy though pods are ready all the while, and what comes back is silence
 * (Target.Timeout, 504) instead of a refusal (000 ALB page, 004)?
 */
export default defineSignal({
  id: "targets-unreachable",
  question: "Does no packet of the load balancer reach the targets?",
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
    const ready = bursts.every(({ start, end }) =>
      readiness.some(({ ready: line }) => valueAt(line, start) === 1 && valueAt(line, end - line.step) === 1),
    );
    if (!ready) return no("no pod was ready either", evidence, none);
    const all = sum(MADE.map((status) => sum(valuesIn(made[status], bursts))));
    const silent = all === 0 ? 0 : sum(valuesIn(made["504"], bursts)) / all;
    const failing = (targets ?? []).filter(({ state }) => state === "unhealthy");
    const timedOut = failing.filter(({ reason }) => reason === "Target.Timeout").length;
    const figure = `no target was healthy in ${percent(none)} of the episodes' minutes while pods were ready; ${percent(silent)} of the load balancer's own 5xx are 504, and ${timedOut} of ${failing.length} unhealthy targets fail by Target.Timeout`;
    if (failing.length > timedOut) return no(figure, evidence, silent);
    return silent >= SILENT || timedOut > 0 ? yes(figure, evidence, silent) : unclear(figure, evidence, silent);
  },
});
