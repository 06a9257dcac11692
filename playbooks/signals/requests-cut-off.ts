import { defineSignal, no, percent, spike, unclear, unknown, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { responsesFact } from "../evidence/responses/fact.ts";
import { FEW, MOST, shareMade } from "./connections-broken.ts";

/**
 * Does the load balancer answer 502 or 504: a target broke the connection, or is not there to take it? A pod that leaves
 * refuses what still comes (502), and its address is silent once it is gone (504).
 */
export default defineSignal({
  id: "requests-cut-off",
  question: "Are requests cut off (502, 504)?",
  needs: { responses: responsesFact, episodes: episodesFact },
  uses: {},
  read({ responses, episodes }) {
    const evidence = ["responses.errors"];
    const share = shareMade(responses, episodes, ["502", "504"]);
    if (share === null)
      return unknown(`the load balancer returned no 5xx of its own in the ${spike(episodes)}s`, evidence);
    const figure = `${percent(share)} of the load balancer's own 5xx are 502 or 504: requests that were cut off`;
    if (share >= MOST) return yes(figure, evidence, share);
    return share < FEW ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
