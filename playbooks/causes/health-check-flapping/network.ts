import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { suspectFact } from "../../evidence/target-groups/fact.ts";
import whileReady from "../../signals/checks-fail-while-ready.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import inLoadedZone from "../../signals/trouble-in-loaded-zone.ts";
import { MADE_BY, madeBy } from "../made-by.ts";
import { SERVED } from "../of-connections.ts";

/** Targets fail the load balancer's check while their pods pass the cluster's and idle (003 F1, 001): the check is wrong. */
export default defineCause({
  cause: "health-check-flapping",
  table: "network",
  title: "health checks fail though the pods are ready",
  claim: "Targets fail their checks although their pods are ready: the check's timing, path or port is wrong.",
  specific: [whileReady],
  rejects: [is(whileReady, "no")],
  needs: [...SERVED, is(podsLeave, "no", "unclear", "unknown"), is(inLoadedZone, "no", "unclear", "unknown")],
  supports: [],
  uses: { ...MADE_BY, suspect: suspectFact },
  words({ suspect, ...known }, readings) {
    return {
      headline: `${suspect?.group?.name ?? "the target group"}'s targets fail their health checks although their pods are ready.`,
      summary: `${sentence(readings.get(whileReady.id)?.statement ?? "")}. The check's path or its timing has to change.${madeBy(known, ["health check", "attribute"])}`,
    };
  },
});
