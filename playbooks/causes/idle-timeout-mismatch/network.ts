import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import whileReady from "../../signals/checks-fail-while-ready.ts";
import cutOff from "../../signals/connections-cut-off.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import fewBroken from "../../signals/few-connections-broken.ts";
import idleBroken from "../../signals/idle-connections-broken.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import inLoadedZone from "../../signals/trouble-in-loaded-zone.ts";
import { MADE_BY, madeBy } from "../made-by.ts";
import { SERVED } from "../of-connections.ts";

/** Server and load balancer keep idle connections for different times (001 part 7): who speaks on one that is gone is reset. */
export default defineCause({
  cause: "idle-timeout-mismatch",
  table: "network",
  title: "one side drops idle connections first",
  claim:
    "Server and load balancer keep idle connections for different times; whatever arrives on one that is gone is reset.",
  specific: [idleBroken, cutOff],
  rejects: [is(idleBroken, "no"), is(cutOff, "no")],
  needs: [
    is(fewBroken, "yes"),
    is(podsLeave, "no"),
    is(restartsMatch, "no"),
    ...SERVED.filter(({ signal }) => signal !== restartsMatch),
    is(whileReady, "no", "unclear", "unknown"),
    is(inLoadedZone, "no", "unclear", "unknown"),
  ],
  supports: [
    is(idleBroken, "yes", "unclear"),
    is(cutOff, "yes"),
    is(fewBroken, "yes"),
    is(podsLeave, "no"),
    is(restartsMatch, "no"),
  ],
  uses: { ...MADE_BY, workload: workloadFact },
  words({ workload, ...known }, readings) {
    const said = (id: string) => readings.get(id)?.statement ?? "";
    const differ = readings.get(idleBroken.id)?.answer === "yes" ? "differ" : "seem to differ";
    return {
      headline: `The times for which ${workload?.name ?? "the service"} and the load balancer keep idle connections ${differ}.`,
      summary: `${sentence(said(idleBroken.id))}. ${sentence(said(fewBroken.id))}: those that arrived on a connection that the other side had dropped.${madeBy(known, ["attribute"])}`,
    };
  },
});
