import { defineSignal, no, plain, unclear, unknown, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { responsesFact } from "../evidence/responses/fact.ts";
import { suspectFact } from "../evidence/target-groups/fact.ts";
import { stepOf } from "./requests-moved.ts";

/** Of the 4xx that came in addition at least this share came with requests in addition: other requests, not other answers. */
export const WITH_REQUESTS = 0.7;

/**
 * Does the service itself cause the errors? A 5xx is. A 4xx is its answer to what a client asked: where the requests grew by as
 * many, others asked; where they did not, it may be the service that refuses what it took before, or a client that changed.
 */
export default defineSignal({
  id: "errors-of-the-service",
  question: "Does the service itself cause the errors?",
  needs: { responses: responsesFact, suspect: suspectFact, episodes: episodesFact },
  uses: {},
  read({ responses: { groups, failedClass }, suspect, episodes: { episodes } }) {
    const evidence = ["responses.errors"];
    if (failedClass === "5xx") return yes("a 5xx is the application's own failure", evidence);
    const own = groups.find(({ arn }) => arn === suspect.group?.arn);
    const bursts = episodes.map(({ burst }) => burst);
    const [came, refused] = own ? [stepOf(own.requests, bursts), stepOf(own.failed, bursts)] : [];
    if (!came || !refused) return unknown("needs the requests just before or after the episodes", evidence);
    const [gain, extra] = [came.inside - came.outside, refused.inside - refused.outside];
    if (extra <= 0) return unknown("there are no more of them in the episodes than beside them", evidence);
    const figure = `${plain(Math.round(extra))} more 4xx a period came with ${plain(Math.round(gain))} more requests`;
    if (gain >= WITH_REQUESTS * extra)
      return no(`${figure}: the rejected requests are extra ones`, evidence, gain / extra);
    return unclear(
      `${figure}: the service rejects what it accepted before, or clients have changed their requests`,
      evidence,
    );
  },
});
