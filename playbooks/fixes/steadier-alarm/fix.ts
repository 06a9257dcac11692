import {
  type AlarmFact,
  badSide,
  beforeDeletion,
  defineFix,
  deleteAlarms,
  duration,
  type EpisodesFact,
  type Facts,
  type Fix,
  type GroupLoad,
  groupAlarmName,
  type JudgedMetric,
  listed,
  madeUpTrouble,
  plural,
  putAlarm,
  putGroupAlarm,
  type Refusal,
  type Rejudged,
  type Steadier,
  seconds,
  steadierAlarm,
  valueWords,
} from "../../../src/playbook.ts";
import { guiltyGroup } from "./guilty-group.ts";

const CAUSES = [
  "worker-concurrency-ceiling",
  "uneven-pod-load",
  "cpu-throttling",
  "insufficient-capacity",
  "slow-dependency",
  "deploy-regression",
  "shared-load-balancer",
] as const;

type Proposal = NonNullable<Steadier["proposal"]>;

/**
 * The alarm as a better messenger of real trouble (000 A4, A5, A7): told once instead of again and again, with nothing
 * hidden. It ends nothing, and so it is the last of the fixes. Where no setting is both calmer and complete it stays as it is, and
 * what one would try first is refused with its figures.
 */
export default defineFix({
  id: "steadier-alarm",
  kind: "detect",
  for: CAUSES,
  propose(facts, verdict) {
    const { alarm, judged, episodes } = facts;
    const cause = CAUSES.find((one) => one === verdict.rootCause);
    // A band moves with the metric: other settings of it cannot be tried on what was recorded.
    if (!cause || !alarm || !judged || !episodes || alarm.band) return null;
    const steadier = steadierAlarm(alarm, judged, episodes, guiltyGroup(facts));
    if (!steadier) return null;
    const { today, proposal, tempting } = steadier;
    const notOffered = tempting.map((one) => refusal(alarm, judged, one, episodes));
    const told = `back-test of today's alarm over the recorded datapoints: ${today.met} of ${plural(today.history.length, "transition")} reproduced${today.exact ? ", and no others" : ""}`;
    if (proposal)
      return {
        ...offered(alarm, proposal, facts, episodes),
        for: [cause],
        arithmetic: [told, ...arithmeticOf(alarm, judged, proposal, episodes), ...onGroup(steadier)],
        notOffered,
      };
    // Where the usual changes would hide nothing there is nothing to warn of.
    return tempting.some(({ missed }) => missed.length > 0)
      ? { ...leftAlone(told, notOffered, episodes), for: [cause] }
      : null;
  },
});

function offered(
  alarm: AlarmFact,
  proposal: Proposal,
  { blame }: Partial<Facts>,
  episodes: EpisodesFact,
): Omit<Fix, "for"> {
  const { group, run, lingers } = proposal;
  const stay = duration(lingers);
  const others = (blame?.groups ?? []).filter(({ arn, requests }) => arn !== group?.arn && requests > 0);
  return {
    id: "steadier-alarm",
    title: `a steadier alarm: ${settings(alarm, proposal)}`,
    // Stays, and not changes to ALARM: the first may have begun before the window.
    why: `Not a fix. Until the service is fixed, ${plural(run.stays.length, "page")} instead of ${episodes.episodes.length} for episodes like these. It misses none, is ${lateness(alarm, proposal)}, and stays in ALARM for up to ${stay} after the last: ${inAlarm(proposal, episodes)}.`,
    risk: `Trouble that begins within ${stay} of the last does not page again, and OK comes that much later.${group ? " The other target groups' own alarms are not back-tested: only their averages inside and outside the episodes are known." : ""} When the service's fix has held, the rollback restores today's settings.`,
    changes: group
      ? groupChanges(alarm, proposal.alarm, group, others)
      : [change(alarm.name, putAlarm(proposal.alarm))],
    preconditions: [
      "the fix for the service is on its way: a calmer alarm takes the pressure off it",
      "if the alarm is made by Terraform, CloudFormation or another tool, make the change there: otherwise the old one comes back",
      ...(group ? ["create the new alarms first, remove the old one last", ...beforeDeletion(alarm)] : []),
    ],
    verify: [
      `at the next episode the alarm goes to ALARM ${latest(alarm, proposal) === 0 ? "as soon as it did before" : `at most ${latestText(proposal)} later than before`}, and episodes that follow within ${stay} change nothing`,
    ],
    rollback: [
      putAlarm(alarm),
      ...(group
        ? [
            deleteAlarms(
              alarm,
              [group, ...others].map((one) => groupAlarmName(alarm, one)),
            ),
          ]
        : []),
    ],
  };
}

/** For how long of the recorded window it is in ALARM, and what begins meanwhile without a page of its own. */
function inAlarm({ run }: Proposal, { episodes, window }: EpisodesFact): string {
  const minutes = (seconds: number) => Math.round(seconds / 60);
  const share = `here for ${minutes(run.alarming)} of ${minutes(window.end - window.start)} minutes`;
  const hidden = episodes.filter(({ burst }) =>
    run.stays.some(({ alarmAt, okAt }) => alarmAt < burst.start && burst.start < (okAt ?? window.end)),
  ).length;
  return hidden === 0
    ? share
    : `${share}, in which ${plural(hidden, "episode begins", "episodes begin")} that ${hidden === 1 ? "pages" : "page"} nobody; nor would any other trouble`;
}

function groupChanges(alarm: AlarmFact, steadier: AlarmFact, guilty: GroupLoad, others: readonly GroupLoad[]) {
  return [
    change(groupAlarmName(alarm, guilty), putGroupAlarm(steadier, guilty)),
    ...others.map((group) => change(groupAlarmName(alarm, group), putGroupAlarm(alarm, group))),
    change(alarm.name, deleteAlarms(alarm, [alarm.name])),
  ];
}

