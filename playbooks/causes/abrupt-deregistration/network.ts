import { defineCause, duration, is, sentence } from "../../../src/playbook.ts";
import { topologyFact } from "../../evidence/target-topology/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import cutOff from "../../signals/connections-cut-off.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import { SERVED } from "../of-connections.ts";

/** Pods leave before their connections are done (001 part 2): they are reset when pods leave, and at no other time. */
export default defineCause({
  cause: "abrupt-deregistration",
  table: "network",
  title: "pods are removed before their connections are finished",
  claim: "A rollout or a scale-in removes pods before their connections are finished; those are reset.",
  specific: [podsLeave],
  rejects: [is(podsLeave, "no"), is(cutOff, "no")],
  needs: [is(cutOff, "yes", "unclear"), ...SERVED],
  supports: [],
  uses: { workload: workloadFact, topology: topologyFact },
  words({ workload, topology }, readings) {
    const said = (id: string) => readings.get(id)?.statement ?? "";
    const delay = topology?.deregistrationDelay ?? null;
    const ends = topology?.endsConnections === true ? ", and closes the connections that are left after that" : "";
    const drain = delay === null ? "" : ` The load balancer gives a leaving target ${duration(delay)}${ends}.`;
    return {
      headline: `${workload?.name ?? "the service"}'s pods are removed before their connections are finished.`,
      summary: `${sentence(said(podsLeave.id))}; ${said(cutOff.id)}.${drain}`,
    };
  },
});
