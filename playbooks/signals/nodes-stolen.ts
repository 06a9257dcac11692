import { defineSignal, highest, no, percent, spike, unclear, unknown, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { nodesFact } from "../evidence/nodes/fact.ts";

/**
 * CPU time that the hypervisor gave to others. An instance whose CPU credits are spent is held at its baseline, and the
 * rest is steal: 60–95 % of it (EC2 User Guide, burstable performance instances, baselines of 5–40 % a vCPU).
 */
export const STOLEN = 0.2;
/** Neighbours take this much on any shared host. */
export const USUAL = 0.05;

export default defineSignal({
  id: "nodes-stolen",
  question: "Was CPU taken away from the nodes in the episodes?",
  needs: { nodes: nodesFact },
  uses: { episodes: episodesFact },
  read({ nodes, episodes }) {
    const evidence = ["nodes.hosts"];
    const most = highest(nodes.flatMap(({ pods, stealInBursts }) => (pods > 0 ? (stealInBursts ?? []) : [])));
    if (most === null) return unknown("needs the nodes' CPU by mode, to tell stolen time from busy time", evidence);
    const words = `the hypervisor took ${percent(most)} of the CPU time of the node that lost most in the ${spike(episodes)}s`;
    if (most >= STOLEN) return yes(words, evidence, most);
    return most < USUAL ? no(words, evidence, most) : unclear(words, evidence, most);
  },
});
