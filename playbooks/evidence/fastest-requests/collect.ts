import {
  defineStep,
  median,
  metricData,
  type Span,
  seconds,
  spike,
  valuesIn,
  valuesOutside,
} from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { blameFact } from "../target-groups/fact.ts";
import { guiltyTailsFact, type Tails } from "./fact.ts";

/** The fastest and the slowest tenth of the guilty target group's requests: who pays, every request or a few. */
export default defineStep({
  id: "fastest-requests",
  title: "fastest and slowest requests",
  needs: { alarm: alarmFact, blame: blameFact, episodes: episodesFact },
  uses: [],
  gives: [guiltyTailsFact],
  async run({ facts: { alarm, blame, episodes }, window, ask, give, find }) {
    const { guilty } = blame;
    if (!guilty) return;
    const dimensions = {
      LoadBalancer: alarm.dimensions.LoadBalancer ?? "",
      TargetGroup: guilty.arn.split(":").at(-1) ?? "",
    };
    const wanted = ["p10", "p90"].map((statistic) => ({
      id: statistic,
      namespace: alarm.namespace,
      metric: "TargetResponseTime",
      dimensions,
      statistic,
    }));
    const asked = metricData(window, alarm.period, wanted);
    const answer = await ask(asked);
    const [p10, p90] = ["p10", "p90"].map((id) => (answer.ok ? answer.value.get(id) : undefined));
    if (!p10 || !p90) return;
    give(guiltyTailsFact, { p10, p90 });
    const bursts = episodes.episodes.map(({ burst }) => burst);
    find({ id: "spread", ...spread({ p10, p90 }, bursts, spike(episodes)), proof: [asked.question] });
  },
});

function spread({ p10, p90 }: Tails, bursts: readonly Span[], word: string) {
  const told = (value: number | null) => (value === null ? "an unknown time" : seconds(value));
  const measures = {
    fastestInside: median(valuesIn(p10, bursts)),
    fastestOutside: median(valuesOutside(p10, bursts)),
    slowestInside: median(valuesIn(p90, bursts)),
    slowestOutside: median(valuesOutside(p90, bursts)),
  };
  const { fastestInside, fastestOutside, slowestInside, slowestOutside } = measures;
  const quiet = (value: number | null) => (value === null ? "" : ` and ${seconds(value)} outside them`);
  return {
    statement: `the fastest tenth is answered within ${told(fastestInside)} in the ${word}s${quiet(fastestOutside)}, nine of ten within ${told(slowestInside)}${quiet(slowestOutside)}`,
    measures,
  };
}
