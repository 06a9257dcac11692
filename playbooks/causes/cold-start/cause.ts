import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";
import lightGroupWorse from "../../signals/light-group-worse.ts";
import requestsPassedOn from "../../signals/requests-passed-on.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import afterNewPods from "../../signals/slow-after-new-pods.ts";
import { OF_NEW_PODS } from "../of-one-service.ts";

/**
 * New pods serve slowly at first: caches, compilers, pools (000 top section 4). What shows it: the episodes begin just
 * after new pods, at no more load than otherwise, and fade while the pods stay.
 */
export default defineCause({
  cause: "cold-start",
  title: "new pods are slow at first",
  claim: "New pods are slow until they are warm, and get their full share of the requests from the first moment.",
  elsewhere: requestsPassedOn,
  specific: [afterNewPods],
  rejects: [is(afterNewPods, "no"), is(restartsMatch, "yes")],
  needs: [...OF_NEW_PODS, is(lightGroupWorse, "no", "unclear", "unknown")],
  supports: [],
  uses: { workload: workloadFact },
  words({ workload }, readings) {
    const said = (id: string) => readings.get(id)?.statement ?? "";
    return {
      headline: `${workload?.name ?? "the service"}'s new pods are slow until they are warm.`,
      summary: `${sentence(said(afterNewPods.id))}. They get requests from the first moment and warm up on them.`,
    };
  },
});
