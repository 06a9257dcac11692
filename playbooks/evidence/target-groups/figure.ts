import { defineFigure, element, label, picture, scaleLinear, WIDTH } from "../../../src/figure.ts";
import { type GroupLoad, percent, plural, seconds, spike } from "../../../src/playbook.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { blameFact } from "./fact.ts";

/** Target groups that are drawn; the others are told together. */
const DRAWN = 10;
const ROW = 30;
const TOP = 64;
const NAMES = 300;
/** Room at the right for the figures behind the bar. */
const FIGURES = 190;
/** Longer names are cut in the middle; target groups have at most 32 characters, so that this is rare. */
const LONGEST_NAME = 40;

/** Each target group's share of the latency that the bursts added, and its own average outside and inside them. */
export default defineFigure({
  place: "cause",
  needs: { blame: blameFact },
  uses: { episodes: episodesFact },
  draw({ blame, episodes }) {
    const groups = blame.groups.filter(({ inside }) => inside !== null).sort((a, b) => b.share - a.share);
    if (groups.length === 0) return null;
    const word = spike(episodes);
    const drawn = groups.slice(0, DRAWN);
    const rest = groups.slice(DRAWN);
    const bar = scaleLinear([0, 1], [0, WIDTH - NAMES - FIGURES]);
    const rows = drawn.flatMap((group, index) => {
      const y = TOP + index * ROW;
      const width = Math.max(1, bar(Math.min(1, Math.max(0, group.share))));
      return [
        label(NAMES - 12, y + 13, shortened(group.name), "", "end"),
        element("rect", { class: group.arn === blame.guilty?.arn ? "bar" : "rest", x: NAMES, y, width, height: 18 }),
        label(NAMES + width + 8, y + 13, figures(group), "m"),
      ];
    });
    const others =
      rest.length === 0
        ? []
        : [label(NAMES - 12, TOP + drawn.length * ROW + 13, `and ${rest.length} more`, "m", "end")];
    const height = TOP + (drawn.length + others.length) * ROW + 16;
    const title = `Where the latency comes from: each target group's share of what the ${word}s added`;
    const description = `${plural(groups.length, "target group")} had requests in the ${word}s. ${drawn
      .map((group) => `${group.name}: ${figures(group)}`)
      .join("; ")}.`;
    return picture({ name: "target-groups", title, description }, height, [
      label(
        16,
        46,
        `share of requests × (average in the ${word}s − own average outside them); then both averages`,
        "m",
      ),
      ...rows,
      ...others,
    ]);
  },
});

function figures({ share, outside, inside }: GroupLoad): string {
  return `${percent(share)} · ${outside === null ? "?" : seconds(outside)} → ${inside === null ? "?" : seconds(inside)}`;
}

function shortened(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, 24)}…${name.slice(-14)}`;
}
