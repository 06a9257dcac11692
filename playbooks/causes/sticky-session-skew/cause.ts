import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import manySlower from "../../signals/many-requests-slower.ts";
import pickIsBlind from "../../signals/pick-is-blind.ts";
import podsAlike from "../../signals/pods-alike.ts";
import podsHaveCpu from "../../signals/pods-have-cpu-left.ts";
import requestsPassedOn from "../../signals/requests-passed-on.ts";
import pilesUp from "../../signals/requests-pile-up.ts";
import samePods from "../../signals/same-pods-hot.ts";
import stickinessOn from "../../signals/stickiness-on.ts";
import tiedPile from "../../signals/tied-clients-pile-up.ts";
import { MADE_BY, madeBy } from "../made-by.ts";
import { BOUND_BADLY } from "../of-one-service.ts";

/**
 * Stickiness pins clients to targets (001 part 3, 003 F5). What shows it: the same pods are hot in every episode while
 * others idle, and stickiness or session affinity is on.
 */
export default defineCause({
  cause: "sticky-session-skew",
  title: "sticky sessions pin clients to some pods",
  claim: "Stickiness ties clients to pods: a few pods get most of the requests, however many pods there are.",
  elsewhere: requestsPassedOn,
  specific: [samePods, stickinessOn],
  // Pods that are nearly alike are no proof against it either: what is bound to the busiest may be just too much for it.
  rejects: [is(stickinessOn, "no"), is(manySlower, "no")],
  needs: [
    ...BOUND_BADLY,
    // Clients come and go: that other pods are hot in each episode is no proof against it.
    is(samePods, "yes", "unclear", "unknown"),
    is(pickIsBlind, "no", "unclear", "unknown"),
    is(pilesUp, "yes"),
    is(tiedPile, "yes"),
    is(podsAlike, "no", "unclear"),
    // Pods with CPU to spare are not full of their clients' requests.
    is(podsHaveCpu, "no", "unclear", "unknown"),
  ],
  supports: [is(stickinessOn, "yes"), is(pilesUp, "yes"), is(podsAlike, "no", "unclear")],
  uses: { ...MADE_BY, workload: workloadFact },
  words({ workload, ...known }, readings) {
    const said = (id: string) => readings.get(id)?.statement ?? "";
    return {
      headline: `Sticky sessions keep ${workload?.name ?? "the service"}'s clients on a few pods while others idle.`,
      summary: `${sentence(said(samePods.id))}; ${said(pilesUp.id)}, and ${said(stickinessOn.id)}. New pods only get new clients, so scaling out does not help those that are already tied to a pod.${madeBy(known, ["stickiness"])}`,
    };
  },
});
