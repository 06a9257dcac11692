import { defineCause, is } from "../../../src/playbook.ts";
import thoughServing from "../../signals/checks-fail-though-it-serves.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import leaveSlow from "../../signals/targets-leave-when-slow.ts";
import { USES, wordsOf } from "./words.ts";

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
  uses: USES,
  words: wordsOf(thoughServing),
});
