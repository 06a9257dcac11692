import {
  bar,
  definePicture,
  highestOf,
  type Line,
  line,
  padEnd,
  padStart,
  span,
  spansOf,
  type Tone,
  wrapped,
} from "../../../src/picture.ts";
import { clock, type DemandFact, type EpisodeDemand, plural, seconds } from "../../../src/playbook.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { podCpuFact } from "../pod-cpu/fact.ts";
import { guiltyMetricFact } from "../target-groups/fact.ts";
import { minutesOfLongest } from "./brief.ts";
import { demandFact } from "./fact.ts";

/** More bursts than this do not fit without scrolling; the last ones are shown. */
const SHOWN = 16;
const FIGURES = 6;

/** Requests in flight in each spike, against how many the fleet can process. */
export default definePicture({
  evidence: "worker-quota",
  title: "ceiling and demand",
  about: "requests in flight against workers",
  needs: { demand: demandFact },
  uses: { episodes: episodesFact, metric: guiltyMetricFact, podCpu: podCpuFact },
  brief: {
    of: ["worker-concurrency-ceiling"],
    draw: ({ demand, episodes, metric, podCpu }, width) =>
      metric && episodes ? minutesOfLongest(demand, metric, episodes, podCpu, width) : [],
  },
  draw({ demand, episodes }, width) {
    const shown = demand.byEpisode.slice(-SHOWN);
    const { ceiling } = demand;
    const top = Math.max(highestOf(shown.map(({ outstanding }) => outstanding)), (ceiling ?? 0) * 1.25);
    const left = 10;
    const room = Math.max(8, width - left - FIGURES);
    const at = ceiling === null || top === 0 ? null : Math.min(room - 1, Math.round((ceiling / top) * room));
    const startOf = (id: number) => episodes?.episodes.find((one) => one.id === id)?.burst.start;
    return [
      ceilingHead(demand, left, room, at),
      ...shown.map((one) => row(one, startOf(one.episode), { left, room, top, at, ceiling })),
      ...wrapped(underneath(demand), width, "dim"),
    ];
  },
});

interface Scale {
  readonly left: number;
  readonly room: number;
  readonly top: number;
  /** The column of the ceiling; null where it is unknown. */
  readonly at: number | null;
  readonly ceiling: number | null;
}

function ceilingHead({ ceiling }: DemandFact, left: number, room: number, at: number | null): Line {
  if (at === null || ceiling === null) return line("requests in flight, in the worst minute", "dim");
  const label = `ceiling ${ceiling}`;
  // To the left of its line where it would not fit to its right.
  const start = at + label.length + 2 > room ? at - label.length - 1 : at + 2;
  const text = start > at ? `${" ".repeat(at)}│ ${label}` : `${" ".repeat(Math.max(0, start))}${label} │`;
  return [span(padEnd("in flight", left), "dim"), span(text, "accent")];
}

function row({ episode, outstanding }: EpisodeDemand, at: number | undefined, scale: Scale): Line {
  const drawn = bar(outstanding, scale.top, scale.room);
  const over = scale.ceiling !== null && outstanding > scale.ceiling;
  const tone: Tone = over ? "bad" : "plain";
  const cells = [...padEnd(drawn, scale.room)].map((text, column) =>
    column === scale.at && (text === " " || text === "█")
      ? { text: "│", tone: "accent" as const }
      : { text, tone: text === " " ? ("plain" as const) : tone },
  );
  return [
    span(padStart(String(episode), 2)),
    span(padEnd(at === undefined ? "" : `  ${clock(at)}`, scale.left - 2), "dim"),
    ...spansOf(cells),
    span(padStart(outstanding.toFixed(1), FIGURES), over ? "strong" : "plain"),
  ];
}

function underneath({ pods, workers, ceiling, serviceTime }: DemandFact): string {
  const can =
    ceiling === null || workers === null
      ? "how many workers a pod runs is not known"
      : `${plural(pods, "pod")} × ${plural(workers, "worker")} = ${ceiling} at a time`;
  return `${can}; a request takes ${seconds(serviceTime)} without a queue. In flight: rate × latency.`;
}
