import {
  cells,
  defineSignal,
  type Episode,
  type EpisodesFact,
  type Epoch,
  type LatencyFact,
  lowest,
  mean,
  median,
  no,
  type PodCpuFact,
  plural,
  type Span,
  unclear,
  unknown,
  valueAt,
  valuesIn,
  valuesOutside,
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
/** Of the load in an episode, so much counts as the same: less may be within what the pods can bear. */
export const SAME_LOAD = 0.9;
/** Up to this multiple of its usual value the average is as ever. */
export const AS_FAST = 1.5;
/**
 * A minute of an episode with less than this share of the usual requests shows that they wait: one counts when it is answered,
 * and the minutes after a stall hold those of it as well. Over the whole episode as many are answered as came.
 */
export const STALLED = 0.75;
/** Minutes for which the same load was borne before it: one whole minute, within which a queue would be seen. */
export const LEAST_BORNE = 1;
/** Minutes for which it is borne again while the pods stay: more than a moment between two others. */
export const LEAST_FADED = 3;
/** They are looked for in so many seconds before and after an episode. */
export const NEARBY = 1_200;
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

/**
 * Whether the service bore an episode's load before it and after it. Load that is too much makes it slow at once, and as long
 * as it lasts; new pods make it slow when they come, until they are warm.
 */
function isBorne({ burst }: Episode, { episodes }: EpisodesFact, { average, requests }: LatencyFact): boolean {
  const bursts = episodes.map((one) => one.burst);
  const usual = median(valuesOutside(average, bursts));
  const counts = valuesIn(requests, [burst]);
  const stalls = (lowest(counts) ?? 0) < STALLED * (median(valuesOutside(requests, bursts)) ?? 0);
  const load = stalls ? mean(counts) : median(counts);
  if (usual === null || load === null) return false;
  const well = (from: Epoch, to: Epoch) =>
    (requests.step / 60) *
    cells(requests).filter(
      ({ at, value }) =>
        at >= from && at < to && value >= SAME_LOAD * load && (valueAt(average, at) ?? Infinity) <= AS_FAST * usual,
    ).length;
  return well(burst.start - NEARBY, burst.start) >= LEAST_BORNE && well(burst.end, burst.end + NEARBY) >= LEAST_FADED;
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
    if (share >= MOST && arrivals.answer !== "no") {
      const rose = `${figure}, and the load rose as well: ${arrivals.statement}`;
      const borne = metric ? after.filter((one) => isBorne(one, all, metric)).length : 0;
      return borne >= MOST * episodes.length
        ? yes(
            `${figure}; in ${borne} as many requests were answered as fast as ever just before it, and again after it`,
            ["pod-cpu.starts", "target-groups.shares"],
            share,
          )
        : unclear(rose, evidence, share);
    }
    if (share >= MOST) return yes(`${figure}, at no more load than at other times`, evidence, share);
    return share <= SELDOM ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
