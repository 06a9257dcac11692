import {
  columns,
  definePicture,
  highestOf,
  type Line,
  level,
  line,
  padEnd,
  padStart,
  span,
  valuesIn,
  wrapped,
} from "../../../src/picture.ts";
import {
  clock,
  coreCount,
  type Episode,
  listed,
  type PodCpuFact,
  type PodSeries,
  plain,
  plural,
  spike,
  type WorkersFact,
} from "../../../src/playbook.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { workersFact } from "../worker-quota/fact.ts";
import { podsInLongest } from "./brief.ts";
import { podCpuFact } from "./fact.ts";

/** More pods than this are shown as the busiest and the idlest. */
const SHOWN = 12;
const BUSIEST = 8;
/** Columns of "mean" and "peak". */
const FIGURE = 6;
const LONGEST_NAME = 16;

/** Each pod's cores, minute by minute of every burst: whether all ran alike, or one was hot while others idled. */
export default definePicture({
  evidence: "pod-cpu",
  title: "the pods' CPU",
  about: "equally busy, or one hot while others idle",
  needs: { podCpu: podCpuFact, episodes: episodesFact },
  uses: { workers: workersFact },
  brief: {
    of: ["uneven-pod-load", "connection-pinning", "sticky-session-skew"],
    draw: ({ podCpu, episodes }, width) => podsInLongest(podCpu, episodes, width),
  },
  draw({ podCpu, episodes, workers }, width) {
    const names = shortNames(podCpu.pods);
    const { pods, hidden } = chosen(podCpu.pods);
    const name = Math.min(LONGEST_NAME, Math.max(...pods.map(({ pod }) => columns(names.get(pod) ?? pod)), 4));
    const room = Math.max(8, width - name - 1 - 2 * FIGURE);
    const bursts = burstsThatFit(episodes.episodes, room);
    const scale = scaleOf(podCpu, workers);
    const widths = widthsOf(pods, bursts, eachBurst(bursts, room));
    const strip = (series: PodSeries) => stripOf(series, bursts, widths, scale.top);
    const length = widths.reduce((sum, one) => sum + one + 1, -1);
    return [
      [
        span(padEnd(scopeOf(bursts, episodes.episodes, spike(episodes)), name + 1 + length), "dim"),
        span(padStart("mean", FIGURE) + padStart("peak", FIGURE), "dim"),
      ],
      ...pods.map((one): Line => {
        const figure = (value: number | null) => padStart(value === null ? "–" : value.toFixed(2), FIGURE);
        return [
          span(padEnd(names.get(one.pod) ?? one.pod, name + 1)),
          span(padEnd(strip(one), length), "accent"),
          span(figure(one.inBursts)),
          span(figure(one.peak), "dim"),
        ];
      }),
      line(`${" ".repeat(name + 1)}${timesOf(bursts, widths)}`.slice(0, width), "dim"),
      ...(hidden > 0 ? [line(`and ${plural(hidden, "pod")} between these`, "dim")] : []),
      ...wrapped(scale.words, width, "dim"),
      ...(podCpu.together > 1 ? wrapped(evennessOf(podCpu), width) : []),
      ...snapshotOf(podCpu, spike(episodes), width),
    ];
  },
});

/** The ends of the pods' names, which tell them apart. */
function shortNames(pods: readonly PodSeries[]): Map<string, string> {
  return new Map(
    pods.map(({ pod }) => {
      const end = pod.split("-").at(-1) ?? pod;
      return [pod, end === pod ? pod : `…${end}`];
    }),
  );
}

function chosen(pods: readonly PodSeries[]): { pods: readonly PodSeries[]; hidden: number } {
  if (pods.length <= SHOWN) return { pods, hidden: 0 };
  const sorted = [...pods].sort((a, b) => (b.inBursts ?? -1) - (a.inBursts ?? -1));
  const idlest = sorted.slice(BUSIEST - SHOWN);
  return { pods: [...sorted.slice(0, BUSIEST), ...idlest], hidden: pods.length - SHOWN };
}

/** As many of the last bursts as there is room for, with at least two columns and a gap each. */
function burstsThatFit(episodes: readonly Episode[], room: number): readonly Episode[] {
  return episodes.slice(-Math.max(1, Math.floor((room + 1) / 3)));
}

