import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import atOnce from "../../signals/broken-at-once.ts";
import broken from "../../signals/connections-broken.ts";
import itsOwn from "../../signals/errors-its-own.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import fewLost from "../../signals/few-requests-lost.ts";
import shorter from "../../signals/keep-alive-shorter.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import handshakesFail from "../../signals/target-handshakes-fail.ts";
import { MADE_BY, madeBy } from "../made-by.ts";

/** The target closes idle connections before the load balancer does (001 part 7): now and then a request comes on one that is being closed. */
export default defineCause({
  cause: "idle-timeout-mismatch",
  title: "targets close idle connections first",
  claim:
    "The server closes idle connections before the load balancer does; a request that arrives while one is being closed is lost.",
  specific: [shorter, broken],
  rejects: [is(shorter, "no"), is(broken, "no"), is(atOnce, "no")],
  needs: [
    is(itsOwn, "yes"),
    is(fewLost, "yes"),
    is(podsLeave, "no"),
    is(restartsMatch, "no"),
    is(noHealthy, "no", "unclear", "unknown"),
    is(handshakesFail, "no", "unclear", "unknown"),
  ],
  supports: [
    is(itsOwn, "yes"),
    is(broken, "yes"),
    is(fewLost, "yes"),
    is(shorter, "yes", "unclear"),
    is(podsLeave, "no"),
    is(restartsMatch, "no"),
  ],
  uses: { ...MADE_BY, workload: workloadFact },
  words({ workload, ...known }, readings) {
    const said = (id: string) => readings.get(id)?.statement ?? "";
    // A default is no reading: the code or a file in the image may say otherwise.
    const closes = readings.get(shorter.id)?.answer === "yes" ? "closes" : "seems to close";
    return {
      headline: `${workload?.name ?? "the service"} ${closes} idle connections before the load balancer does.`,
      summary: `${sentence(said(shorter.id))}. ${sentence(said(broken.id))}, and ${said(fewLost.id)}: those that arrived while a connection was being closed.${madeBy(known, ["attribute"])}`,
    };
  },
});
