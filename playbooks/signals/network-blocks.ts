import { defineSignal } from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { episodesFact, judgedFact } from "../evidence/alarm-history/fact.ts";
import { changesFact } from "../evidence/changes/fact.ts";
import { flowsFact } from "../evidence/flows/fact.ts";
import { targetHealthFact } from "../evidence/target-health/fact.ts";
import groupBlocks from "./security-group-blocks.ts";
import { begunWith } from "./trouble-since-change.ts";

/**
 * Does the network drop connections: do the load balancer's own security groups turn them away, which it counts, or did the
 * trouble begin when a rule on the way to the targets was changed, which it cannot see?
 */
export default defineSignal({
  id: "network-blocks",
  question: "Do the load balancer's security groups, or a changed rule on the way to the targets, block connections?",
  needs: { flows: flowsFact, episodes: episodesFact },
  uses: { health: targetHealthFact, alarm: alarmFact, changed: changesFact, judged: judgedFact },
  read({ flows, episodes, health, alarm, changed, judged }) {
    const counted = groupBlocks.read({ flows, episodes, ...(health ? { health } : {}) });
    if (counted.answer === "yes" || counted.answer === "no") return counted;
    return begunWith({ alarm, changed, episodes, judged }, ({ kind }) => kind === "network") ?? counted;
  },
});
