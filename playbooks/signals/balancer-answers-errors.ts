import { defineSignal, no, percent, sum, unclear, unknown, valuesIn, yes } from "../../src/playbook.ts";
import { alarmMetricFact, episodesFact } from "../evidence/alarm-history/fact.ts";
import { ownErrorsFact } from "../evidence/target-groups/fact.ts";

/** From this share of the episodes' requests on the load balancer answers 500: a few are there on any day. */
export const FAILING = 0.01;
/** Up to this share it does not. */
export const USUAL = 0.001;
/** The targets' own 5xx are at most this part of the load balancer's: else it is the targets that fail. */
export const TARGETS_PART = 0.1;

/**
 * Does the load balancer itself fail in the episodes, and the targets not (000 B4)? Of its 5xx only the 500 is its own: it
 * answers 502, 503 and 504 for targets that close the connection, are not there, or do not answer in time (Application Load
 * Balancer User Guide, "Troubleshoot your Application Load Balancers"), as all do that wait for the same thing.
 */
export default defineSignal({
  id: "balancer-answers-errors",
  question: "Does the load balancer itself fail in the episodes (500) while the targets do not?",
  needs: { alarmMetric: alarmMetricFact, episodes: episodesFact },
  uses: { ownErrors: ownErrorsFact },
  read({ alarmMetric: { target5xx, requests }, episodes: { episodes }, ownErrors }) {
    const evidence = ["target-groups.own-errors", "target-groups.balancer-errors"];
    const bursts = episodes.map(({ burst }) => burst);
    const all = sum(valuesIn(requests, bursts));
    // What was not read is in no finding.
    if (!ownErrors || all === 0) return unknown("needs the load balancer's own 500s in the episodes");
    const [own, targets] = [sum(valuesIn(ownErrors, bursts)), sum(valuesIn(target5xx, bursts))];
    const share = own / all;
    const figure = `${percent(share)} of the requests in the episodes end in a 500 from the load balancer itself, ${percent(targets / all)} in a 5xx from the targets`;
    if (share >= FAILING && targets <= TARGETS_PART * own) return yes(figure, evidence, share);
    return share <= USUAL ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
