import { defineSignal } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { guiltyTailsFact } from "../evidence/fastest-requests/fact.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { serviceFact } from "../evidence/service/fact.ts";
import { topologyFact } from "../evidence/target-topology/fact.ts";
import pilesUp from "./requests-pile-up.ts";
import samePods from "./same-pods-hot.ts";
import stickinessOn from "./stickiness-on.ts";

/**
 * Do requests pile up on the pods to which stickiness ties their clients, the same pods in every episode? Where nothing ties
 * clients to pods it is no; where something does, what the episodes show decides.
 */
export default defineSignal({
  id: "tied-clients-pile-up",
  question: "Do requests pile up on the pods to which stickiness ties clients?",
  needs: { podCpu: podCpuFact, topology: topologyFact },
  uses: { service: serviceFact, episodes: episodesFact, tails: guiltyTailsFact },
  read({ podCpu, topology, service, ...tails }) {
    const sticky = stickinessOn.read({ topology, ...(service && { service }) });
    if (sticky.answer !== "yes") return sticky;
    const same = samePods.read({ podCpu });
    const shown = same.answer === "yes" ? pilesUp.read({ podCpu, ...tails }) : same;
    const evidence = [...new Set([...shown.evidence, ...sticky.evidence])];
    return { ...shown, statement: `${sticky.statement}, and ${shown.statement}`, evidence };
  },
});
