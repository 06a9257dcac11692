import { defineCause, is } from "../../../src/playbook.ts";
import changeMadeIt from "../../signals/change-made-it.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import podsIdle from "../../signals/pods-idle.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import targetsLeave from "../../signals/targets-leave-when-slow.ts";
import { not } from "../of-connections.ts";
import cascade from "./cause.ts";

/** The same, for an alarm on the targets' health: what is slow first is read beside it. */
export default defineCause({
  cause: "health-check-cascade",
  table: "errors",
  title: cascade.title,
  claim: cascade.claim,
  specific: [targetsLeave],
  rejects: [is(targetsLeave, "no")],
  needs: [
    not(restartsMatch),
    not(podsLeave),
    not(changeMadeIt),
    not(noHealthy),
    // A check that waits for a database fails in idle pods as well: without their CPU it may be that.
    is(podsIdle, "no", "unclear"),
  ],
  supports: [],
  uses: cascade.uses,
  words: cascade.words,
});
