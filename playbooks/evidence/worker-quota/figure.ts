import {
  defineFigure,
  element,
  episodeTick,
  LEFT,
  label,
  level,
  picture,
  RIGHT,
  scaleBand,
  valueAxis,
  valueScale,
} from "../../../src/figure.ts";
import { type DemandFact, plain, plural, range, seconds, spike } from "../../../src/playbook.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { demandFact } from "./fact.ts";

const PANEL = { left: LEFT, right: RIGHT, top: 76, bottom: 256 };
const HEIGHT = 304;

/** How many requests were in flight in each spike, and how many the fleet can process. */
export default defineFigure({
  place: "cause",
  needs: { demand: demandFact },
  uses: { episodes: episodesFact },
  draw({ demand, episodes }) {
    const word = spike(episodes);
    if (demand.byEpisode.length === 0) return null;
    const { byEpisode, ceiling } = demand;
    const y = valueScale(
      byEpisode.reduce((best, { outstanding, demand: needed }) => Math.max(best, outstanding, needed), ceiling ?? 0),
      PANEL,
    );
    const x = scaleBand(
      byEpisode.map(({ episode }) => String(episode)),
      [PANEL.left, PANEL.right],
    ).padding(0.35);
    const every = Math.ceil(byEpisode.length / 40);
    const began = (id: number) => episodes?.episodes.find((one) => one.id === id)?.burst.start;
    const bars = byEpisode.flatMap(({ episode, outstanding, demand: needed }, place) => {
      const left = x(String(episode)) ?? PANEL.left;
      const centre = left + x.bandwidth() / 2;
      const width = Math.min(60, x.bandwidth());
      const top = y(outstanding);
      return [
        element("rect", {
          class: "bar",
          x: centre - width / 2,
          y: top,
          width,
          height: Math.max(1, PANEL.bottom - top),
        }),
        element("rect", { class: "mark", x: centre - width / 2 - 4, y: y(needed) - 1.5, width: width + 8, height: 3 }),
        ...(place % every === 0 ? episodeTick(centre, PANEL, episode, began(episode), byEpisode.length) : []),
      ];
    });
    const title = `Capacity against demand: requests in flight in the worst minute of each ${word}`;
    return picture({ name: "demand", title, description: described(demand, word) }, HEIGHT, [
      label(
        16,
        46,
        "bars: in flight (rate × latency) · orange: in flight without a queue · by episode and its beginning (UTC)",
        "m",
      ),
      ...valueAxis(y, PANEL, "requests"),
      ...bars,
      element("line", { class: "axis", x1: PANEL.left, x2: PANEL.right, y1: PANEL.bottom, y2: PANEL.bottom }),
      ...(ceiling === null ? [] : level(ceiling, `capacity: ${plain(ceiling)}`, y, PANEL, "limit")),
    ]);
  },
});

function described({ byEpisode, ceiling, pods, workers, serviceTime }: DemandFact, word: string): string {
  const outstanding = byEpisode.map((one) => one.outstanding);
  const low = plain(Math.round(Math.min(...outstanding) * 10) / 10);
  const high = plain(Math.round(Math.max(...outstanding) * 10) / 10);
  const can =
    ceiling === null
      ? "how many can be processed at a time is not known, since the number of workers is not"
      : `the fleet can process ${pods} × ${workers ?? "?"} = ${plain(ceiling)} at a time`;
  return `In ${plural(byEpisode.length, word)} ${range(low, high)} requests were in flight, queueing included; ${can}. A request takes ${seconds(serviceTime)} without a queue.`;
}
