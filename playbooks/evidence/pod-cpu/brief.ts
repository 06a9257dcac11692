import {
  cut,
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
  type EpisodesFact,
  longestEpisode,
  type PodCpuFact,
  type PodSeries,
  plural,
  spike,
} from "../../../src/playbook.ts";

/** Columns of a pod's name, and of the highest minute beside its bars. */
const NAME = 9;
const PEAK = 6;
/** The least and the most that a minute takes, with the blank behind it. */
const LEAST = 2;
const WIDEST = 7;
/** More pods than this are shown as the busiest and the idlest. */
const SHOWN = 8;
const BUSIEST = 5;

/** The pods in the longest spike, minute by minute: some are hot while others idle. No lines where there is no room. */
export function podsInLongest({ pods }: PodCpuFact, episodes: EpisodesFact, width: number): Line[] {
  const longest = longestEpisode(episodes.episodes);
  const room = width - NAME - PEAK;
  if (longest === undefined || room < 3 * LEAST) return [];
  const { burst } = longest;
  const known = pods
    .map((one) => ({ ...one, minutes: valuesIn(one.cpu, burst) }))
    .filter(({ minutes }) => minutes.some((value) => value !== null))
    .sort((a, b) => highestOf(b.minutes) - highestOf(a.minutes));
  const top = highestOf(known.map(({ minutes }) => highestOf(minutes)));
  const count = known[0]?.minutes.length ?? 0;
  if (known.length < 2 || top === 0 || count * LEAST > room) return [];
  const cell = Math.min(WIDEST, Math.floor(room / count));
  const shown = known.length <= SHOWN ? known : [...known.slice(0, BUSIEST), ...known.slice(BUSIEST - SHOWN)];
  const bars = NAME + count * cell;
  const step = known[0]?.cpu.step ?? 60;
  const times = Array.from({ length: count }, (_, index) => clock(burst.start + index * step));
  return [
    [
      span(padEnd(cut(`cores of each pod in the longest ${spike(episodes)}`, bars), bars), "dim"),
      span(padStart("peak", PEAK), "dim"),
    ],
    ...shown.map(
      (one): Line => [
        span(padEnd(ending(one), NAME)),
        span(one.minutes.map((value) => padEnd(level(value, top).repeat(cell - 1), cell)).join(""), "accent"),
        span(padStart(highestOf(one.minutes).toFixed(2), PEAK)),
      ],
    ),
    line(`${" ".repeat(NAME)}${timesThatFit(times, cell)}`, "dim"),
    ...(known.length > SHOWN ? [line(`and ${plural(known.length - SHOWN, "pod")} between these`, "dim")] : []),
    ...wrapped(meaning(known, top), width),
  ];
}

function ending({ pod }: PodSeries): string {
  return `…${(pod.split("-").at(-1) ?? pod).slice(-(NAME - 2))}`;
}

/** The times of the minutes, each under its own, as far as they do not run into each other. */
function timesThatFit(times: readonly string[], cell: number): string {
  return times.reduce((text, time, index) => {
    const column = index * cell;
    return text === "" || column > text.length ? `${text.padEnd(column)}${time}` : text;
  }, "");
}

/** The minute in which the pods were furthest apart. */
function meaning(pods: readonly { readonly minutes: readonly (number | null)[] }[], top: number): string {
  const minutes = Array.from({ length: pods[0]?.minutes.length ?? 0 }, (_, index) => {
    const values = pods.flatMap(({ minutes }) => minutes[index] ?? []);
    return { high: Math.max(0, ...values), low: Math.min(top, ...values) };
  });
  const { high, low } = minutes.reduce((best, one) => (one.high - one.low > best.high - best.low ? one : best));
  return `In the same minute one pod used ${coreCount(high)} and another ${coreCount(low)}.`;
}
