import { defineCause, is, sentence } from "../../../src/playbook.ts";
import changeMadeIt from "../../signals/change-made-it.ts";
import errorsSince from "../../signals/errors-since-rollout.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import handful from "../../signals/handful-of-errors.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";

/** One error in a quiet hour breaches (000 A5): the alarm counts single requests, which hardly anybody meets. */
export default defineCause({
  cause: "alarm-too-sensitive",
  table: "errors",
  title: "the alarm is too sensitive",
  claim: "The threshold is so low that isolated errors breach it, which hardly any request runs into.",
  specific: [handful],
  rejects: [is(handful, "no")],
  needs: [
    is(changeMadeIt, "no", "unclear", "unknown"),
    is(errorsSince, "no", "unclear", "unknown"),
    is(restartsMatch, "no", "unclear", "unknown"),
    is(podsLeave, "no", "unclear", "unknown"),
  ],
  supports: [],
  uses: {},
  words(_, readings) {
    return {
      headline: "Isolated errors breach the alarm: hardly any request runs into them.",
      summary: `${sentence(readings.get(handful.id)?.statement ?? "")}. An alarm on the share of failing requests, or on more errors per datapoint, would page for what users notice.`,
    };
  },
});
