import {
  bar,
  columns,
  cutMiddle,
  definePicture,
  type Line,
  line,
  padEnd,
  padStart,
  span,
  wrapped,
} from "../../../src/picture.ts";
import { percent, plural, seconds, spike } from "../../../src/playbook.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { blameFact } from "./fact.ts";

/** More target groups than this are told together. */
const SHOWN = 12;
/** Columns of "100 %", and of each latency. */
const SHARE = 6;
const LATENCY = 9;
/** Below this width there is no room for the latency outside the bursts. */
const NARROW = 56;

/** Each target group's share of the excess latency of the bursts, the largest first. */
export default definePicture({
  evidence: "target-groups",
  title: "the target groups",
  about: "each one's share of the excess latency",
  needs: { blame: blameFact },
  uses: { episodes: episodesFact },
  draw({ blame, episodes }, width) {
    const sorted = [...blame.groups].sort((a, b) => b.share - a.share || b.requests - a.requests);
    const shown = sorted.slice(0, SHOWN);
    const rest = sorted.slice(SHOWN);
    const names = shortened(shown.map((one) => one.name));
    const longest = Math.max(...names.map(columns), 12);
    const latencies = width < NARROW ? LATENCY : 2 * LATENCY;
    const name = Math.min(longest, Math.max(12, Math.floor(width * 0.46)));
    const room = Math.max(3, width - name - 1 - SHARE - latencies);
    return [
      [
        span(padEnd("share of the excess", name + 1 + room + SHARE), "dim"),
        span(width < NARROW ? "" : padStart("quiet", LATENCY), "dim"),
        span(padStart(`${spike(episodes)}s`, LATENCY), "dim"),
      ],
      ...shown.map((group, index): Line => {
        const tone = blame.guilty?.arn === group.arn ? "strong" : "plain";
        return [
          span(padEnd(cutMiddle(names[index] ?? group.name, name), name + 1), tone),
          span(padEnd(bar(group.share, 1, room), room), tone === "strong" ? "bad" : "plain"),
          span(padStart(percent(group.share), SHARE), tone),
          span(width < NARROW ? "" : padStart(formatLatency(group.outside), LATENCY), "dim"),
          span(padStart(formatLatency(group.inside), LATENCY), tone),
        ];
      }),
      ...(rest.length > 0 ? [line(`and ${plural(rest.length, "target group")} with less than these`, "dim")] : []),
      ...verdict(blame.verdict, blame.alsoRose, width),
    ];
  },
});

function formatLatency(value: number | null): string {
  return value === null ? "–" : seconds(value);
}

/** The names without the beginning that all of them share: it tells nothing, and takes the room of what does. */
function shortened(names: readonly string[]): string[] {
  const [first = "", ...others] = names;
  const parts = first.split("-");
  const shared = parts.findIndex((_, index) => {
    const start = `${parts.slice(0, index + 1).join("-")}-`;
    return others.some((name) => !name.startsWith(start));
  });
  const start = parts.slice(0, Math.max(0, shared)).join("-");
  return others.length === 0 || start === "" ? [...names] : names.map((name) => `…${name.slice(start.length + 1)}`);
}

function verdict(kind: "one" | "alike" | "unclear", alsoRose: readonly string[], width: number): Line[] {
  if (kind === "alike") return wrapped("all target groups with traffic rose together", width, "dim");
  if (kind === "unclear") return wrapped("no target group carries most of it alone", width, "dim");
  return alsoRose.length === 0 ? wrapped("no other target group rose with it", width, "dim") : [];
}
