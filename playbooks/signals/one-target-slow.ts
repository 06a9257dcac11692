import { defineSignal, unknown } from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { guiltyTailsFact } from "../evidence/fastest-requests/fact.ts";
import { nodesFact } from "../evidence/nodes/fact.ts";
import { guiltyMetricFact, suspectFact, targetGroupsFact } from "../evidence/target-groups/fact.ts";
import stalls from "./one-pod-stalls.ts";
import worse from "./one-target-worse.ts";

/**
 * Is one target slow, the same one in every episode? The access log tells, where it names pods; without it a node that
 * alone waits for its disk does, if as many requests are slow as its pods get. That no node does is no evidence of the
 * contrary: a pod can be slow for other reasons.
 */
export default defineSignal({
  id: "one-target-slow",
  question: "Is one target slow, the same one in every episode?",
  needs: {},
  uses: {
    alarm: alarmFact,
    log: requestLogFact,
    suspect: suspectFact,
    targetGroups: targetGroupsFact,
    nodes: nodesFact,
    episodes: episodesFact,
    metric: guiltyMetricFact,
    tails: guiltyTailsFact,
  },
  read({ alarm, log, suspect, targetGroups, nodes, episodes, metric, tails }) {
    const byLog =
      alarm && log && suspect && targetGroups
        ? worse.read({ alarm, log, suspect, targetGroups })
        : unknown("needs the access log");
    if (byLog.answer === "yes" || byLog.answer === "no") return byLog;
    const byNode = nodes && episodes && metric && tails ? stalls.read({ nodes, episodes, metric, tails }) : null;
    return byNode?.answer === "yes" ? byNode : byLog;
  },
});