/** Columns that one burst may take at most. */
function eachBurst(bursts: readonly Episode[], room: number): number {
  return Math.max(1, Math.floor((room + 1) / Math.max(1, bursts.length)) - 1);
}

/** Columns of each burst: one a minute, as far as there is room. */
function widthsOf(pods: readonly PodSeries[], bursts: readonly Episode[], each: number): number[] {
  const [{ cpu } = { cpu: undefined }] = pods;
  return bursts.map(({ burst }) => Math.min(each, cpu === undefined ? 1 : valuesIn(cpu, burst).length));
}

function stripOf({ cpu }: PodSeries, bursts: readonly Episode[], widths: readonly number[], top: number): string {
  return bursts
    .map(({ burst }, index) => {
      const minutes = valuesIn(cpu, burst);
      const slots = widths[index] ?? 1;
      return Array.from({ length: slots }, (_, slot) => {
        const from = Math.floor((slot * minutes.length) / slots);
        const part = minutes.slice(from, Math.max(from + 1, Math.floor(((slot + 1) * minutes.length) / slots)));
        const known = part.filter((value) => value !== null);
        return level(known.length === 0 ? null : highestOf(known), top);
      }).join("");
    })
    .join(" ");
}

/** When the bursts begin, each under its first column, as far as the times do not run into each other. */
function timesOf(bursts: readonly Episode[], widths: readonly number[]): string {
  let text = "";
  let column = 0;
  for (const [index, { burst }] of bursts.entries()) {
    if (text === "" || column > text.length) text = text.padEnd(column) + clock(burst.start);
    column += (widths[index] ?? 1) + 1;
  }
  return `${text} UTC`;
}

function scopeOf(bursts: readonly Episode[], all: readonly Episode[], word: string): string {
  if (bursts.length < all.length) return `the last ${bursts.length} of ${all.length} ${word}s`;
  return bursts.length === 1 ? `cores in the ${word}` : `cores in the ${bursts.length} ${word}s`;
}

/** What a full column stands for: all workers of a pod at work, where it is known what that is; else its quota. */
function scaleOf(
  { pods }: PodCpuFact,
  workers: WorkersFact | undefined,
): { readonly top: number; readonly words: string } {
  const peak = highestOf(pods.map((one) => one.peak));
  const { quota = null, workers: count = null, singleCore = null } = workers ?? {};
  const limit = quota === null ? "there is no quota" : `the quota is ${coreCount(quota)}`;
  // A worker of one interpreter or one thread keeps one core busy at most, see WorkersFact.
  const busy = count === null || singleCore !== true ? null : count;
  if (busy !== null && busy <= (quota ?? busy)) {
    const words = `${coreCount(busy)}, what ${plural(busy, "busy worker")} ${busy === 1 ? "shows" : "show"}`;
    if (peak <= busy) return { top: busy, words: `a full column is ${words}; ${limit}` };
    return { top: peak, words: `a full column is ${coreCount(peak)}, the highest minute; ${words}; ${limit}` };
  }
  if (quota === null || peak > quota)
    return { top: peak, words: `a full column is ${coreCount(peak)}, the highest minute; ${limit}` };
  return { top: quota, words: `a full column is the quota of ${coreCount(quota)}` };
}

function evennessOf({ jain, spread, plateau }: PodCpuFact): string {
  const figures = [
    ...(jain === null ? [] : [`evenness ${plain(jain)} (1 is all equal)`]),
    ...(spread === null ? [] : [`spread ${coreCount(spread)}`]),
    ...(plateau === null ? [] : [`tops out at ${coreCount(plateau)}`]),
  ];
  return figures.join(" · ");
}

function snapshotOf({ snapshot }: PodCpuFact, word: string, width: number): Line[] {
  if (snapshot.length === 0) return [];
  const cores = snapshot.slice(0, SHOWN).map(({ cpu }) => `${Math.round(cpu * 1000)}m`);
  return wrapped(`kubectl top said ${listed(cores)}: a snapshot says nothing about the ${word}s`, width, "dim");
}
