import {
  defineSignal,
  highest,
  keepAliveOf,
  no,
  percent,
  unclear,
  unknown,
  valuesIn,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { flowsFact } from "../evidence/flows/fact.ts";
import { loadBalancerFact } from "../evidence/target-groups/fact.ts";
import { targetHealthFact } from "../evidence/target-health/fact.ts";
import { workloadFact } from "../evidence/workload/fact.ts";
import { risenResets } from "./connections-cut-off.ts";

/** From this share of the risen resets on one side makes them. */
export const MOST = 0.6;

/**
 * Are connections broken by the side that forgets idle ones first (001 part 7)? The server closes them before the load
 * balancer does, and resets what comes then; or the load balancer does, and resets what is sent on a connection that it has
 * forgotten while no target is unhealthy (NLB guide, Troubleshooting, TCP_ELB_Reset_Count). A default is a suspicion.
 */
export default defineSignal({
  id: "idle-connections-broken",
  question: "Does the side that closes idle connections first break them?",
  needs: { flows: flowsFact, episodes: episodesFact, loadBalancer: loadBalancerFact, workload: workloadFact },
  uses: { health: targetHealthFact },
  read({ flows, episodes, loadBalancer: { idleTimeout }, workload: { serving }, health }) {
    const evidence = ["flows.flows", "target-topology.settings"];
    const risen = risenResets(flows, episodes);
    const all = risen ? risen.client + risen.balancer + risen.target : 0;
    if (!risen || all === 0) return unknown("needs resets in the episodes", evidence);
    const made = { target: risen.target / all, balancer: risen.balancer / all };
    const side = made.target >= MOST ? "target" : made.balancer >= MOST ? "balancer" : null;
    if (side === null)
      return no(
        `targets send ${percent(made.target)} of the resets, the load balancer ${percent(made.balancer)}`,
        evidence,
      );
    if (idleTimeout === null) return unknown("needs the load balancer's idle timeout", evidence);
    const found = keepAliveOf(serving);
    if (!found) return unknown("how long the server keeps an idle connection is not known from its manifest", evidence);
    const { server, seconds, from, detail } = found;
    const figure = `${side === "target" ? "targets" : "the load balancer"} send ${percent(made[side])} of the resets; ${server} closes idle connections after ${seconds} s (${detail}), the load balancer forgets them after ${idleTimeout} s`;
    const fits = side === "target" ? seconds <= idleTimeout : seconds > idleTimeout;
    if (from === "default") return fits ? unclear(figure, evidence, seconds) : unknown(figure, evidence);
    if (!fits) return no(figure, evidence, seconds);
    if (side === "target") return yes(figure, evidence, seconds);
    const bursts = episodes.episodes.map(({ burst }) => burst);
    // It resets the connections of a target that becomes unhealthy as well.
    const failing = health ? highest(valuesIn(health.unhealthy, bursts)) : null;
    return failing === 0 ? yes(figure, evidence, seconds) : unclear(figure, evidence, seconds);
  },
});
