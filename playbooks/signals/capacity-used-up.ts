import { defineSignal, no, type Reading, unclear, unknown, yes } from "../../src/playbook.ts";
import { autoscalerFact } from "../evidence/autoscaler/fact.ts";
import { nodesFact } from "../evidence/nodes/fact.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { workersFact } from "../evidence/worker-quota/fact.ts";
import autoscalerExhausted from "./autoscaler-exhausted.ts";
import starves from "./full-nodes-starve-workers.ts";
import nodesFull from "./nodes-full.ts";
import podsAlike from "./pods-alike.ts";
import podsThrottled from "./pods-throttled.ts";
import quotaUsedUp from "./quota-used-up.ts";

/**
 * Is all CPU that the pods can get used up: the nodes have none left, or every pod uses its whole quota and nothing adds
 * pods? A quota that throttles while the nodes have CPU and the autoscaler has pods to give is too small, not the fleet.
 */
export default defineSignal({
  id: "capacity-used-up",
  question: "Is all the CPU that the pods can get used up?",
  needs: { podCpu: podCpuFact, nodes: nodesFact },
  uses: { workers: workersFact, autoscaler: autoscalerFact },
  read({ podCpu, nodes, workers, autoscaler }) {
    const full = nodesFull.read({ nodes });
    if (full.answer === "yes") {
      // Each worker has its core: more CPU would give them none that they can use, and only more of them would.
      const starved = starves.read({ nodes, podCpu, ...(workers ? { workers } : {}) });
      return starved.answer === "no"
        ? unclear(starved.statement, starved.evidence, full.figure)
        : yes(full.statement, full.evidence, full.figure);
    }
    const alike = podsAlike.read({ podCpu });
    if (alike.answer === "no" && full.answer === "no") return no(alike.statement, alike.evidence);
    const quota = workers ? quotaUsedUp.read({ podCpu, workers }) : unknown("needs the pods' CPU quota");
    if (quota.answer === "no" && full.answer === "no") return no(both(quota, full), evidenceOf(quota, full));
    if (quota.answer !== "yes") return quota.answer === "no" ? weaker(full, quota) : weaker(quota, full);
    if (alike.answer !== "yes") return weaker(alike, quota);
    if (!autoscaler)
      return unknown(`${quota.statement}; needs the autoscaler, to tell whether it could add pods`, quota.evidence);
    const exhausted = autoscalerExhausted.read({ autoscaler });
    const said = evidenceOf(quota, exhausted);
    if (exhausted.answer === "yes") return yes(both(quota, exhausted), said, quota.figure);
    const throttled = podsThrottled.read({ podCpu, ...(workers ? { workers } : {}) });
    if (throttled.answer === "yes" && full.answer === "no")
      return no(both(throttled, full), evidenceOf(throttled, full));
    if (autoscaler.target !== null || throttled.answer === "unknown" || full.answer !== "no")
      return unclear(`${quota.statement}; ${[exhausted, full].map(({ statement }) => statement).join("; ")}`, said);
    return yes(`${quota.statement}, and no autoscaler adds pods`, said, quota.figure);
  },
});

function both(one: Reading, other: Reading): string {
  return `${one.statement}, and ${other.statement}`;
}

function evidenceOf(...readings: readonly Reading[]): string[] {
  return [...new Set(readings.flatMap(({ evidence }) => evidence))];
}

/** What stays open because of the first, beside what the second says. */
function weaker(open: Reading, beside: Reading): Reading {
  return { ...open, statement: `${open.statement}; ${beside.statement}`, evidence: evidenceOf(open, beside) };
}
