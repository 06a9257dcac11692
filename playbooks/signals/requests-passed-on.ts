import { defineSignal, listed, no, percent, sum, unclear, yes } from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { type Backend, type IngressController, ingressControllerFact } from "../evidence/ingress-controller/fact.ts";
import { addedOf, ENOUGH, LEAST_EPISODES, type Measure, measureOf, worstBackends } from "./one-backend-guilty.ts";

/**
 * A backend is spared up to this part of what a request of the worst one had more: what the controller itself adds, it
 * adds to every request alike.
 */
export const SPARED = 0.2;
/** Up to this part of the time that was added at the load balancer the backends have no part in it. */
export const ASIDE = 0.2;
/** Where the controller's metrics hold fewer of the load balancer's requests than this, some of its pods are missing. */
export const WHOLE = 0.8;

/** The backends' part of the time that was added in all episodes; null where it is not known. */
function partOfBackends({ backends, seen }: IngressController): number | null {
  const [requests, seconds] = [sum(seen.map((one) => one.requests)), sum(seen.map((one) => one.seconds))];
  const loads = (backends ?? []).flatMap(({ usual, episodes }) => episodes.map((one) => ({ usual, one })));
  if (seconds === 0 || sum(loads.map(({ one }) => one.requests)) < WHOLE * requests) return null;
  const served = loads.filter(({ one }) => one.requests > 0);
  const added = served.flatMap(({ usual, one }) =>
    one.seconds === null || usual.seconds === null ? [] : [one.requests * Math.max(0, one.seconds - usual.seconds)],
  );
  return added.length < served.length ? null : sum(added) / seconds;
}

/** The backends whose requests were as ever in every episode that the backends' figures explain. */
export function sparedBackends(found: IngressController, by: Measure): readonly Backend[] {
  const worst = worstBackends(found, by);
  if (worst.length === 0) return [];
  return (found.backends ?? []).filter((backend) =>
    worst.every(({ episode, backend: guilty }) => {
      const [own, most] = [addedOf(backend, episode, by), addedOf(guilty, episode, by)];
      return own !== null && most !== null && own <= SPARED * most;
    }),
  );
}

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
    const read = [...evidence, "ingress-controller.backends"];
    const part = by === "time" ? partOfBackends(found) : null;
    if (part !== null && part <= ASIDE)
      return no(`the backends made ${percent(part)} of the added time: what is slow is before them`, read, part);
    if (worst.length < LEAST_EPISODES)
      return yes(`${told}, and its backends' figures do not tell where the requests were`, read);
    const spared = sparedBackends(found, by);
    if (spared.length === 0)
      return unclear(`${told}, and no backend with ${ENOUGH} requests an episode was as fast as ever meanwhile`, read);
    return yes(`${told}: those to ${listed(spared.map(({ name }) => name))} were as ever through the same pods`, read);
  },
});
