import {
  apart,
  columnAt,
  cut,
  definePicture,
  type Line,
  line,
  padStart,
  span,
  spansOf,
  type Tone,
  wrapped,
} from "../../../src/picture.ts";
import {
  type ChangeFact,
  changeWords,
  clock,
  type Episode,
  mostTelling,
  type Span as Stretch,
} from "../../../src/playbook.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { changesFact } from "./fact.ts";
import { LANES, laneOf } from "./lanes.ts";

/** Columns of the names at the left edge. */
const AXIS = 8;
/** So many changes are told below the axis; the rest are in the finding's session. */
const TOLD = 8;

/** Changes, rollouts and scalings on one axis with the episodes; those that can touch what fails are told below it. */
export default definePicture({
  evidence: "changes",
  title: "changes",
  about: "changes, rollouts and scalings next to the episodes",
  needs: { changed: changesFact, episodes: episodesFact },
  uses: {},
  draw({ changed: { changes }, episodes: { window, episodes } }, width) {
    const room = Math.max(10, width - AXIS);
    if (changes.length === 0) return [line(cut("no change is known", width), "dim")];
    const lanes = LANES.flatMap(({ lane, name }) => {
      const own = changes.filter((one) => laneOf(one) === lane);
      return own.length === 0 ? [] : [row(name, own, window, room)];
    });
    const reaching = changes.filter(({ reaches }) => reaches !== "no");
    const told = mostTelling(reaching.length > 0 ? reaching : changes, TOLD);
    return [
      ...(episodes.length === 0 ? [] : [alarmRow(episodes, window, room)]),
      ...lanes,
      axis(window, room),
      ...told.flatMap((one) =>
        wrapped(`${clock(one.at)} ${changeWords(one)}: ${one.because}`, width, toneOf(one), "  "),
      ),
    ];
  },
});

function toneOf({ reaches }: ChangeFact): Tone {
  return reaches === "yes" ? "accent" : "dim";
}

function row(name: string, changes: readonly ChangeFact[], window: Stretch, room: number): Line {
  const cells = Array.from({ length: room }, () => ({ text: " ", tone: "plain" as Tone }));
  for (const one of changes) {
    const last = columnAt(one.until, window, room);
    for (let column = columnAt(one.at, window, room) + 1; column <= last; column += 1)
      cells[column] = { text: "─", tone: "dim" };
    cells[columnAt(one.at, window, room)] = { text: "▲", tone: toneOf(one) };
  }
  return [span(padStart(`${name} `, AXIS), "dim"), ...spansOf(cells)];
}

/** A stroke for every stay in ALARM, as under the alarm's own chart. */
function alarmRow(episodes: readonly Episode[], window: Stretch, room: number): Line {
  const cells = Array.from({ length: room }, () => ({ text: " ", tone: "bad" as Tone }));
  for (const { alarmAt, okAt } of episodes)
    for (
      let column = columnAt(alarmAt, window, room);
      column <= columnAt((okAt ?? window.end) - 1, window, room);
      column += 1
    )
      cells[column] = { text: "━", tone: "bad" };
  return [span(padStart("ALARM ", AXIS), "bad"), ...spansOf(cells)];
}

function axis(window: Stretch, room: number): Line {
  return [
    span(" ".repeat(AXIS)),
    ...apart(line(clock(window.start), "dim"), line(`${clock(window.end)} UTC`, "dim"), room),
  ];
}
