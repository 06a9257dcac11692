import {
  cells,
  defineStep,
  metricData,
  percent,
  plain,
  type Series,
  spike,
  sum,
  within,
} from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { givenUpFact } from "./fact.ts";

/** How many requests their clients gave up. The load balancer's own answers have no target group (CloudWatch metrics for ALB). */
export default defineStep({
  id: "given-up",
  title: "requests given up by clients",
  needs: { alarm: alarmFact },
  uses: [episodesFact],
  gives: [givenUpFact],
  async run({ facts: { alarm }, window, ask, use, give, find, lack }) {
    const base = {
      namespace: alarm.namespace,
      dimensions: { LoadBalancer: alarm.dimensions.LoadBalancer ?? "" },
      statistic: "Sum",
    };
    const asked = metricData(window, alarm.period, [
      { ...base, id: "closed", metric: "HTTPCode_ELB_4XX_Count" },
      { ...base, id: "requests", metric: "RequestCount" },
    ]);
    const answer = await ask(asked);
    // A part of the datapoints would make a share of something else.
    if (!answer.ok || answer.cut) return;
    const none: Series = { start: window.start, step: alarm.period, values: [] };
    const [closed, requests] = [answer.value.get("closed") ?? none, answer.value.get("requests") ?? none];
    if (cells(requests).length === 0) {
      lack({
        source: "cloudwatch",
        kind: "missing",
        what: "RequestCount of the load balancer has no datapoint in this window, though the alarm's metric has: how many requests were given up is not known",
        remedy: "run the command yourself; one-minute metrics are kept for 15 days",
      });
      return;
    }
    // The 4xx are published where there is one: with requests and without a datapoint there was none.
    give(givenUpFact, { requests, closed });
    const episodes = await use(episodesFact);
    const bursts = episodes?.episodes.map(({ burst }) => burst) ?? [];
    const count = (series: Series, inside: boolean) =>
      sum(cells(series).flatMap(({ at, value }) => (within(bursts, at) === inside ? [value] : [])));
    const told = (inside: boolean) => `${plain(count(closed, inside))} for ${plain(count(requests, inside))} requests`;
    const share = (inside: boolean) =>
      count(requests, inside) === 0 ? null : count(closed, inside) / count(requests, inside);
    const [now, usual] = [share(true), share(false)];
    find({
      id: "closed",
      statement:
        now === null
          ? `the load balancer returned its own 4xx ${told(false)} (460: the client closed first)`
          : `the load balancer returned its own 4xx ${told(true)} in the ${spike(episodes)}s (${percent(now)}; 460: the client closed first), and ${told(false)} outside them`,
      measures: { inside: now, outside: usual },
      proof: [asked.question],
    });
  },
});
