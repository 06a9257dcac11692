import { defineCause, is, sentence } from "../../../src/playbook.ts";
import broken from "../../signals/connections-broken.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import handshakesFail from "../../signals/target-handshakes-fail.ts";
import { MADE_BY, madeBy } from "../made-by.ts";

/** The same between the load balancer and its targets: no session comes about, and it answers 502. */
export default defineCause({
  cause: "tls-failure",
  table: "errors",
  title: "TLS handshakes with the targets fail",
  claim: "The load balancer and its targets have no protocol or cipher in common, or the port does not speak TLS.",
  specific: [handshakesFail, broken],
  rejects: [is(handshakesFail, "no"), is(broken, "no")],
  // A container that is killed breaks handshakes in their middle too.
  needs: [
    is(noHealthy, "no", "unclear", "unknown"),
    is(restartsMatch, "no", "unclear", "unknown"),
    is(podsLeave, "no", "unclear", "unknown"),
  ],
  supports: [],
  uses: MADE_BY,
  words(known, readings) {
    const said = (id: string) => readings.get(id)?.statement ?? "";
    return {
      headline: "TLS handshakes between the load balancer and its targets fail.",
      summary: `${sentence(said(handshakesFail.id))}. ${sentence(said(broken.id))}: without a TLS session no request reaches the target, and its log shows nothing.${madeBy(known, ["certificate"])}`,
    };
  },
});
