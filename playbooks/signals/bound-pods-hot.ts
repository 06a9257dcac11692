import { defineSignal, no } from "../../src/playbook.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { serviceFact } from "../evidence/service/fact.ts";
import { topologyFact } from "../evidence/target-topology/fact.ts";
import samePods from "./same-pods-hot.ts";
import stickinessOn from "./stickiness-on.ts";

/**
 * Are clients tied to pods, and are the same pods hot in every episode? Then some pods get more than their share: what
 * they reach is not what all of them can do together. Where nothing ties a client, hot pods are chance or something else.
 */
export default defineSignal({
  id: "bound-pods-hot",
  question: "Are the pods hot to which clients are tied?",
  needs: { podCpu: podCpuFact, topology: topologyFact },
  uses: { service: serviceFact },
  read({ podCpu, topology, service }) {
    const tied = stickinessOn.read({ topology, service });
    if (tied.answer === "no") return no(tied.statement, tied.evidence);
    const same = samePods.read({ podCpu });
    const evidence = [...new Set([...same.evidence, ...tied.evidence])];
    return { ...same, statement: `${same.statement}; ${tied.statement}`, evidence };
  },
});
