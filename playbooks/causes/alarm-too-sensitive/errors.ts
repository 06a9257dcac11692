import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { alarmFact } from "../../evidence/alarm/fact.ts";
import { episodesFact, judgedFact } from "../../evidence/alarm-history/fact.ts";
import changeMadeIt from "../../signals/change-made-it.ts";
import asAlways from "../../signals/errors-as-always.ts";
import errorsSince from "../../signals/errors-since-rollout.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import handful from "../../signals/handful-of-errors.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import { TRAFFIC_AS_ALWAYS } from "../of-traffic.ts";

/**
 * One error in a quiet hour breaches (000 A5): the alarm counts single requests, which hardly anybody meets; or its threshold
 * sits within the 4xx that always come.
 */
export default defineCause({
  cause: "alarm-too-sensitive",
  table: "errors",
  title: "the alarm is too sensitive",
  claim: "The threshold is so low that isolated errors breach it, or as many 4xx as always come.",
  specific: [asAlways],
  rejects: [is(asAlways, "no")],
  needs: [
    is(changeMadeIt, "no", "unclear", "unknown"),
    is(errorsSince, "no", "unclear", "unknown"),
    is(restartsMatch, "no", "unclear", "unknown"),
    is(podsLeave, "no", "unclear", "unknown"),
  ],
  supports: [],
  uses: { alarm: alarmFact, judged: judgedFact, episodes: episodesFact },
  words({ alarm, judged, episodes }, readings) {
    const few = alarm && judged && episodes ? handful.read({ alarm, judged, episodes }).answer : "unknown";
    if (few !== "yes") return TRAFFIC_AS_ALWAYS.words({}, readings, asAlways);
    return {
      headline: "Isolated errors breach the alarm: hardly any request runs into them.",
      summary: `${sentence(readings.get(asAlways.id)?.statement ?? "")}. An alarm on the share of failing requests, or on more errors per datapoint, would page for what users notice.`,
    };
  },
});
