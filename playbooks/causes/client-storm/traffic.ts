import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { suspectFact } from "../../evidence/target-groups/fact.ts";
import fewerTargets from "../../signals/fewer-targets-share.ts";
import oneClient from "../../signals/one-client-brings-surplus.ts";
import requestsRose from "../../signals/requests-rose.ts";

/** The same where the alarm judges how many requests each target gets: the surplus is one client's. */
export default defineCause({
  cause: "client-storm",
  table: "traffic",
  title: "one client brings the traffic",
  claim: "One client sends so many requests in the episodes that each target gets more than usual.",
  specific: [oneClient, requestsRose],
  rejects: [is(oneClient, "no"), is(requestsRose, "no")],
  needs: [is(fewerTargets, "no", "unclear", "unknown")],
  supports: [is(oneClient, "yes"), is(requestsRose, "yes", "unclear")],
  uses: { suspect: suspectFact },
  words({ suspect }, readings) {
    const said = (id: string) => readings.get(id)?.statement ?? "";
    return {
      headline: `One client brings the traffic of ${suspect?.group?.name ?? "the target group"}.`,
      summary: `${sentence(said(oneClient.id))}; ${said(requestsRose.id)}. If that address is a proxy, look behind it for who it is.`,
    };
  },
});
