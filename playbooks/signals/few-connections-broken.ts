import { defineSignal, no, percent, spike, sum, unclear, unknown, valuesIn, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { flowsFact } from "../evidence/flows/fact.ts";

/** Two idle timeouts that differ break at most this part of the connections: it takes one that lay idle. */
export const RARE = 0.05;
/** From this part on something else breaks them. */
export const MANY = 0.2;

/** Is only a rare connection broken by a target or the load balancer? */
export default defineSignal({
  id: "few-connections-broken",
  question: "Is only a rare connection broken?",
  needs: { flows: flowsFact, episodes: episodesFact },
  uses: {},
  read({ flows: { begun, resets }, episodes }) {
    const evidence = ["flows.flows"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const all = sum(valuesIn(begun, bursts));
    if (all === 0) return unknown("needs the new connections of the episodes", evidence);
    const broken = sum(valuesIn(resets.target, bursts)) + sum(valuesIn(resets.balancer, bursts));
    const share = broken / all;
    const figure = `targets and load balancer reset ${broken} connections in the ${spike(episodes)}s, ${percent(share)} of the number opened`;
    if (share <= RARE) return yes(figure, evidence, share);
    return share >= MANY ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
