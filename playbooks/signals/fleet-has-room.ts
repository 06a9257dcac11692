import { defineSignal, lowest, NODE_FULL, no, percent, unclear, unknown, yes } from "../../src/playbook.ts";
import { nodesFact } from "../evidence/nodes/fact.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";

/** With up to this share of what the hottest pods use in use over the whole fleet, there is room elsewhere. */
export const ROOM = 0.75;
/** From this share on there is none. */
export const FULL = 0.85;

/**
 * Had the fleet as a whole CPU to spare while its hottest pods were busy? A pod that used less on a full node had none: it
 * got what others left.
 */
export default defineSignal({
  id: "fleet-has-room",
  question: "Did the other pods have CPU to spare while the hottest were busy?",
  needs: { podCpu: podCpuFact },
  uses: { nodes: nodesFact },
  read({ podCpu: { together, plateau, fleetInBursts }, nodes = [] }) {
    const evidence = ["pod-cpu.plateau", "pod-cpu.evenness"];
    if (plateau === null || fleetInBursts === null || plateau === 0)
      return unknown("needs the pods' CPU in the episodes", evidence);
    const used = fleetInBursts / (together * plateau);
    const figure = `on average the fleet uses ${percent(used)} of what the hottest pods use`;
    const emptiest = lowest(nodes.flatMap(({ pods, busyInBursts }) => (pods > 0 ? (busyInBursts ?? 0) : [])));
    if (used < FULL && emptiest !== null && emptiest >= NODE_FULL)
      return unclear(`${figure}, and all their nodes were at least ${percent(emptiest)} busy`, [
        ...evidence,
        "nodes.hosts",
      ]);
    if (used <= ROOM) return yes(figure, evidence, used);
    return used >= FULL ? no(figure, evidence, used) : unclear(figure, evidence, used);
  },
});
