import {
  cells,
  defineStep,
  highest,
  metricData,
  percent,
  plain,
  type Series,
  spike,
  sum,
  valuesIn,
  valuesOutside,
} from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { connectionLoadFact } from "./fact.ts";

/** Metric and statistic of each, as AWS publishes them for a load balancer (CloudWatch metrics for ALB). */
const WANTED = {
  rejected: ["RejectedConnectionCount", "Sum"],
  made: ["NewConnectionCount", "Sum"],
  requests: ["RequestCount", "Sum"],
  capacity: ["CapacityUtilization", "Maximum"],
  peak: ["PeakLCUs", "Sum"],
} as const;

/** How many connections came, how many were refused, and how much of its capacity the load balancer used. */
export default defineStep({
  id: "connection-load",
  title: "connections over time",
  needs: { alarm: alarmFact },
  uses: [episodesFact],
  gives: [connectionLoadFact],
  async run({ facts: { alarm }, window, ask, use, give, find, lack }) {
    const { namespace, period } = alarm;
    const dimensions = { LoadBalancer: alarm.dimensions.LoadBalancer ?? "" };
    const wanted = Object.entries(WANTED).map(([id, [metric, statistic]]) => ({
      id,
      namespace,
      metric,
      dimensions,
      statistic,
    }));
    const asked = metricData(window, period, wanted);
    const answer = await ask(asked);
    if (!answer.ok || answer.cut) return;
    const none: Series = { start: window.start, step: period, values: [] };
    const of = (id: keyof typeof WANTED) => answer.value.get(id) ?? none;
    const load = {
      rejected: of("rejected"),
      made: of("made"),
      requests: of("requests"),
      capacity: of("capacity"),
      peak: of("peak"),
    };
    if (cells(load.made).length === 0) {
      lack({
        source: "cloudwatch",
        kind: "missing",
        what: "NewConnectionCount of the load balancer has no datapoint in this window: how many connections there were is not known",
        remedy: "run the command yourself; one-minute metrics are kept for 15 days",
      });
      return;
    }
    give(connectionLoadFact, load);
    const episodes = await use(episodesFact);
    if (!episodes || episodes.episodes.length === 0) return;
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const minutes = period / 60;
    const rate = (values: readonly number[]) => (values.length === 0 ? 0 : sum(values) / values.length / minutes);
    const [inside, outside] = [rate(valuesIn(load.made, bursts)), rate(valuesOutside(load.made, bursts))];
    const rejected = sum(valuesIn(load.rejected, bursts));
    const capacity = highest(valuesIn(load.capacity, bursts));
    const full = capacity === null ? "" : `; at most ${percent(capacity / 100)} of its capacity was in use`;
    find({
      id: "course",
      statement: `in the ${spike(episodes)}s ${plain(Math.round(inside))} new connections a minute arrived, ${plain(Math.round(outside))} outside them; ${plain(rejected)} were refused${full}`,
      measures: { inside, outside, rejected, capacity },
      proof: [asked.question],
    });
  },
});
