import { defineSignal, impossibleBeside, listed, no, unknown, yes } from "../../src/playbook.ts";
import { nodesFact } from "../evidence/nodes/fact.ts";
import { cpuCheckFact, podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { workersFact } from "../evidence/worker-quota/fact.ts";
import { workloadFact } from "../evidence/workload/fact.ts";

/** Figures that cannot be are of something else; what cannot be is listed in src/analysis/plausibility.ts. */
export default defineSignal({
  id: "figures-possible",
  question: "Are the pods' CPU figures possible?",
  needs: { check: cpuCheckFact },
  uses: { podCpu: podCpuFact, workers: workersFact, workload: workloadFact, nodes: nodesFact },
  read({ check, podCpu, workers, workload, nodes }) {
    const beside = podCpu ? impossibleBeside(podCpu, workers?.quota ?? null, workload ?? null, nodes ?? []) : [];
    const reasons = [...check.impossible, ...beside];
    const evidence = ["pod-cpu.check", "pod-cpu.plateau", "nodes.hosts"];
    if (reasons.length > 0) return no(`the CPU figures are impossible: ${listed(reasons)}`, evidence, reasons.length);
    if (!podCpu) return unknown("needs the pods' CPU");
    return yes("no CPU figure is above what its pods, quota and nodes allow", evidence, 0);
  },
});
