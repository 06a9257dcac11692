import { defineSignal, listed, no, unclear, yes } from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { ingressControllerFact } from "../evidence/ingress-controller/fact.ts";
import { addedOf, ENOUGH, EPISODES, measureOf, worstBackends } from "./one-backend-guilty.ts";

/**
 * A backend is spared up to this part of what a request of the worst one had more: what the controller itself adds, it
 * adds to every request alike.
 */
export const SPARED = 0.2;

/**
 * Do the pods only pass on what is slow or fails? An ingress controller that was at its own limit would keep the requests
 * of all its backends waiting alike. Where it does not tell one backend from another, what is behind it is not known to be
 * well, and its pods are not to blame.
 */
export default defineSignal({
  id: "requests-passed-on",
  question: "Do the pods only pass requests on to what is slow?",
  needs: { alarm: alarmFact, controller: ingressControllerFact },
  uses: {},
  read({ alarm, controller: { found } }) {
    if (!found) return no("the pods are no ingress controller that is known", []);
    const evidence = ["ingress-controller.known"];
    const told = `the pods are ${found.controller}, which passes requests on`;
    if (found.backends === null) return yes(`${told}, and what its backends did is not known`, evidence);
    const by = measureOf(alarm);
    const worst = worstBackends(found, by);
    if (worst.length < EPISODES)
      return yes(`${told}, and its backends' figures do not tell where the requests were`, evidence);
    const spared = found.backends.filter((backend) =>
      worst.every(({ episode, backend: guilty }) => {
        const [own, most] = [addedOf(backend, episode, by), addedOf(guilty, episode, by)];
        return own !== null && most !== null && own <= SPARED * most;
      }),
    );
    const read = [...evidence, "ingress-found.backends"];
    if (spared.length === 0)
      return unclear(`${told}, and no backend with ${ENOUGH} requests an episode was as fast as ever meanwhile`, read);
    return yes(`${told}: those to ${listed(spared.map(({ name }) => name))} were as ever through the same pods`, read);
  },
});
