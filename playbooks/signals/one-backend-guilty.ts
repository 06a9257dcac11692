import {
  defineSignal,
  highest,
  lowest,
  no,
  percent,
  plural,
  range,
  seconds,
  sum,
  unclear,
  unknown,
  yes,
} from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import {
  type Backend,
  type BackendLoad,
  type IngressController,
  ingressControllerFact,
} from "../evidence/ingress-controller/fact.ts";

/** A backend holds an episode from this share of the added time, or of the added errors, on. */
export const MOST = 0.8;
/** Up to it the trouble is that of several. */
export const SHARED = 0.5;
/** Below this part of the time by which the load balancer saw requests take longer, the backends do not explain it. */
export const EXPLAINED = 0.5;
/** Fewer requests than this in an episode say nothing of a backend. */
export const ENOUGH = 20;
/** Over so many episodes, or halves of a long one, at least: once may be chance. */
export const LEAST_EPISODES = 2;

export type Measure = "time" | "errors";

/** What is compared: errors where the alarm judges answers, time otherwise. */
export function measureOf({ metric }: { readonly metric: string }): Measure {
  return metric.startsWith("HTTPCode_") ? "errors" : "time";
}

/**
 * What one request of a backend had more than usual in an episode: seconds, or its chance of an error. Null where it had
 * too few, or what is usual for it is not known.
 */
export function addedOf({ usual, episodes }: Backend, episode: number, by: Measure): number | null {
  const load = episodes.find((one) => one.episode === episode);
  const [now, before] = [load, usual].map((one) => (one && one.requests >= ENOUGH ? each(one, by) : null));
  return now == null || before == null ? null : Math.max(0, now - before);
}

function each({ requests, seconds: time, errors }: BackendLoad, by: Measure): number | null {
  return by === "time" ? time : requests === 0 || errors === null ? null : errors / requests;
}

/** Of each episode that the backends' figures explain: the worst backend, and its share of what was added. */
export function worstBackends({ backends, seen }: IngressController, by: Measure) {
  const ids = [...new Set((backends ?? []).flatMap(({ episodes }) => episodes.map(({ episode }) => episode)))];
  return ids.flatMap((episode) => {
    const loads = (backends ?? []).map((backend) => ({
      backend,
      requests: backend.episodes.find((one) => one.episode === episode)?.requests ?? 0,
      added: addedOf(backend, episode, by),
    }));
    // One whose usual is not known may be the worst of all.
    if (loads.some(({ requests, added }) => requests >= ENOUGH && added === null)) return [];
    const parts = loads.map(({ backend, requests, added }) => ({ backend, part: requests * (added ?? 0) }));
    const all = sum(parts.map(({ part }) => part));
    const atBalancer = by === "time" ? (seen.find((one) => one.episode === episode)?.seconds ?? 0) : 0;
    const [worst] = parts.sort((a, b) => b.part - a.part);
    if (!worst || all === 0 || all < EXPLAINED * atBalancer) return [];
    return [{ episode, backend: worst.backend, share: worst.part / all }];
  });
}

/** Is it one backend of an ingress controller, the same in every episode, while the others are as usual? */
export default defineSignal({
  id: "one-backend-guilty",
  question: "Is it the same backend of the ingress controller in every episode?",
  needs: { alarm: alarmFact, controller: ingressControllerFact },
  uses: {},
  read({ alarm, controller: { found } }) {
    if (!found) return no("the pods are no ingress controller that is known", []);
    const evidence = ["ingress-controller.backends"];
    if (found.backends === null) return unknown("needs the ingress controller's metrics of each backend", evidence);
    const by = measureOf(alarm);
    const worst = worstBackends(found, by);
    if (worst.length < LEAST_EPISODES)
      return unknown("the backends' figures explain too few episodes to compare them", evidence);
    const shares = worst.map(({ share }) => share);
    const [least, most] = [lowest(shares) ?? 0, highest(shares) ?? 0];
    const what = by === "time" ? "the added time" : "the added errors";
    if (most <= SHARED) return no(`no backend has more than ${percent(most)} of ${what}`, evidence, most);
    const names = [...new Set(worst.map(({ backend }) => backend.name))];
    if (names.length > 1)
      return unclear(
        `which backend is worst changes from episode to episode: ${names.length} of them`,
        evidence,
        least,
      );
    const stretches = found.halves ? "both halves of the episode" : plural(worst.length, "episode");
    const told = `${names[0]} has ${range(percent(least), percent(most))} of ${what} in ${stretches}`;
    return least >= MOST ? yes(`${told}${figures(worst, by)}`, evidence, least) : unclear(told, evidence, least);
  },
});

function figures(worst: ReturnType<typeof worstBackends>, by: Measure): string {
  const [first] = worst;
  if (!first) return "";
  const loads = worst.flatMap(({ backend, episode }) => backend.episodes.filter((one) => one.episode === episode));
  const inside = highest(loads.flatMap((load) => each(load, by) ?? []));
  const usual = each(first.backend.usual, by);
  if (inside === null || usual === null) return "";
  const words = by === "time" ? seconds : percent;
  return by === "time"
    ? `: its requests took up to ${words(inside)} on average, and ${words(usual)} otherwise`
    : `: up to ${words(inside)} of its requests failed, and ${words(usual)} otherwise`;
}
