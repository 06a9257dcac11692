import {
  apart,
  columnAt,
  cut,
  definePicture,
  EMPTY,
  highestOf,
  type Line,
  line,
  padStart,
  span,
  spansOf,
  squeezed,
  standing,
  type Tone,
} from "../../../src/picture.ts";
import {
  type AlarmFact,
  badSide,
  breaches,
  clock,
  type Episode,
  type EpisodesFact,
  judgesExpression,
  type Span as Stretch,
  shortWords,
  unitOf,
} from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact, judgedFact } from "./fact.ts";

/** Columns of the figures at the left edge. */
const AXIS = 8;
const LOWEST_HEIGHT = 4;
const USUAL_HEIGHT = 8;

/** The alarm's metric over the window against its threshold, with the times in ALARM marked under it. */
export default definePicture({
  evidence: "alarm-history",
  title: "the alarm's metric",
  about: "against its threshold, with the episodes",
  aside: true,
  needs: { judged: judgedFact, alarm: alarmFact, episodes: episodesFact },
  uses: {},
  draw({ alarm, judged, episodes }, width, height = USUAL_HEIGHT) {
    const room = Math.max(10, width - AXIS);
    const { window } = episodes;
    const keep = badSide(alarm) === "below" ? "lowest" : "highest";
    const values = squeezed(judged.values, window, room, keep);
    const top = Math.max(highestOf(values), alarm.threshold * 1.25);
    return [
      line(cut(`${what(alarm)}, ${keep} of each column`, width), "dim"),
      ...curve(values, top, alarm, Math.max(LOWEST_HEIGHT, height)),
      ...(episodes.episodes.length === 0 ? [] : [marks(episodes, room), numbers(episodes.episodes, window, room)]),
      timeAxis(window, room),
    ];
  },
});

function what(alarm: AlarmFact): string {
  const { expression, statistic, metric } = alarm;
  return expression && judgesExpression(alarm) ? expression.words : `${statistic} of ${metric}`;
}

function curve(values: readonly (number | null)[], top: number, alarm: AlarmFact, rows: number): Line[] {
  const at = Math.min(rows - 1, Math.floor((alarm.threshold / top) * rows));
  return Array.from({ length: rows }, (_, index) => {
    const row = rows - 1 - index;
    const cells = values.map((value) => cell(value, top, rows, row, row === at, alarm));
    return [axis(row, at, rows, top, alarm), ...spansOf(cells)];
  });
}

function cell(
  value: number | null,
  top: number,
  rows: number,
  row: number,
  isThreshold: boolean,
  alarm: AlarmFact,
): { text: string; tone: Tone } {
  const text = value === null ? " " : standing(value, top, rows, row);
  if (text === " ") return isThreshold ? { text: "┄", tone: "accent" } : { text: " ", tone: "plain" };
  return { text, tone: value !== null && breaches(alarm, value) ? "bad" : "plain" };
}

function axis(row: number, at: number, rows: number, top: number, alarm: AlarmFact): { text: string; tone: Tone } {
  const told = (value: number) => padStart(shortWords(unitOf(alarm), value), AXIS - 2);
  if (row === at) return span(`${told(alarm.threshold)} ┄`, "accent");
  if (row === rows - 1) return span(`${told(top)} ┤`, "dim");
  return span(`${" ".repeat(AXIS - 1)}│`, "dim");
}

/** A stroke under every stay in ALARM. */
function marks({ episodes, window }: EpisodesFact, room: number): Line {
  const inAlarm = Array.from({ length: room }, () => false);
  for (const { alarmAt, okAt } of episodes) {
    const last = columnAt((okAt ?? window.end) - 1, window, room);
    for (let column = columnAt(alarmAt, window, room); column <= last; column += 1) inAlarm[column] = true;
  }
  const cells = inAlarm.map((on) => ({ text: on ? "━" : " ", tone: "bad" as const }));
  return [span(padStart("ALARM ", AXIS), "bad"), ...spansOf(cells)];
}

/** The episodes' numbers under their beginnings, where there is room for them. */
function numbers(episodes: readonly Episode[], window: Stretch, room: number): Line {
  let text = "";
  for (const { id, alarmAt } of episodes) {
    const column = columnAt(alarmAt, window, room);
    if (column < text.length + (text === "" ? 0 : 1) || column + String(id).length > room) continue;
    text = text.padEnd(column) + id;
  }
  return text === "" ? EMPTY : [span(padStart("episode ", AXIS), "dim"), span(text, "dim")];
}

function timeAxis(window: Stretch, room: number): Line {
  const middle = clock((window.start + window.end) / 2);
  const left = `${clock(window.start)}${" ".repeat(Math.max(1, Math.floor(room / 2) - 7))}${middle}`;
  return [span(" ".repeat(AXIS)), ...apart(line(left, "dim"), line(`${clock(window.end)} UTC`, "dim"), room)];
}
