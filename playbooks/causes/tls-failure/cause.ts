import { defineCause, is, sentence } from "../../../src/playbook.ts";
import misses from "../../signals/certificate-misses-hosts.ts";
import cannotSucceed from "../../signals/tls-cannot-succeed.ts";
import watchesNothing from "../../signals/watches-nothing.ts";
import { MADE_BY, madeBy } from "../made-by.ts";

/** A certificate has ended or does not match, or there is no common protocol or cipher (003 F2): no session comes about. */
export default defineCause({
  cause: "tls-failure",
  title: "TLS handshakes fail",
  claim: "A certificate has expired or does not match, or the two sides have no protocol or cipher in common.",
  specific: [cannotSucceed],
  // That no certificate has ended rules out the one reason only.
  rejects: [],
  needs: [is(watchesNothing, "no", "unclear", "unknown")],
  supports: [is(misses, "yes")],
  // A certificate that ends is no episode yet, and a session that cannot come about owes nothing to another trouble.
  standsAlone: true,
  uses: MADE_BY,
  words(known, readings) {
    const { statement: said = "", evidence = [] } = readings.get(cannotSucceed.id) ?? {};
    // Where the change itself shows it, it is named already.
    const by = evidence.includes("changes.timeline") ? "" : madeBy(known, ["certificate", "routing", "weight"]);
    return {
      headline: `${sentence(said)}.`,
      summary: `${sentence(said)}. Without a TLS session no request is sent, so no status code and no application log shows it.${by}`,
    };
  },
});
