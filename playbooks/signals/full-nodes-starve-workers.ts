import { defineSignal, no, percent, unclear } from "../../src/playbook.ts";
import { nodesFact } from "../evidence/nodes/fact.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { workersFact } from "../evidence/worker-quota/fact.ts";
import nodesFull from "./nodes-full.ts";
import podsAlike from "./pods-alike.ts";
import workersBusy from "./workers-busy.ts";

/**
 * Each worker got a whole core from this share of one on, whatever else its node had to do: no more than the rest of it was
 * taken away, as little as a quota that is used up leaves (USED_UP of `quota-used-up`).
 */
export const WHOLE_CORE = 0.85;

/**
 * Did full nodes keep the workers from the CPU that they could use? A worker runs on one core at most: where each has all of
 * it, the node may be full, and yet it takes nothing from them. Where a worker shows less than that and is busy, it may be
 * the node or what it waits for.
 */
export default defineSignal({
  id: "full-nodes-starve-workers",
  question: "Did full nodes keep the workers from CPU that they could use?",
  needs: { nodes: nodesFact },
  uses: { podCpu: podCpuFact, workers: workersFact },
  read({ nodes, podCpu, workers }) {
    const full = nodesFull.read({ nodes });
    if (!["yes", "unclear"].includes(full.answer) || workers?.singleCore === false) return full;
    if (!podCpu || !workers) return unclear(`${full.statement}; needs the pods' CPU and their workers`, full.evidence);
    const busy = workersBusy.read({ podCpu, workers });
    if (busy.answer === "no") return full;
    const evidence = [...full.evidence, ...busy.evidence];
    const figure = `${full.statement}, and ${busy.statement}`;
    const share = busy.figure;
    if (busy.answer !== "yes" || share === null) return unclear(figure, evidence, share);
    return share >= WHOLE_CORE && podsAlike.read({ podCpu }).answer === "yes"
      ? no(`${figure}: ${percent(share)} of a core for each`, evidence, share)
      : unclear(figure, evidence, share);
  },
});
