import { cells, defineStep, metricData, plain, type Series, sum } from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { connectionsFact } from "./fact.ts";

/** How many connections the load balancer makes for its requests: kept ones hold on to the pods that they first hit. */
export default defineStep({
  id: "connections",
  title: "connections",
  needs: { alarm: alarmFact },
  uses: [],
  gives: [connectionsFact],
  async run({ facts: { alarm }, window, ask, give, find, lack }) {
    const base = {
      namespace: alarm.namespace,
      dimensions: { LoadBalancer: alarm.dimensions.LoadBalancer ?? "" },
      statistic: "Sum",
    };
    const asked = metricData(window, alarm.period, [
      { ...base, id: "made", metric: "NewConnectionCount" },
      { ...base, id: "requests", metric: "RequestCount" },
    ]);
    const answer = await ask(asked);
    if (!answer.ok) return;
    const total = (series: Series | undefined) => (series ? sum(cells(series).map(({ value }) => value)) : 0);
    const [made, requests] = [total(answer.value.get("made")), total(answer.value.get("requests"))];
    if (requests === 0) return;
    if (made === 0) {
      // No connection cannot have carried requests: the metric is not there, and that is no figure.
      lack({
        source: "cloudwatch",
        kind: "missing",
        what: "NewConnectionCount of the load balancer has no datapoint in this window, though it had requests",
        remedy: "run the command yourself; one-minute metrics are kept for 15 days",
      });
      return;
    }
    give(connectionsFact, { made, requests });
    find({
      id: "new",
      statement: `${plain(Math.round(made))} new connections for ${plain(Math.round(requests))} requests in the window`,
      measures: { made, requests, each: made / requests },
      proof: [asked.question],
    });
  },
});
