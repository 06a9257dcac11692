/** What the tables of an alarm on traffic have in common, whatever the load balancer; each adds the troubles that it can see. */
import { is, type Readings, sentence } from "../../src/playbook.ts";
import usualTraffic from "../signals/usual-traffic.ts";

/** Nothing is wrong but the alarm: its threshold sits within what always comes (000 A5). */
export const TRAFFIC_AS_ALWAYS = {
  cause: "alarm-too-sensitive",
  title: "the alarm is too sensitive",
  claim: "The threshold lies within the metric's normal range; the breaches are its normal tail.",
  specific: [usualTraffic],
  rejects: [is(usualTraffic, "no")],
  supports: [],
  uses: {},
  words(_: object, readings: Readings, shown: { readonly id: string } = usualTraffic) {
    return {
      headline: "Nothing is wrong: the threshold lies within the metric's normal range.",
      summary: `${sentence(readings.get(shown.id)?.statement ?? "")}. It is the alarm that needs to change.`,
    };
  },
} as const;
