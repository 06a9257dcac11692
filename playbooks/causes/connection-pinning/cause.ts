import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import connectionsKept from "../../signals/connections-kept.ts";
import manySlower from "../../signals/many-requests-slower.ts";
import pickIsBlind from "../../signals/pick-is-blind.ts";
import pickedBehind from "../../signals/picked-behind-nodes.ts";
import podsAlike from "../../signals/pods-alike.ts";
import podsClumped from "../../signals/pods-clumped.ts";
import requestsPassedOn from "../../signals/requests-passed-on.ts";
import pilesUp from "../../signals/requests-pile-up.ts";
import samePods from "../../signals/same-pods-hot.ts";
import stickinessOn from "../../signals/stickiness-on.ts";
import { PLACED_BADLY } from "../of-one-service.ts";

/**
 * Kept connections from the load balancer hold on to the pods that they first reached (000 top, causes 3; measured with
 * nginx and kube-proxy's random pick). What shows it: the same pods are hot through the episodes, kube-proxy picks once
 * for each connection, connections are kept, and nothing binds clients.
 */
export default defineCause({
  cause: "connection-pinning",
  title: "keep-alive connections pin requests to some pods",
  claim:
    "The load balancer's keep-alive connections stay on the pods that they first reached, and requests follow them.",
  elsewhere: requestsPassedOn,
  specific: [samePods, connectionsKept],
  rejects: [
    is(pickedBehind, "no"),
    is(podsAlike, "yes"),
    is(samePods, "no"),
    is(stickinessOn, "yes"),
    is(manySlower, "no"),
  ],
  needs: [
    ...PLACED_BADLY,
    is(pickIsBlind, "no", "unclear", "unknown"),
    is(pickedBehind, "yes"),
    is(podsClumped, "yes"),
    is(pilesUp, "yes"),
    is(podsAlike, "no"),
    is(stickinessOn, "no"),
  ],
  supports: [],
  uses: { workload: workloadFact },
  words({ workload }, readings) {
    const said = (id: string) => readings.get(id)?.statement ?? "";
    return {
      headline: `Keep-alive connections keep ${workload?.name ?? "the service"}'s requests on a few pods while others idle.`,
      summary: `${sentence(said(samePods.id))}; ${said(podsClumped.id)}. ${sentence(said(pickedBehind.id))}, and ${said(connectionsKept.id)}: requests follow connections, not free pods, until the connections are reopened.`,
    };
  },
});
