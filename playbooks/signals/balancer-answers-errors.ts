import { defineSignal, no, percent, sum, unclear, unknown, valuesIn, yes } from "../../src/playbook.ts";
import { alarmMetricFact, episodesFact } from "../evidence/alarm-history/fact.ts";

/** From this share of the episodes' requests on the load balancer answers 5xx of its own: a few are there on any day. */
export const FAILING = 0.01;
/** Up to this share it does not. */
export const USUAL = 0.001;
/** The targets' own 5xx are at most this part of the load balancer's: else it is the targets that fail. */
export const TARGETS_PART = 0.1;

/** Does the load balancer itself answer errors in the episodes, and the targets none (000 B4)? */
export default defineSignal({
  id: "balancer-answers-errors",
  question: "Does the load balancer answer 5xx of its own in the episodes, and the targets none?",
  needs: { alarmMetric: alarmMetricFact, episodes: episodesFact },
  uses: {},
  read({ alarmMetric: { elb5xx, target5xx, requests }, episodes: { episodes } }) {
    const evidence = ["target-groups.balancer-errors"];
    const bursts = episodes.map(({ burst }) => burst);
    const all = sum(valuesIn(requests, bursts));
    if (elb5xx === null || all === 0) return unknown("needs the load balancer's own 5xx in the episodes", evidence);
    const [own, targets] = [sum(valuesIn(elb5xx, bursts)), sum(valuesIn(target5xx, bursts))];
    const share = own / all;
    const figure = `${percent(share)} of the requests in the episodes end in a 5xx of the load balancer itself, ${percent(targets / all)} in one of the targets`;
    if (share >= FAILING && targets <= TARGETS_PART * own) return yes(figure, evidence, share);
    return share <= USUAL ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
