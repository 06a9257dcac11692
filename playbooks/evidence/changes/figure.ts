import { band, defineFigure, element, LEFT, label, picture, RIGHT, timeAxis, timeScale } from "../../../src/figure.ts";
import { type ChangeFact, changeWords, clock, plural } from "../../../src/playbook.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { changesFact } from "./fact.ts";
import { LANES, laneOf } from "./lanes.ts";

/** Pixels of one row. */
const ROW = 26;
const TOP = 40;

/** Changes, rollouts and scalings on the axis of the alarm's chart, with its episodes behind them. */
export default defineFigure({
  place: "impact",
  needs: { changed: changesFact, episodes: episodesFact },
  uses: {},
  draw({ changed: { changes }, episodes: { window, episodes } }) {
    if (changes.length === 0) return null;
    const lanes = LANES.filter(({ lane }) => changes.some((one) => laneOf(one) === lane));
    const panel = { left: LEFT, right: RIGHT, top: TOP, bottom: TOP + lanes.length * ROW };
    const x = timeScale(window, panel);
    const mark = (one: ChangeFact, y: number) => {
      const from = x(one.at * 1000);
      const line =
        one.until > one.at
          ? [element("line", { class: "line c0", x1: from, x2: x(one.until * 1000), y1: y, y2: y })]
          : [];
      return [
        ...line,
        element("circle", {
          class: one.reaches === "yes" ? "line c1" : "line c0",
          cx: from,
          cy: y,
          r: one.reaches === "yes" ? 6 : 3,
        }),
      ];
    };
    const rows = lanes.flatMap(({ lane, name }, index) => {
      const y = TOP + (index + 0.5) * ROW;
      const own = changes.filter((one) => laneOf(one) === lane);
      return [label(LEFT - 8, y + 4, name, "m", "end"), ...own.flatMap((one) => mark(one, y))];
    });
    const reaching = changes.filter(({ reaches }) => reaches === "yes");
    const told = reaching.map((one) => `${clock(one.at)} UTC: ${changeWords(one)}`).join("; ");
    const description = `${plural(changes.length, "change")} in the window, ${reaching.length} of which can affect what fails${told === "" ? "" : `. ${told}`}.`;
    return picture(
      { name: "changes", title: "Changes, rollouts and scalings, with the alarm's episodes", description },
      panel.bottom + 44,
      [
        ...episodes.map(({ alarmAt, okAt }) => band({ start: alarmAt, end: okAt ?? window.end }, x, panel)),
        ...rows,
        ...timeAxis(x, panel),
        label(
          LEFT,
          panel.bottom + 38,
          "shaded: the alarm was in ALARM; large: it can affect what fails; times in UTC",
          "m",
        ),
      ],
    );
  },
});
