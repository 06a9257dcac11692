import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { suspectFact } from "../../evidence/target-groups/fact.ts";
import thoughServing from "../../signals/checks-fail-though-it-serves.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import leaveSlow from "../../signals/targets-leave-when-slow.ts";
import { MADE_BY, madeBy } from "../made-by.ts";

/** Targets go in and out of health although they serve (003 F1, 001): it is the check that fails. */
export default defineCause({
  cause: "health-check-flapping",
  title: "health checks fail though the targets serve",
  claim: "Targets fail their checks although they serve: the check's timing, path or port is wrong.",
  specific: [thoughServing],
  rejects: [is(thoughServing, "no")],
  needs: [
    is(restartsMatch, "no", "unclear", "unknown"),
    is(podsLeave, "no", "unclear", "unknown"),
    is(noHealthy, "no", "unclear", "unknown"),
    is(leaveSlow, "no", "unclear", "unknown"),
  ],
  supports: [],
  uses: { ...MADE_BY, suspect: suspectFact },
  words({ suspect, ...known }, readings) {
    return {
      headline: `${suspect?.group?.name ?? "the target group"}'s targets fail their health checks although they serve.`,
      summary: `${sentence(readings.get(thoughServing.id)?.statement ?? "")}. The check's path or its timing has to change.${madeBy(known, ["health check", "attribute"])}`,
    };
  },
});
