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
import { clock, duration, percent, plural, seconds } from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { alarmMetricFact, episodesFact } from "./fact.ts";

const PANEL = { left: LEFT, right: RIGHT, top: 56, bottom: 260 };
const HEIGHT = 300;
/** So many pixels lie at least between the numbers of two episodes; numbers that have no room are left out. */
const ROOM_FOR_NUMBER = 16;

/** The alarm's metric over the window, with its threshold and its episodes. */
export default defineFigure({
  place: "impact",
  needs: { alarm: alarmFact, alarmMetric: alarmMetricFact, episodes: episodesFact },
  uses: {},
  draw({ alarm, alarmMetric, episodes }) {
    const values = alarmMetric.judged.values.filter((value) => value !== null);
    if (values.length === 0) return null;
    const highest = values.reduce((best, value) => Math.max(best, value));
    const over = values.filter((value) => value > alarm.threshold).length;
    const x = timeScale(episodes.window, PANEL);
    const y = valueScale(Math.max(highest, alarm.threshold), PANEL);
    const span = `${clock(episodes.window.start)} to ${clock(episodes.window.end)} UTC`;
    const title = `${alarm.metric}, ${alarm.statistic} of each ${duration(alarm.period)}, with the alarm's threshold and episodes`;
    const description = `From ${span} the metric reaches ${seconds(highest)}; the threshold is ${seconds(alarm.threshold)}. ${percent(over / values.length)} of its ${plural(values.length, "datapoint")} are above it, in ${plural(episodes.episodes.length, "episode")} of ALARM.`;
    let free = PANEL.left;
    const bands = episodes.episodes.flatMap(({ id, alarmAt, okAt }) => {
      const stay = { start: alarmAt, end: okAt ?? episodes.window.end };
      const middle = (Math.max(PANEL.left, x(stay.start * 1000)) + Math.min(PANEL.right, x(stay.end * 1000))) / 2;
      const number = middle >= free ? [label(middle, PANEL.top - 4, String(id), "m", "middle")] : [];
      if (middle >= free) free = middle + ROOM_FOR_NUMBER;
      return [band(stay, x, PANEL), ...number];
    });
    return picture({ name: "alarm-metric", title, description }, HEIGHT, [
      ...valueAxis(y, PANEL, "seconds"),
      ...bands,
      ...timeAxis(x, PANEL),
      element("path", { class: "line c0", d: path(alarmMetric.judged, x, y), "stroke-linecap": "round" }),
      ...level(alarm.threshold, `threshold ${seconds(alarm.threshold)}`, y, PANEL, "limit"),
      label(PANEL.left, HEIGHT - 6, "shaded and numbered: the alarm was in ALARM; times in UTC", "m"),
    ]);
  },
});
