import {
  highestOf,
  type Line,
  padEnd,
  padStart,
  span,
  spansOf,
  standing,
  type Tone,
  wrapped,
} from "../../../src/picture.ts";
import {
  clock,
  type DemandFact,
  type Episode,
  type EpisodesFact,
  type LatencyFact,
  longestEpisode,
  type PodCpuFact,
  plain,
  plural,
  spike,
  valueAt,
} from "../../../src/playbook.ts";

/** Columns of the labels, and the least of one minute: its time, or a figure, and a blank. */
const LABEL = 11;
const LEAST = 6;
const WIDEST = 9;
/** Lines of the bars. */
const ROWS = 4;
/** Minutes of quiet before and after the spike, for the contrast. */
const AROUND = 2;

/** One column: a minute, or of a long spike the worst of several. */
interface Minute {
  readonly at: number;
  /** Requests in flight on average (rate × latency), and how many would be if none waited (rate × service time). */
  readonly inFlight: number;
  readonly needed: number;
  /** Mean cores of the pods; null where unknown. */
  readonly cores: number | null;
}

/**
 * The longest spike, minute by minute: requests in flight against how many can be processed, and beside them what the
 * minutes' averages of work and CPU show, which look like room to spare. No lines where the capacity is not known, where
 * nothing was in flight above it, or where there is no room.
 */
export function minutesOfLongest(
  demand: DemandFact,
  metric: LatencyFact,
  episodes: EpisodesFact,
  podCpu: PodCpuFact | undefined,
  width: number,
): Line[] {
  const { ceiling, serviceTime } = demand;
  const longest = longestEpisode(episodes.episodes);
  const most = Math.floor((width - LABEL) / LEAST);
  if (ceiling === null || longest === undefined || most < 3) return [];
  const minutes = columnsOf(longest, metric, serviceTime, podCpu, most);
  const top = highestOf(minutes.map(({ inFlight }) => inFlight));
  if (top <= ceiling) return [];
  const cell = Math.min(WIDEST, Math.floor((width - LABEL) / minutes.length));
  const figures = (label: string, of: (minute: Minute) => string): Line => [
    span(padEnd(label, LABEL), "dim"),
    span(minutes.map((one) => padEnd(of(one), cell)).join("")),
  ];
  return [
    ...wrapped(
      `requests in flight in the longest ${spike(episodes)}, against a capacity of ${plain(ceiling)}`,
      width,
      "dim",
    ),
    ...bars(minutes, ceiling, top, cell),
    [
      span(" ".repeat(LABEL)),
      span(
        minutes
          .map(({ at }) => padEnd(clock(at), cell))
          .join("")
          .trimEnd(),
        "dim",
      ),
    ],
    figures("in flight", ({ inFlight }) => inFlight.toFixed(1)),
    figures("work for", ({ needed }) => needed.toFixed(1)),
    ...(podCpu ? [figures("cores/pod", ({ cores }) => (cores === null ? "–" : cores.toFixed(2)))] : []),
    ...wrapped(meaning(minutes, ceiling, top), width),
  ];
}

function columnsOf(
  { burst }: Episode,
  metric: LatencyFact,
  serviceTime: number,
  podCpu: PodCpuFact | undefined,
  most: number,
): Minute[] {
  const { period, requests, average } = metric;
  const own = Math.max(1, Math.round((burst.end - burst.start) / period));
  const around = Math.max(0, Math.min(AROUND, Math.floor((most - own) / 2)));
  const count = own + 2 * around;
  const minutes = Array.from({ length: count }, (_, index): Minute => {
    const at = burst.start + (index - around) * period;
    const rate = (valueAt(requests, at) ?? 0) / period;
    return { at, inFlight: rate * (valueAt(average, at) ?? 0), needed: rate * serviceTime, cores: coresAt(podCpu, at) };
  });
  const together = Math.ceil(count / most);
  return Array.from({ length: Math.ceil(count / together) }, (_, index) =>
    minutes
      .slice(index * together, (index + 1) * together)
      .reduce((best, one) => (one.inFlight > best.inFlight ? one : best)),
  );
}

function coresAt(podCpu: PodCpuFact | undefined, at: number): number | null {
  const known = podCpu?.pods.flatMap(({ cpu }) => valueAt(cpu, at) ?? []) ?? [];
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function bars(minutes: readonly Minute[], ceiling: number, top: number, cell: number): Line[] {
  const at = Math.min(ROWS - 1, Math.floor((ceiling / top) * ROWS));
  return Array.from({ length: ROWS }, (_, index): Line => {
    const row = ROWS - 1 - index;
    const label = row === at ? `${plain(ceiling)} ┄` : row === ROWS - 1 ? `${Math.round(top)} ┤` : "│";
    const between = row === at ? "┄" : " ";
    const cells = minutes.flatMap(({ inFlight }) => {
      const drawn = standing(inFlight, top, ROWS, row);
      const tone: Tone = drawn === " " ? "accent" : inFlight > ceiling ? "bad" : "plain";
      return [
        { text: (drawn === " " ? between : drawn).repeat(cell - 1), tone },
        { text: between, tone: "accent" as const },
      ];
    });
    return [span(padStart(label, LABEL - 1) + between, row === at ? "accent" : "dim"), ...spansOf(cells)];
  });
}

/** Why it is not seen on a dashboard; or, where the work alone is too much, that. */
function meaning(minutes: readonly Minute[], ceiling: number, top: number): string {
  const needed = highestOf(minutes.map((one) => one.needed));
  const can = plural(ceiling, "request");
  if (needed > ceiling)
    return `The busiest minute brings work for ${plain(Math.round(needed * 10) / 10)} at a time, and ${can} can be processed.`;
  return `On average each minute brings work for at most ${plain(Math.round(needed * 10) / 10)} of ${plain(ceiling)} at a time, which looks like enough. Yet up to ${Math.round(top)} were in flight: minute averages hide the seconds in which all ${plain(ceiling)} are taken.`;
}
