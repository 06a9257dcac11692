import { type AlarmFact, defineFix, putAlarm } from "../../../src/playbook.ts";
import { watchedFact } from "../../evidence/watched/fact.ts";

/** So many target groups are named; more are looked up. */
const NAMED = 5;

/** An alarm on what is there, which treats missing data by what silence means. */
export default defineFix({
  id: "watch-what-is-there",
  for: ["alarm-on-nothing"],
  uses: { watched: watchedFact },
  propose({ alarm, watched, judged }, verdict) {
    if (verdict.rootCause !== "alarm-on-nothing" || !alarm) return null;
    const { fault = null, gone = null, instead = [] } = watched ?? {};
    const isUnmet = fault !== null || (gone?.length ?? 0) > 0;
    const treatMissingData = wanted(alarm);
    // Dimensions are a person's choice; how missing data are treated follows from what is watched.
    const isChanged = !isUnmet && treatMissingData !== alarm.treatMissingData;
    const others = instead.filter((one) => one !== alarm.dimensions.TargetGroup);
    const more = others.length > NAMED ? `, and ${others.length - NAMED} more` : "";
    return {
      id: "watch-what-is-there",
      for: ["alarm-on-nothing"],
      title: isUnmet
        ? "point the alarm at something that exists, or delete it"
        : `treat missing data as ${treatMissingData}`,
      why: isUnmet
        ? "Nothing publishes what it watches: it can neither fire nor recover."
        : "What it watches is only published when something happens: silence is its normal state, not missing data.",
      risk: isUnmet
        ? "An alarm that starts to get data may go to ALARM immediately: tell whoever is paged."
        : "If the load balancer itself is gone it will be OK: watch HealthyHostCount as well.",
      changes: isChanged
        ? [
            {
              target: `CloudWatch alarm ${alarm.name}`,
              patch: `TreatMissingData: ${treatMissingData}`,
              command: putAlarm({ ...alarm, treatMissingData }),
              lines: [`- TreatMissingData: ${alarm.treatMissingData}`, `+ TreatMissingData: ${treatMissingData}`],
            },
          ]
        : [],
      preconditions: [
        ...(fault ? [fault.remedy] : []),
        ...(others.length > 0 && gone?.some((one) => one.startsWith("the target group"))
          ? [
              `target groups of its load balancer, of which one may have taken its place: ${others.slice(0, NAMED).join(", ")}${more}`,
            ]
          : []),
        ...(isUnmet
          ? [
              "where the alarm is made (Terraform, CloudFormation, a controller): change it there, or it comes back as it is",
            ]
          : []),
      ],
      verify: [`aws cloudwatch describe-alarms shows OK, and its graph has datapoints${judged ? "" : " again"}`],
      rollback: isChanged ? [putAlarm(alarm)] : [],
    };
  },
});

/** What no data means: of too few of something that it is gone, of too much that there was none. */
function wanted({ comparison }: AlarmFact): AlarmFact["treatMissingData"] {
  return comparison.startsWith("Less") ? "breaching" : "notBreaching";
}
