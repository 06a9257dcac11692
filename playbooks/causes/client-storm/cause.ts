import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { suspectFact } from "../../evidence/target-groups/fact.ts";
import arrivalsRose from "../../signals/arrivals-rose.ts";
import oneClient from "../../signals/one-client-brings-surplus.ts";
import podsClumped from "../../signals/pods-clumped.ts";
import requestsHeld from "../../signals/requests-held-open.ts";
import sentAgain from "../../signals/surplus-sent-again.ts";
import tiedPile from "../../signals/tied-clients-pile-up.ts";
import zonesUnequal from "../../signals/zones-unequal.ts";
import { OF_RUNNING_PODS } from "../of-one-service.ts";

/**
 * One client brings the traffic (003). What decides: the surplus of the episodes comes from one address, and is not what
 * was sent before and not answered: it comes before it is slow, or its requests were answered.
 * What is sent again keeps a service down, but something else slowed it first: then the cause stays open.
 */
export default defineCause({
  cause: "client-storm",
  title: "one client brings the traffic",
  claim: "One client sends so many requests in the episodes that the service becomes slow for everyone.",
  specific: [oneClient, arrivalsRose],
  rejects: [is(oneClient, "no"), is(arrivalsRose, "no")],
  needs: [
    ...OF_RUNNING_PODS,
    is(zonesUnequal, "no", "unclear", "unknown"),
    is(sentAgain, "no"),
    is(requestsHeld, "no", "unclear", "unknown"),
    is(podsClumped, "no", "unclear", "unknown"),
    is(tiedPile, "no", "unclear", "unknown"),
  ],
  supports: [is(oneClient, "yes"), is(arrivalsRose, "yes", "unclear")],
  uses: { suspect: suspectFact },
  words({ suspect }, readings) {
    const said = (id: string) => readings.get(id)?.statement ?? "";
    const retries = readings.get(sentAgain.id)?.answer === "no" ? "They are not retries" : "They may be retries";
    return {
      headline: `One client brings the traffic that makes ${suspect?.group?.name ?? "the service"} slow.`,
      summary: `${sentence(said(oneClient.id))}. ${retries}: ${said(sentAgain.id)}. If that address is a proxy, find out who is behind it.`,
    };
  },
});
