import {
  band,
  COLOURS,
  colourAt,
  cut,
  defineFigure,
  element,
  episodeTick,
  LEFT,
  label,
  level,
  type Panel,
  path,
  picture,
  RIGHT,
  type Scale,
  scalePoint,
  timeAxis,
  timeScale,
  valueAxis,
  valueScale,
} from "../../../src/figure.ts";
import {
  clock,
  coreCount,
  type Episode,
  listed,
  type PodCpuFact,
  plain,
  plural,
  range,
  type Span,
  spike,
} from "../../../src/playbook.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { workersFact } from "../worker-quota/fact.ts";
import { podCpuFact } from "./fact.ts";

const UPPER: Panel = { left: LEFT, right: RIGHT, top: 76, bottom: 246 };
const LOWER: Panel = { left: LEFT, right: RIGHT, top: 330, bottom: 480 };
const HEIGHT = 548;
/** Pods that are named beside their colour; the others are grey. */
const NAMED = COLOURS;
/** So much of the quiet time before and after the burst is drawn with it. */
const AROUND = 600;

/**
 * The pods' CPU: minute by minute around the worst burst, and each pod's mean in every burst. What is even and what
 * clumps is seen in both. None where no pod has a figure in a burst.
 */
export default defineFigure({
  place: "cause",
  needs: { podCpu: podCpuFact, episodes: episodesFact },
  uses: { workers: workersFact },
  draw({ podCpu, episodes, workers }) {
    const worst = worstOf(episodes.episodes);
    if (!worst || podCpu.pods.every(({ inBursts }) => inBursts === null)) return null;
    const quota = workers?.quota ?? null;
    const cores = workers?.workers ?? null;
    const peak = podCpu.pods.reduce((best, { peak: one }) => Math.max(best, one ?? 0), 0);
    const highest = Math.max(
      peak,
      quota !== null && quota <= 3 * peak ? quota : 0,
      cores !== null && cores <= 3 * peak ? cores : 0,
    );
    const span = around(worst, episodes.window);
    const x = timeScale(span, UPPER);
    const upper = valueScale(highest, UPPER);
    const lower = valueScale(highest, LOWER);
    const levels = (scale: Scale, panel: Panel) => limits(quota, cores, highest, scale, panel);
    const title = `CPU of the pods in the ${spike(episodes)}s`;
    const lines = podCpu.pods.map(({ cpu }, index) =>
      element("path", {
        class: `line ${colourAt(index, "c")}`,
        d: path(cut(cpu, span), x, upper),
        "stroke-linecap": "round",
      }),
    );
    return picture({ name: "pod-cpu", title, description: described(podCpu, quota, worst, spike(episodes)) }, HEIGHT, [
      label(16, 46, `around the worst ${spike(episodes)} (episode ${worst.id}, shaded), minute by minute, UTC`, "m"),
      ...valueAxis(upper, UPPER, "cores"),
      band(worst.burst, x, UPPER),
      ...timeAxis(x, UPPER),
      ...lines,
      ...levels(upper, UPPER),
      label(16, LOWER.top - 30, `each pod's mean in every ${spike(episodes)}, by episode and its beginning (UTC)`, "m"),
      ...valueAxis(lower, LOWER, "cores"),
      ...means(podCpu, episodes.episodes, lower),
      ...levels(lower, LOWER),
      ...legend(podCpu),
    ]);
  },
});

/** The quota and what the workers can use, as far as they are in the picture; one line where they are the same. */
function limits(quota: number | null, cores: number | null, highest: number, scale: Scale, panel: Panel): string[] {
  const workers = cores === null ? "" : `${plural(cores, "worker")}: ${coreCount(cores)}`;
  if (quota !== null && quota === cores && quota <= highest)
    return level(quota, `quota ${plain(quota)} · ${workers}`, scale, panel, "limit");
  return [
    ...(quota !== null && quota <= highest ? level(quota, `quota ${plain(quota)}`, scale, panel, "limit") : []),
    ...(cores !== null && cores <= highest ? level(cores, workers, scale, panel, "limit2") : []),
  ];
}

function worstOf(episodes: readonly Episode[]): Episode | undefined {
  return episodes.reduce<Episode | undefined>(
    (best, one) => (best === undefined || (one.worst ?? 0) > (best.worst ?? 0) ? one : best),
    undefined,
  );
}

function around({ burst }: Episode, window: Span): Span {
  return { start: Math.max(window.start, burst.start - AROUND), end: Math.min(window.end, burst.end + AROUND) };
}

function means({ byEpisode }: PodCpuFact, episodes: readonly Episode[], y: Scale): string[] {
  const ids = byEpisode.map(({ episode }) => String(episode));
  const x = scalePoint(ids, [LOWER.left, LOWER.right]).padding(0.5);
  const every = Math.ceil(ids.length / 40);
  const axis = element("line", { class: "axis", x1: LOWER.left, x2: LOWER.right, y1: LOWER.bottom, y2: LOWER.bottom });
  const marks = byEpisode.flatMap(({ episode, cores }, place) => {
    const centre = x(String(episode)) ?? LOWER.left;
    const dots = cores.flatMap((value, index) => {
      if (value === null) return [];
      const beside = (index - (cores.length - 1) / 2) * Math.min(6, x.step() / (cores.length + 1));
      return [element("circle", { class: colourAt(index, "f"), cx: centre + beside, cy: y(value), r: 3.2 })];
    });
    const at = episodes.find(({ id }) => id === episode)?.burst.start;
    const number = place % every === 0 ? episodeTick(centre, LOWER, episode, at, ids.length) : [];
    return [...dots, ...number];
  });
  return [axis, ...marks];
}

function legend({ pods }: PodCpuFact): string[] {
  const named = pods.slice(0, NAMED);
  const room = (RIGHT - LEFT) / (named.length + (pods.length > NAMED ? 1 : 0));
  const items = named.flatMap(({ pod }, index) => [
    element("circle", { class: colourAt(index, "f"), cx: LEFT + index * room + 5, cy: HEIGHT - 18, r: 4 }),
    label(LEFT + index * room + 14, HEIGHT - 14, `…${pod.slice(-11)}`, "m"),
  ]);
  const more =
    pods.length > NAMED ? [label(LEFT + NAMED * room, HEIGHT - 14, `and ${pods.length - NAMED} more, grey`, "m")] : [];
  return [...items, ...more];
}

function described({ pods, plateau, jain }: PodCpuFact, quota: number | null, worst: Episode, word: string): string {
  const means = pods.flatMap(({ inBursts }) => inBursts ?? []);
  const low = plain(Math.min(...means));
  const high = plain(Math.max(...means));
  const parts = [
    `${plural(means.length, "pod")} used ${range(low, high)} cores on average in the ${word}s ${means.length === 1 ? "it" : "they"} lived through`,
    ...(plateau === null ? [] : [`the busiest top out at ${coreCount(plateau)}`]),
    ...(quota === null ? [] : [`the quota is ${coreCount(quota)}`]),
    ...(jain === null || means.length < 2 ? [] : [`evenness ${plain(jain)}, where 1 is all equal`]),
  ];
  return `${listed(parts)}. Drawn minute by minute: episode ${worst.id}, from ${clock(worst.burst.start)} to ${clock(worst.burst.end)} UTC.`;
}
