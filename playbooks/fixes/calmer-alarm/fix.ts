import {
  type AlarmChange,
  type AlarmFact,
  badSide,
  calmerAlarm,
  defineFix,
  duration,
  type JudgedMetric,
  listed,
  type MetricUnit,
  madeUpTrouble,
  plural,
  putAlarm,
  putChangedAlarm,
  valueWords,
} from "../../../src/playbook.ts";

/** Where nothing is wrong but the alarm. */
const FOR = ["alarm-too-sensitive", "low-traffic-artifact", "configuration-change"] as const;

/**
 * A better alarm where nothing but the alarm is wrong (000 A5, A7, A8): the least change with which the recorded
 * datapoints would not have alarmed, back-tested, and with which a made-up trouble would still be seen.
 */
export default defineFix({
  id: "calmer-alarm",
  for: FOR,
  propose({ alarm, judged, episodes, workload }, verdict) {
    if (!FOR.some((cause) => cause === verdict.rootCause)) return null;
    // A band moves with the metric: other settings of it cannot be tried on what was recorded.
    if (!alarm || !judged || !episodes || alarm.band) return null;
    const proposal = calmerAlarm(alarm, judged, episodes);
    if (!proposal) return null;
    const { change, today, slowestCatch } = proposal;
    const words = wordsOf(alarm, judged, change);
    const command = putChangedAlarm(alarm, change);
    const span = duration(episodes.window.end - episodes.window.start);
    return {
      id: "calmer-alarm",
      for: FOR,
      title: listed(words),
      why: `With ${listed(words)} the recorded ${span} would not have raised the alarm once, and ${twice(alarm, judged.unit)} would still raise it within ${duration(slowestCatch)}.`,
      risk: "It would not have caught what the present one caught here. Short or mild trouble raises it later or not at all.",
      changes: [{ target: `alarm ${alarm.name}`, patch: command.replaceAll(" --", "\n  --"), command }],
      preconditions: [
        "if the alarm is made by Terraform, CloudFormation or another tool, make the change there: otherwise the old one comes back",
        "the service's users agree that the levels seen here are good enough",
      ],
      verify: ["the alarm stays OK over a day with the same load, and lbdoctor's back-test says the same for that day"],
      rollback: [putAlarm(alarm)],
      arithmetic: [
        ...(today
          ? [
              `back-test of today's alarm over the recorded datapoints: ${today.met} of ${plural(today.history.length, "transition")} reproduced${today.exact ? ", and no others" : ""}`,
            ]
          : ["the alarm's history could not be read: today's alarm is not reproduced, only rebuilt"]),
        `today's: ${plural(episodes.cycles, "cycle")} in ${span}; the proposed: ${proposal.backtest.cycles}`,
        madeUpTrouble(alarm, judged.unit, slowestCatch),
      ],
      notOffered: [
        {
          id: "change-the-service",
          title: `changing ${workload?.name ?? "the service"}`,
          because: "nothing is wrong with the service: the alarm saw its usual range",
          evidence: ["alarm-history.metric", "alarm-history.requests"],
        },
      ],
    };
  },
});

function wordsOf(alarm: AlarmFact, { unit, traffic }: JudgedMetric, change: AlarmChange): string[] {
  const { statistic, datapointsToAlarm: m, evaluationPeriods: n, threshold, leastRequests } = change;
  return [
    ...(statistic === alarm.statistic
      ? []
      : [`the median (${statistic}) instead of the ${alarm.statistic.toLowerCase()}`]),
    ...(m !== alarm.datapointsToAlarm || n !== alarm.evaluationPeriods ? [`${m} of ${n} datapoints`] : []),
    ...(threshold === alarm.threshold ? [] : [`a threshold of ${valueWords(unit, threshold)}`]),
    ...(leastRequests === null ? [] : [`only periods of at least ${leastRequests} ${traffic?.counts ?? "samples"}`]),
  ];
}

/** The made-up trouble, to stand before "would still raise it". */
function twice(alarm: AlarmFact, { kind }: MetricUnit): string {
  if (badSide(alarm) === "below") return "a fall to 0";
  return kind === "duration"
    ? "every request slower by twice the threshold"
    : "each datapoint higher by twice the threshold";
}
