import { defineSignal, no, type Reading } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { connectionsFact } from "../evidence/connections/fact.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { serviceFact } from "../evidence/service/fact.ts";
import { topologyFact } from "../evidence/target-topology/fact.ts";
import connectionsKept from "./connections-kept.ts";
import pickedBehind from "./picked-behind-nodes.ts";
import podsClumped from "./pods-clumped.ts";
import samePods from "./same-pods-hot.ts";
import stickinessOn from "./stickiness-on.ts";

/**
 * Are clients or kept connections tied to pods, and are the same pods hot in every episode? Then some pods get more than
 * their share: what they reach is not what all of them can do together. Where nothing ties requests to pods, hot pods are
 * chance or something else. Connections tie them only where kube-proxy picks once for each, and where pods idle beside.
 */
export default defineSignal({
  id: "bound-pods-hot",
  question: "Are the pods hot to which clients or connections are tied?",
  needs: { podCpu: podCpuFact, topology: topologyFact },
  uses: { service: serviceFact, connections: connectionsFact, episodes: episodesFact },
  read({ podCpu, topology, service, connections, episodes }) {
    const and = (tied: Reading): Reading => {
      const same = samePods.read({ podCpu });
      const evidence = [...new Set([...same.evidence, ...tied.evidence])];
      return { ...same, statement: `${same.statement}; ${tied.statement}`, evidence };
    };
    const sticky = stickinessOn.read({ topology, service });
    if (sticky.answer !== "no") return and(sticky);
    const picked = pickedBehind.read({ topology, service });
    if (picked.answer === "no") return no(`${sticky.statement}, and ${picked.statement}`, sticky.evidence);
    const idle = podsClumped.read({ podCpu, episodes });
    if (idle.answer === "no") return no(`${sticky.statement}, and ${idle.statement}`, idle.evidence);
    const kept = connections ? connectionsKept.read({ connections }) : null;
    if (kept?.answer === "no")
      return no(`${sticky.statement}, and connections are not kept: ${kept.statement}`, kept.evidence);
    return and(picked);
  },
});
