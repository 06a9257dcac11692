import {
  defineFix,
  type Facts,
  logGroup,
  meanTime,
  percent,
  plain,
  plural,
  quantileIn,
  type ReadLog,
  seconds,
  secondsOf,
  shellQuoted,
  type Tail,
  tailOf,
} from "../../../src/playbook.ts";
import { requestLogFact } from "../../evidence/access-logs/fact.ts";
import { targetGroupsFact } from "../../evidence/target-groups/fact.ts";

/** What a path pattern of a rule may hold, and how much of it (ELB User Guide, Path conditions). */
const PATTERN = /^[\w\-.$/~"'@:+&*?]{1,128}$/;

/**
 * The path that is slow by its nature gets pods and a target group of its own, with an alarm that fits it: its requests
 * take no worker from the others, and their latency is not told together. How many workers it needs follows from
 * Little's law.
 */
export default defineFix({
  id: "path-of-its-own",
  for: ["expensive-endpoint"],
  uses: { log: requestLogFact, groups: targetGroupsFact },
  propose(facts, verdict) {
    const { alarm, suspect, log, groups = [] } = facts;
    const group = suspect?.group;
    if (verdict.rootCause !== "expensive-endpoint" || !alarm || !group || !log) return null;
    const tail = tailOf(log, "path", logGroup(group.arn), alarm.threshold);
    const need = tail && needOf(log, logGroup(group.arn), tail);
    if (!need) return null;
    const path = tail.inside.key[1] ?? "";
    const tags = groups.find(({ arn }) => arn === group.arn)?.tags ?? {};
    const isManaged = Object.keys(tags).some((key) => key.startsWith("ingress."));
    const others = quantileIn(tail.others.inside.times, 0.95);
    return {
      id: "path-of-its-own",
      for: ["expensive-endpoint"],
      title: `${tail.name} on pods and a target group of its own`,
      why: `It takes ${seconds(need.time)} for anyone, and is ${percent(tail.ofRequests)} of the requests in the episodes. ${others === null ? "On its own" : `Without it, 95 % of the requests take up to ${seconds(others)}; on its own`} it can have the workers and the threshold that fit it.`,
      risk: "A second Deployment of the same image has to be rolled out together with the first. The target group is a new one: it has its own metrics, health check and alarm, and no history.",
      changes: [],
      preconditions: [
        `a second Deployment and Service of the same image, with room for ${plural(need.workers, "request")} at a time${podsFor(facts, need.workers)}`,
        ruleWords(path, isManaged),
        "it must come before the rule that matches today: the lowest priority number, or the longest path of the Ingress",
        `an alarm on the new target group with a threshold above ${seconds(need.slowest)}, which 99 % of its requests took at most in the episodes`,
      ],
      verify: [
        `RequestCount of the new target group is about ${plain(need.rate * 60)} a minute under the next comparable load`,
        "the alarm stays OK under the next comparable load (lbdoctor verify)",
      ],
      rollback: ["remove the rule or the path of the Ingress again: the requests go where they go today"],
      arithmetic: [
        `in its busiest episode ${plain(need.rate)} a second × ${seconds(need.time)} = ${plain(need.inFlight)} at work at a time (Little's law)`,
        `with arrivals at random that many and twice its square root: ${plain(need.inFlight)} + 2 × √${plain(need.inFlight)} = ${need.workers} workers`,
        "no forecast of the alarm: the other paths' time is known, how their queue changes is not",
      ],
      notOffered: [
        {
          id: "more-replicas",
          title: "more pods for all paths",
          because: `${tail.name} takes ${seconds(need.time)} with any number of them: it is as slow in quiet periods`,
          evidence: ["access-logs.paths"],
        },
        {
          id: "higher-threshold",
          title: "a higher threshold",
          because: "all other paths would have to become as slow as this one before the alarm told of it",
          evidence: ["access-logs.paths"],
        },
      ],
    };
  },
});

/** Requests a second of the path, in the episode with most of them, and what they need. Null where it has no time. */
function needOf(log: ReadLog, group: string, { inside, name }: Tail) {
  const time = meanTime(inside);
  const slowest = quantileIn(inside.times, 0.99);
  const rates = log.spans.flatMap(({ span, episode }, index) => {
    if (episode === null || span.end <= span.start) return [];
    const rows = log.rows.filter(
      (row) => row.span === index && row.group === group && row.cut === "path" && row.key.join(" ") === name,
    );
    return [rows.reduce((all, { count }) => all + count, 0) / (span.end - span.start)];
  });
  if (time === null || slowest === null || rates.length === 0 || secondsOf(log, "episodes") === 0) return null;
  const rate = Math.max(...rates);
  const inFlight = rate * time;
  return {
    rate,
    time,
    slowest: Math.max(slowest, time),
    inFlight,
    workers: Math.max(1, Math.ceil(inFlight + 2 * Math.sqrt(inFlight))),
  };
}

function podsFor({ demand }: Partial<Facts>, workers: number): string {
  if (!demand?.ceiling || demand.pods === 0) return "";
  const each = demand.ceiling / demand.pods;
  return `: ${plural(Math.ceil(workers / each), "pod")} of ${plain(each)} as today`;
}

function ruleWords(path: string, isManaged: boolean): string {
  if (!PATTERN.test(path))
    return "a rule for that path: as the log has it, it is no pattern that a rule takes, so write it by hand";
  if (isManaged)
    return `the path ${path} in the Ingress, with the new Service as its backend: the AWS Load Balancer Controller makes the rule and the target group`;
  const condition = JSON.stringify([{ Field: "path-pattern", PathPatternConfig: { Values: [path] } }]);
  return `a rule for it: aws elbv2 create-rule --listener-arn … --priority … --conditions ${shellQuoted(condition)} --actions Type=forward,TargetGroupArn=…`;
}
