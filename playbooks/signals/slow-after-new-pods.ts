import {
  cells,
  defineSignal,
  type Episode,
  type Epoch,
  no,
  type PodCpuFact,
  plural,
  type Span,
  unclear,
  unknown,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { guiltyMetricFact } from "../evidence/target-groups/fact.ts";
import arrivalsRose from "./arrivals-rose.ts";

/** An episode belongs to a pod that began at most so many seconds before its first breach: caches and compilers warm in minutes. */
export const WARM_UP = 600;
/** In this share of the episodes a pod must have begun just before. */
export const MOST = 0.6;
/** Below this share it is chance. */
export const SELDOM = 0.2;
/** A pod whose figures begin later than this after the window's beginning is new; before it, only the window is. */
const EDGE = 180;

/** When pods began that were not there from the window's beginning. */
export function startsIn({ pods }: PodCpuFact, window: Span): Epoch[] {
  return pods.flatMap(({ cpu }) => cells(cpu)[0]?.at ?? []).filter((at) => at > window.start + EDGE);
}

/** When the pods began whose start this episode may come from: within the warm-up before its first breach. */
export function newPodsBefore({ burst }: Episode, podCpu: PodCpuFact, window: Span): Epoch[] {
  return startsIn(podCpu, window).filter((at) => at >= burst.start - WARM_UP && at <= burst.start);
}

/** Do the episodes follow the start of new pods, and not come before it? A pod that was added because it was slow comes after. */
export default defineSignal({
  id: "slow-after-new-pods",
  question: "Do the episodes begin just after new pods?",
  needs: { podCpu: podCpuFact, episodes: episodesFact },
  uses: { metric: guiltyMetricFact },
  read({ podCpu, episodes: all, metric }) {
    const { episodes, window } = all;
    const evidence = ["pod-cpu.starts", "rollouts.latest"];
    if (episodes.length === 0) return unknown("there is no episode", evidence);
    const began = startsIn(podCpu, window);
    if (began.length === 0) return no("no pod started in this window", evidence, 0);
    const after = episodes.filter((episode) => newPodsBefore(episode, podCpu, window).length > 0);
    const figure = `${after.length} of ${plural(episodes.length, "episode")} begin within ${WARM_UP / 60} min after a new pod`;
    const share = after.length / episodes.length;
    const arrivals = metric ? arrivalsRose.read({ metric, episodes: all }) : unknown("needs the requests");
    if (share >= MOST && arrivals.answer !== "no")
      return unclear(`${figure}, and the load rose as well: ${arrivals.statement}`, evidence, share);
    if (share >= MOST) return yes(figure, evidence, share);
    return share <= SELDOM ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
