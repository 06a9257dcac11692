import { defineSignal, unclear, unknown } from "../../src/playbook.ts";
import { checkLogFact, requestLogFact } from "../evidence/access-logs/fact.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { readinessFact } from "../evidence/readiness/fact.ts";
import { guiltyMetricFact, suspectFact, targetGroupsFact } from "../evidence/target-groups/fact.ts";
import { targetHealthFact } from "../evidence/target-health/fact.ts";
import { topologyFact } from "../evidence/target-topology/fact.ts";
import whileAnswering from "./checks-fail-while-answering.ts";
import whileServing from "./checks-fail-while-serving.ts";

/**
 * Do targets fail their checks although they serve, by the pods' readiness and the latency, or target by target by the
 * load balancer's logs? Where the two contradict each other, neither is believed.
 */
export default defineSignal({
  id: "checks-fail-though-it-serves",
  question: "Do targets fail their checks although they serve?",
  needs: {},
  uses: {
    health: targetHealthFact,
    episodes: episodesFact,
    readiness: readinessFact,
    metric: guiltyMetricFact,
    checks: checkLogFact,
    log: requestLogFact,
    suspect: suspectFact,
    targetGroups: targetGroupsFact,
    topology: topologyFact,
  },
  read({ health, episodes, readiness, metric, checks, log, suspect, targetGroups, topology }) {
    const serving =
      health && episodes && readiness && metric
        ? whileServing.read({ health, episodes, readiness, metric })
        : unknown("needs when the pods were ready, or the health-check and access logs", ["readiness.pods"]);
    if (!checks || !log || !suspect || !targetGroups || !topology) return serving;
    const answering = whileAnswering.read({ checks, log, suspect, targetGroups, topology });
    const clear = [serving, answering].filter(({ answer }) => answer === "yes" || answer === "no");
    const [first, second] = clear;
    if (first && second && first.answer !== second.answer)
      return unclear(`${first.statement}; ${second.statement}`, [...first.evidence, ...second.evidence]);
    return first ?? (serving.answer === "unknown" ? answering : serving);
  },
});
