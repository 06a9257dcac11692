import {
  type AlarmFact,
  beforeDeletion,
  defineFix,
  deleteAlarms,
  duration,
  type Facts,
  type GroupLoad,
  plural,
  putAlarm,
  putGroupAlarm,
  putHealthAlarms,
  seconds,
} from "../../../src/playbook.ts";

/** More groups than this are better served by the team's own tooling than by a list of commands. */
const MOST_GROUPS = 10;

/**
 * The endpoint taken out of the latency alarm, and watched by what matters there: answers that fail and targets that are
 * not healthy (000 Elastic Fleet; alerts). The service is left alone: its wait is what it is for.
 */
export default defineFix({
  id: "exempt-long-poll",
  for: ["long-poll-held-open"],
  propose(facts, verdict) {
    const { alarm, blame, topology } = facts;
    // What an alarm on a band judges could be written neither for the others nor for the rollback.
    if (verdict.rootCause !== "long-poll-held-open" || !alarm || alarm.band || !blame?.guilty) return null;
    const { guilty } = blame;
    const others = blame.groups.filter(({ arn, requests }) => arn !== guilty.arn && requests > 0);
    if (others.length > MOST_GROUPS) return null;
    const latencies = alarm.dimensions.TargetGroup === undefined ? others : [];
    return {
      id: "exempt-long-poll",
      for: ["long-poll-held-open"],
      title: `take ${guilty.name} out of the latency alarm, and watch its errors and health`,
      why: `Its requests are held for about ${duration(guilty.inside ?? 0)} by design: no threshold on latency tells good from bad there. ${latencies.length > 0 ? `The ${plural(latencies.length, "other service")} stay covered as before, each on its own target group.` : "Nothing else is watched by this alarm."}`,
      risk: "A poll that hangs forever would no longer show in the latency; its targets' errors and health have to show it.",
      changes: [
        ...putHealthAlarms(alarm, guilty).map(({ metric, command }) => newAlarm(guilty, metric, command)),
        ...latencies.map((group) => newAlarm(group, alarm.metric, putGroupAlarm(alarm, group))),
        change(`alarm ${alarm.name}`, deleteAlarms(alarm, [alarm.name]), "- the alarm"),
      ],
      preconditions: [
        "if the alarm is made by Terraform, CloudFormation or another tool, make these changes there: otherwise the old one comes back",
        "create the new alarms first, remove the old one last",
        ...beforeDeletion(alarm),
        ...latencies.flatMap((group) => loudWords(alarm, group)),
      ],
      verify: ["the new alarms are OK after a few minutes (aws cloudwatch describe-alarms), not INSUFFICIENT_DATA"],
      rollback: [putAlarm(alarm)],
      arithmetic: arithmeticOf(facts, guilty),
      notOffered: [
        {
          id: "scale-the-service",
          title: "more pods, workers or CPU for the service",
          because:
            "its pods idle while requests wait for something to happen: the wait would be as long with any number of them",
          evidence: ["pod-cpu.plateau", "target-groups.shares"],
        },
        {
          id: "idle-timeout",
          title: "a shorter idle timeout of the load balancer",
          because: `it would cut polls off${topology?.idleTimeout ? ` that now end within its ${duration(topology.idleTimeout)}` : ""} and turn intended waits into 504s`,
          evidence: ["target-topology.settings"],
        },
        {
          id: "higher-threshold",
          title: "a higher threshold",
          because: `it would have to be above ${seconds(guilty.maximum ?? guilty.inside ?? 0)}, where it catches nothing else either`,
          evidence: ["target-groups.shares"],
        },
      ],
    };
  },
});

/** A service whose usual latency the average over all of them has hidden so far. */
function loudWords({ threshold }: AlarmFact, { name, inside, outside }: GroupLoad): string[] {
  const usual = outside ?? inside ?? 0;
  return usual < threshold
    ? []
    : [
        `${name} takes ${seconds(usual)} on average: on its own it would be in ALARM at ${seconds(threshold)}, so its alarm needs another threshold`,
      ];
}

function newAlarm({ name }: GroupLoad, metric: string, command: string) {
  return change(`new alarm for ${name}`, command, `+ an alarm on ${metric}`);
}

function change(target: string, command: string, line: string) {
  return { target, patch: command.replaceAll(" --", "\n  --"), command, lines: [line] };
}

function arithmeticOf({ alarm }: Partial<Facts>, { inside, requests }: GroupLoad): string[] {
  return [
    `${requests} requests in the window, ${seconds(inside ?? 0)} on average, against a threshold of ${seconds(alarm?.threshold ?? 0)}`,
  ];
}
