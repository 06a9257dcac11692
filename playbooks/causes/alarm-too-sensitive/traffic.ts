import { defineCause, is, sentence } from "../../../src/playbook.ts";
import outOfConnections from "../../signals/balancer-out-of-connections.ts";
import changeMadeIt from "../../signals/change-made-it.ts";
import refused from "../../signals/connections-refused.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import groupBlocks from "../../signals/security-group-blocks.ts";
import usualTraffic from "../../signals/usual-traffic.ts";

/** Nothing is wrong but the alarm on traffic: its threshold sits within what always comes (000 A5). */
export default defineCause({
  cause: "alarm-too-sensitive",
  table: "traffic",
  title: "the alarm is too sensitive",
  claim: "The threshold lies within the traffic's normal range; the breaches are its normal tail.",
  specific: [usualTraffic],
  rejects: [is(usualTraffic, "no")],
  needs: [
    is(changeMadeIt, "no", "unclear", "unknown"),
    is(noHealthy, "no", "unclear", "unknown"),
    is(refused, "no", "unclear", "unknown"),
    is(outOfConnections, "no", "unclear", "unknown"),
    is(groupBlocks, "no", "unclear", "unknown"),
    is(restartsMatch, "no", "unclear", "unknown"),
    is(podsLeave, "no", "unclear", "unknown"),
  ],
  supports: [],
  uses: {},
  words(_, readings) {
    return {
      headline: "Nothing is wrong: the threshold lies within the traffic's normal range.",
      summary: `${sentence(readings.get(usualTraffic.id)?.statement ?? "")}. It is the alarm that needs to change.`,
    };
  },
});
