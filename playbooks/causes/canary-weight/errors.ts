import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { suspectFact } from "../../evidence/target-groups/fact.ts";
import madeStricter from "../../signals/alarm-made-stricter.ts";
import asAlways from "../../signals/errors-as-always.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import lightGroupFails from "../../signals/light-group-fails.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import oneTarget from "../../signals/one-target-worse.ts";
import requestsPassedOn from "../../signals/requests-passed-on.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import { MADE_BY, madeBy } from "../made-by.ts";

/** A weighted rule sends traffic to a target group that fails, where the one beside it answers the same requests well (003 F6). */
export default defineCause({
  cause: "canary-weight",
  table: "errors",
  title: "a weighted rule sends traffic to a version that fails",
  claim: "A weighted rule sends part of the traffic to a target group that fails, and more of it than it should.",
  elsewhere: requestsPassedOn,
  specific: [lightGroupFails],
  rejects: [is(lightGroupFails, "no")],
  needs: [
    is(madeStricter, "no", "unclear", "unknown"),
    is(oneTarget, "no", "unclear", "unknown"),
    is(restartsMatch, "no", "unclear", "unknown"),
    is(podsLeave, "no", "unclear", "unknown"),
    is(noHealthy, "no", "unclear", "unknown"),
    is(asAlways, "no", "unclear", "unknown"),
  ],
  supports: [],
  uses: { ...MADE_BY, suspect: suspectFact },
  words({ suspect, ...known }, readings) {
    const name = suspect?.group?.name ?? "one target group";
    return {
      title: `the weighted rule to ${name}`,
      headline: `A weighted rule sends traffic to ${name}, which fails; the rule's other target group answers as ever.`,
      summary: `${sentence(readings.get(lightGroupFails.id)?.statement ?? "")}. Both get the same requests, so the difference is what runs behind ${name}: set its weight to 0.${madeBy(known, ["weight", "routing"])}`,
    };
  },
});
