import {
  band,
  defineFigure,
  element,
  LEFT,
  label,
  level,
  path,
  picture,
  RIGHT,
  timeAxis,
  timeScale,
  valueAxis,
  valueScale,
} from "../../../src/figure.ts";
import {
  type AlarmFact,
  axisScale,
  axisWords,
  badSide,
  breaches,
  clock,
  duration,
  judgesExpression,
  percent,
  plural,
  type Series,
  valueWords,
} from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact, judgedFact } from "./fact.ts";

const PANEL = { left: LEFT, right: RIGHT, top: 56, bottom: 260 };
const HEIGHT = 300;
/** So many pixels lie at least between the numbers of two episodes; numbers that have no room are left out. */
const ROOM_FOR_NUMBER = 16;

/** The alarm's metric over the window, with its threshold and its episodes. */
export default defineFigure({
  place: "impact",
  needs: { alarm: alarmFact, judged: judgedFact, episodes: episodesFact },
  uses: {},
  draw({ alarm, judged, episodes }) {
    const values = judged.values.values.filter((value) => value !== null);
    if (values.length === 0) return null;
    const highest = values.reduce((best, value) => Math.max(best, value));
    const { unit } = judged;
    const side = badSide(alarm);
    const furthest = side === "below" ? values.reduce((best, value) => Math.min(best, value)) : highest;
    const bad = values.filter((value) => breaches(alarm, value)).length;
    const x = timeScale(episodes.window, PANEL);
    const scale = axisScale(unit);
    const y = valueScale(scale * Math.max(highest, alarm.threshold), PANEL);
    const span = `${clock(episodes.window.start)} to ${clock(episodes.window.end)} UTC`;
    const title = `${what(alarm)} of each ${duration(alarm.period)}, with the alarm's threshold and episodes`;
    const description = `From ${span} the metric ${side === "below" ? "falls to" : "reaches"} ${valueWords(unit, furthest)}; the threshold is ${valueWords(unit, alarm.threshold)}. ${percent(bad / values.length)} of its ${plural(values.length, "datapoint")} are ${side === "outside" ? "above" : side} it, in ${plural(episodes.episodes.length, "episode")} of ALARM.`;
    let free = PANEL.left;
    const bands = episodes.episodes.flatMap(({ id, alarmAt, okAt }) => {
      const stay = { start: alarmAt, end: okAt ?? episodes.window.end };
      const middle = (Math.max(PANEL.left, x(stay.start * 1000)) + Math.min(PANEL.right, x(stay.end * 1000))) / 2;
      const number = middle >= free ? [label(middle, PANEL.top - 4, String(id), "m", "middle")] : [];
      if (middle >= free) free = middle + ROOM_FOR_NUMBER;
      return [band(stay, x, PANEL), ...number];
    });
    return picture({ name: "alarm-metric", title, description }, HEIGHT, [
      ...valueAxis(y, PANEL, axisWords(unit)),
      ...bands,
      ...timeAxis(x, PANEL),
      element("path", { class: "line c0", d: path(drawn(judged.values, scale), x, y), "stroke-linecap": "round" }),
      ...level(scale * alarm.threshold, `threshold ${valueWords(unit, alarm.threshold)}`, y, PANEL, "limit"),
      label(PANEL.left, HEIGHT - 6, "shaded and numbered: the alarm was in ALARM; times in UTC", "m"),
    ]);
  },
});

function what(alarm: AlarmFact): string {
  const { expression, metric, statistic } = alarm;
  return expression && judgesExpression(alarm) ? expression.words : `${metric}, ${statistic}`;
}

function drawn(series: Series, scale: number): Series {
  return { ...series, values: series.values.map((value) => (value === null ? null : value * scale)) };
}
