import {
  defineStep,
  type EpisodesFact,
  percent,
  plural,
  type Series,
  spike,
  sum,
  valueAt,
  valuesIn,
} from "../../../src/playbook.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { type BackendSeries, guiltyBackendFact } from "../ingress-controller/fact.ts";
import { type GroupResponses, responsesFact } from "../responses/fact.ts";
import { serviceFact } from "../service/fact.ts";
import { suspectFact } from "../target-groups/fact.ts";
import { giveService, nameOf } from "./service.ts";

/**
 * The backend of an ingress controller whose requests fail, in the place of the target group: its Service, and what was
 * answered in its name. A 502, 503 or 504 among that may be the controller's own, where it did not reach the pods.
 */
export default defineStep({
  id: "backend",
  title: "failing backend",
  needs: { backend: guiltyBackendFact, episodes: episodesFact },
  uses: [],
  gives: [serviceFact, responsesFact, suspectFact],
  async run({ facts: { backend, episodes }, ask, give, find, lack }) {
    const called = nameOf(backend);
    const own = backend.backends.find((one) => one.name === called);
    if (!own) return;
    const none = { ...own.requests, values: [] };
    give(responsesFact, {
      groups: backend.backends.map(toResponses),
      // What the load balancer made itself it made in front of the controller.
      made: { "500": none, "502": none, "503": none, "504": none },
      rejected: none,
      failedClass: backend.failedClass,
    });
    give(suspectFact, { group: { arn: called, name: called }, isOwn: true });
    if (!(await giveService(backend, { ask, give, lack }))) return;
    find({ id: "errors", ...errorWords(own, episodes, backend.failedClass), proof: backend.proof });
  },
});

/** A status that was never answered has no series, and a minute without any of it no value: that is none. */
function toResponses({ arn, name, requests, failed }: BackendSeries): GroupResponses {
  const none = { ...requests, values: [] };
  const values = requests.values.map((value, index) =>
    value === null ? null : (valueAt(failed, requests.start + index * requests.step) ?? 0),
  );
  return { arn, name, requests, failed: { ...requests, values }, refused: none, healthy: none, unhealthy: none };
}

function errorWords(backend: BackendSeries, known: EpisodesFact, failedClass: string) {
  const { name, requests, failed } = toResponses(backend);
  const bursts = known.episodes.map(({ burst }) => burst);
  const count = (series: Series) => Math.round(sum(valuesIn(series, bursts)));
  const [asked, bad] = [count(requests), count(failed)];
  const share = asked === 0 ? "" : ` (${percent(bad / asked)})`;
  return {
    statement: `of ${plural(asked, "request")} to Service ${name} in the ${spike(known)}s ${bad} were answered with a ${failedClass}${share}; from here on its pods are judged`,
    measures: { failed: bad, requests: asked },
  };
}
