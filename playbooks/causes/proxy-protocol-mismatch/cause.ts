import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { suspectFact } from "../../evidence/target-groups/fact.ts";
import allFail from "../../signals/all-connections-fail.ts";
import differs from "../../signals/proxy-protocol-differs.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import { MADE_BY, madeBy } from "../made-by.ts";
import { LET_THROUGH } from "../of-connections.ts";

/** One side speaks PROXY protocol, the other does not (001 part 4): every connection fails, that of the health check too. */
export default defineCause({
  cause: "proxy-protocol-mismatch",
  title: "only one side speaks PROXY protocol",
  claim: "The load balancer sends a PROXY protocol header that the server does not expect, or the other way round.",
  specific: [differs, allFail],
  rejects: [is(differs, "no"), is(allFail, "no")],
  needs: LET_THROUGH,
  supports: [is(differs, "yes", "unclear"), is(allFail, "yes"), is(restartsMatch, "no")],
  uses: { ...MADE_BY, suspect: suspectFact },
  words({ suspect, ...known }, readings) {
    const said = (id: string) => readings.get(id)?.statement ?? "";
    const seems = readings.get(differs.id)?.answer === "yes" ? "speak" : "seem to speak";
    return {
      headline: `${suspect?.group?.name ?? "The target group"}: load balancer and server ${seems} PROXY protocol on one side only.`,
      summary: `${sentence(said(differs.id))}. ${sentence(said(allFail.id))}. Both sides have to be changed together: the attribute proxy_protocol_v2.enabled, and the server's own setting.${madeBy(known, ["attribute"])}`,
    };
  },
});
