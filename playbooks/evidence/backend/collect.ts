import {
  type BlameFact,
  blame,
  defineStep,
  highest,
  type LatencyFact,
  listed,
  percent,
  seconds,
  spike,
  type Told,
} from "../../../src/playbook.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { guiltyBackendFact } from "../ingress-controller/fact.ts";
import { serviceFact } from "../service/fact.ts";
import { blameFact, guiltyMetricFact } from "../target-groups/fact.ts";
import { arrivals } from "../target-groups/words.ts";
import { giveService, nameOf } from "./service.ts";

/**
 * The backend of an ingress controller that is slow, in the place of the target group: its Service, and how long its
 * requests took by the controller's own histogram. Of that only means are read: the quantile of a histogram is known to its
 * bucket, and the usual buckets are a factor of two and more wide.
 */
export default defineStep({
  id: "backend",
  title: "slow backend",
  needs: { backend: guiltyBackendFact, episodes: episodesFact },
  uses: [],
  gives: [serviceFact, guiltyMetricFact, blameFact],
  async run({ facts: { backend, episodes }, ask, give, find, lack }) {
    const called = nameOf(backend);
    const own = backend.backends.find((one) => one.name === called);
    if (!own) return;
    const unread = { ...own.average, values: [] };
    const metric: LatencyFact = {
      period: own.average.step,
      judged: own.average,
      average: own.average,
      p50: unread,
      p95: unread,
      p99: unread,
      maximum: own.maximum,
      requests: own.requests,
      target5xx: own.failed,
      elb5xx: null,
    };
    give(guiltyMetricFact, metric);
    const blamed = blame(backend.backends, episodes.episodes, null, called);
    give(blameFact, blamed);
    if (!(await giveService(backend, { ask, give, lack }))) return;
    const load = blamed.groups.find((group) => group.name === called);
    if (!load || load.inside === null || load.outside === null) return;
    const { inside, outside, requests, share } = load;
    find({
      id: "shares",
      statement: `Service ${called} carries ${percent(share)} of the excess latency behind ${backend.controller}: ${seconds(inside)} on average in the ${spike(episodes)}s, ${seconds(outside)} outside them; from here on its pods are judged`,
      measures: { ...backend.service, share, average: inside, outside, requests: Math.round(requests) },
      proof: backend.proof,
    });
    find({ id: "others", ...othersWords(blamed, called), proof: backend.proof });
    const arriving = arrivals(metric, called, episodes);
    if (arriving) find({ id: "arrivals", ...arriving, proof: backend.proof });
  },
});

function othersWords({ groups, alsoRose }: BlameFact, guilty: string): Told {
  const rest = groups.filter(({ name, inside }) => name !== guilty && inside !== null);
  const slowest = highest(rest.map(({ inside }) => inside ?? 0)) ?? 0;
  const rose = alsoRose.length === 0 ? "" : `; ${listed(alsoRose)} became slow as well`;
  return {
    statement: `of the other backends ${rest.length} had requests then, answered in ${seconds(slowest)} or less on average${rose}`,
    measures: { backends: rest.length, highestAverage: slowest, alsoRose: alsoRose.length },
  };
}
