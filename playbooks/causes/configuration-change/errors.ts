import { defineCause, is } from "../../../src/playbook.ts";
import changeMadeIt from "../../signals/change-made-it.ts";
import thoughServing from "../../signals/checks-fail-though-it-serves.ts";
import errorsSince from "../../signals/errors-since-rollout.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import shorter from "../../signals/keep-alive-shorter.ts";
import lightGroupFails from "../../signals/light-group-fails.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import requestsMoved from "../../signals/requests-moved.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import handshakesFail from "../../signals/target-handshakes-fail.ts";
import unreachable from "../../signals/targets-unreachable.ts";
import { changeTable } from "./words.ts";

/**
 * The same for answers and hosts. What a change made may have a name of its own here too: packets that are dropped, checks
 * that fail, targets that leave too early, a time-out that is too long.
 */
export default defineCause({
  ...changeTable,
  table: "errors",
  specific: [changeMadeIt],
  rejects: [is(changeMadeIt, "no")],
  needs: [
    is(errorsSince, "no", "unclear", "unknown"),
    is(restartsMatch, "no", "unclear", "unknown"),
    is(noHealthy, "no", "unclear", "unknown"),
    is(unreachable, "no", "unclear", "unknown"),
    is(thoughServing, "no", "unclear", "unknown"),
    is(podsLeave, "no", "unclear", "unknown"),
    is(shorter, "no", "unclear", "unknown"),
    is(requestsMoved, "no", "unclear", "unknown"),
    is(lightGroupFails, "no", "unclear", "unknown"),
    is(handshakesFail, "no", "unclear", "unknown"),
  ],
  supports: [],
});
