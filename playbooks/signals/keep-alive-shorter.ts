import { defineSignal, keepAliveOf, no, unclear, unknown, yes } from "../../src/playbook.ts";
import { loadBalancerFact } from "../evidence/target-groups/fact.ts";
import { workloadFact } from "../evidence/workload/fact.ts";

/** Does the server close idle connections before the load balancer does (001 part 7)? A default is a suspicion, no reading. */
export default defineSignal({
  id: "keep-alive-shorter",
  question: "Does the server close idle connections before the load balancer does?",
  needs: { workload: workloadFact, loadBalancer: loadBalancerFact },
  uses: {},
  read({ workload: { serving }, loadBalancer: { idleTimeout } }) {
    const evidence = ["target-topology.settings"];
    if (idleTimeout === null) return unknown("needs the load balancer's idle timeout", evidence);
    const found = keepAliveOf(serving);
    if (!found) return unknown("how long the server keeps an idle connection is not known from its manifest", evidence);
    const { server, seconds, from, detail } = found;
    const against = `the load balancer keeps them for ${idleTimeout} s`;
    const shorter = seconds <= idleTimeout;
    if (from === "default" && shorter)
      return unclear(
        `${server} closes idle connections after ${seconds} s (${detail}) unless its code or a file in the image says otherwise; ${against}`,
        evidence,
        seconds,
      );
    if (from === "default")
      return unknown(`${server} closes idle connections after ${seconds} s, which is only ${detail}`);
    const figure = `${server} closes idle connections after ${seconds} s (${detail}); ${against}`;
    return shorter ? yes(figure, evidence, seconds) : no(figure, evidence, seconds);
  },
});
