import { defineSignal, highest, no, percent, spike, unclear, unknown, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { nodesFact } from "../evidence/nodes/fact.ts";

/** CPUs that wait for a disk in this share of their time: with eight of them, two wait all the time. */
export const STALLED = 0.25;
/** Below it a disk is slow for some and holds nobody up. */
export const FLOWS = 0.1;

/** A stalled disk leaves the CPU idle and nothing done; it is no full node. */
export default defineSignal({
  id: "nodes-stalled",
  question: "Did the nodes wait for their disks in the episodes?",
  needs: { nodes: nodesFact },
  uses: { episodes: episodesFact },
  read({ nodes, episodes }) {
    const evidence = ["nodes.hosts"];
    const most = highest(nodes.flatMap(({ pods, iowaitInBursts }) => (pods > 0 ? (iowaitInBursts ?? []) : [])));
    if (most === null) return unknown("needs the nodes' CPU by mode, to tell a stalled disk from idleness", evidence);
    const words = `the node that waited most for its disks did so ${percent(most)} of its CPU time in the ${spike(episodes)}s`;
    if (most >= STALLED) return yes(words, evidence, most);
    return most < FLOWS ? no(words, evidence, most) : unclear(words, evidence, most);
  },
});
