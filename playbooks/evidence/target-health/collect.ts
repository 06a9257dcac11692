import {
  cells,
  defineStep,
  highest,
  lowest,
  metricData,
  plain,
  type Series,
  spike,
  valuesIn,
} from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { suspectFact } from "../target-groups/fact.ts";
import { targetHealthFact } from "./fact.ts";

/** How many targets of the target group in question were healthy, over the window. */
export default defineStep({
  id: "target-health",
  title: "target health over time",
  needs: { alarm: alarmFact, suspect: suspectFact },
  uses: [episodesFact],
  gives: [targetHealthFact],
  async run({ facts: { alarm, suspect }, window, ask, use, give, find, lack }) {
    const guilty = suspect.group;
    if (!guilty) return;
    const base = {
      namespace: alarm.namespace,
      dimensions: {
        LoadBalancer: alarm.dimensions.LoadBalancer ?? "",
        TargetGroup: guilty.arn.split(":").at(-1) ?? "",
      },
    };
    // Each node reports what it sees, and those of a Network Load Balancer agree by the other pair ("CloudWatch metrics
    // for your Network Load Balancer", Statistics: the maximum of the healthy and the minimum of the unhealthy).
    const isApplication = alarm.namespace === "AWS/ApplicationELB";
    const asked = metricData(window, alarm.period, [
      { ...base, id: "healthy", metric: "HealthyHostCount", statistic: isApplication ? "Minimum" : "Maximum" },
      { ...base, id: "unhealthy", metric: "UnHealthyHostCount", statistic: isApplication ? "Maximum" : "Minimum" },
    ]);
    const answer = await ask(asked);
    if (!answer.ok || answer.cut) return;
    const none: Series = { start: window.start, step: alarm.period, values: [] };
    const [healthy, unhealthy] = [answer.value.get("healthy") ?? none, answer.value.get("unhealthy") ?? none];
    if (cells(healthy).length === 0 || cells(unhealthy).length === 0) {
      lack({
        source: "cloudwatch",
        kind: "missing",
        what: `HealthyHostCount or UnHealthyHostCount of ${guilty.name} has no datapoint in this window: how many targets were serving is not known`,
        remedy: "run the command yourself; one-minute metrics are kept for 15 days",
      });
      return;
    }
    give(targetHealthFact, { healthy, unhealthy });
    const episodes = await use(episodesFact);
    const bursts = episodes?.episodes.map(({ burst }) => burst) ?? [];
    const [least, worst] = [lowest(valuesIn(healthy, bursts)), highest(valuesIn(unhealthy, bursts))];
    if (least === null || worst === null) return;
    find({
      id: "course",
      statement: `in the ${spike(episodes)}s at least ${plain(least)} targets of ${guilty.name} were healthy, and at most ${plain(worst)} were not`,
      measures: { fewestHealthy: least, mostUnhealthy: worst },
      proof: [asked.question],
    });
  },
});