function change(name: string, command: string) {
  return { target: `alarm ${name}`, patch: command.replaceAll(" --", "\n  --"), command };
}

/** "2 of 45 datapoints instead of 2 of 2" */
function settings(today: AlarmFact, { alarm, group }: Rejudged): string {
  const { datapointsToAlarm: m, evaluationPeriods: n, statistic } = alarm;
  const same = m === today.datapointsToAlarm && n === today.evaluationPeriods;
  const parts = [
    ...(group ? [`on ${group.name} alone`] : []),
    ...(statistic === today.statistic ? [] : [`the ${statistic} instead of the ${today.statistic.toLowerCase()}`]),
    ...(same ? [] : [`${m} of ${n} datapoints instead of ${today.datapointsToAlarm} of ${today.evaluationPeriods}`]),
  ];
  return parts.join(", ");
}

/** Within half a period it is the same evaluation: CloudWatch's own moments differ by less. */
function latest({ period }: AlarmFact, { latest: seconds }: Rejudged): number {
  return seconds < period / 2 ? 0 : seconds;
}

const latestText = ({ latest: seconds }: Rejudged) => duration(seconds);

function lateness(alarm: AlarmFact, rejudged: Rejudged): string {
  return latest(alarm, rejudged) === 0 ? "never later than today's" : `at most ${latestText(rejudged)} later`;
}

function arithmeticOf(alarm: AlarmFact, metric: JudgedMetric, proposal: Proposal, episodes: EpisodesFact): string[] {
  const { alarm: then, run, lingers, slowestCatch, cyclesAnyRange } = proposal;
  const { datapointsToAlarm: m, evaluationPeriods: n, period } = then;
  const caught = run.caught.length;
  const missing = metric.values.values.filter((value) => value === null).length;
  const [fewest, most] = cyclesAnyRange;
  const ranges = fewest === most ? "the same with" : `${fewest} to ${plural(most, "cycle")} with`;
  const settled = (n - m) * period;
  return [
    `today's: ${plural(episodes.cycles, "cycle")} in ${duration(episodes.window.end - episodes.window.start)}; the proposed: ${plural(run.cycles, "cycle")}, ${caught} of ${plural(caught, "episode")} seen, ${lateness(alarm, proposal)}`,
    `it is in ALARM while at least ${m} of the last ${n} datapoints breach: (${n} − ${m}) × ${period} s = ${duration(settled)} after trouble ends${lingers > settled ? `; with single breaching datapoints between, ${duration(lingers)} at most here` : ""}`,
    madeUpTrouble(alarm, metric.unit, slowestCatch),
    ...(missing > 0
      ? [
          `${plural(missing, "datapoint is", "datapoints are")} missing: CloudWatch then looks at more than ${n}, how many more is not documented; 2 are assumed, and it is ${ranges} 0 to 3`,
        ]
      : []),
  ];
}

/** What narrowing it to the guilty target group would be worth: a name on the page, where the threshold suits the group. */
function onGroup({ alone }: Steadier): string[] {
  if (!alone) return [];
  const { group, complete, run, alarm } = alone;
  const usual = group.outside ?? 0;
  if (complete)
    return [
      `on ${group.name} alone the same settings would do as well (${plural(run.cycles, "cycle")}) and name the service; the other target groups would then need alarms of their own`,
    ];
  // Anything else that keeps it from being complete needs more words than a refinement is worth.
  return usual > alarm.threshold
    ? [
        `on ${group.name} alone they would not do: its requests take ${seconds(usual)} on average outside the episodes, so ${seconds(alarm.threshold)} is not a usable threshold for it`,
      ]
    : [];
}

function leftAlone(told: string, notOffered: readonly Refusal[], { episodes }: EpisodesFact): Omit<Fix, "for"> {
  return {
    id: "steadier-alarm",
    title: "leave the alarm as it is",
    why: `It is right. None of the settings tried catches all ${plural(episodes.length, "episode")} in half of the ${plural(episodes.length, "page")} and is OK again within an hour.`,
    risk: "None: nothing is changed.",
    changes: [],
    preconditions: [],
    verify: [],
    rollback: [],
    arithmetic: [
      told,
      "tried: as many breaching datapoints as now and up to twice as many, out of those of up to an hour; a percentile instead of an average where there are samples enough; only the slow target group if the others are quiet",
    ],
    notOffered,
  };
}

function refusal(today: AlarmFact, { unit }: JudgedMetric, one: Rejudged, { episodes, cycles }: EpisodesFact): Refusal {
  const { datapointsToAlarm: m, evaluationPeriods: n, threshold } = one.alarm;
  const further = threshold !== today.threshold;
  const misses = one.missed.length > 0 ? [`hide ${one.missed.length} of ${plural(episodes.length, "episode")}`] : [];
  // What hides episodes is refused for that; its lateness adds nothing.
  const late = misses.length === 0 && latest(today, one) > 0 ? `, ${latestText(one)} later at worst` : "";
  const pages = one.run.cycles > 0 ? [`still page ${one.run.cycles} of ${plural(cycles, "time")}${late}`] : [];
  return {
    id: further ? `${badSide(today) === "below" ? "lower" : "higher"}-threshold` : "more-datapoints-in-a-row",
    title: further ? `a threshold of ${valueWords(unit, threshold)}` : `${m} of ${n} datapoints`,
    because: `it would ${listed([...misses, ...pages])}`,
    evidence: ["alarm-history.flapping"],
  };
}
