import {
  cells,
  defineSignal,
  LATE,
  LOOKED_BACK,
  median,
  no,
  plural,
  type Span,
  spike,
  unclear,
  unknown,
  valuesOutside,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { guiltyMetricFact } from "../evidence/target-groups/fact.ts";
import { MORE } from "./arrivals-rose.ts";

/** In this share of the episodes the requests must rise after the latency: one of many may be chance. */
export const MOST = 0.6;

/**
 * Do requests rise only after latency has risen? Load that makes a service slow comes first; clients that send again
 * because it is slow come after.
 */
export default defineSignal({
  id: "requests-follow-latency",
  question: "Do more requests arrive only after latency has risen?",
  needs: { metric: guiltyMetricFact, episodes: episodesFact },
  uses: {},
  read({ metric: { average, requests }, episodes }) {
    const evidence = ["target-groups.shares"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const [usual, few] = [median(valuesOutside(average, bursts)), median(valuesOutside(requests, bursts))];
    if (usual === null || few === null || bursts.length === 0)
      return unknown("needs the requests and the latency inside and outside the episodes", evidence);
    const first = (series: typeof average, { start, end }: Span, least: number) =>
      cells(series).find(({ at, value }) => at >= start - LOOKED_BACK && at < end && value >= least)?.at ?? null;
    const lags = bursts.flatMap((burst) => {
      const [late, more] = [first(average, burst, LATE * usual), first(requests, burst, MORE * few)];
      return late === null || more === null ? [] : [more - late];
    });
    const after = lags.filter((lag) => lag > 0).length;
    const figure = `in ${after} of ${plural(bursts.length, spike(episodes))} requests rise after latency does`;
    const share = after / bursts.length;
    if (share >= MOST) return yes(figure, evidence, share);
    // Clients that wait for seconds send again within the same minute: then the figures do not show which came first.
    const same = lags.filter((lag) => lag === 0).length;
    if (after + same === 0) return no(figure, evidence, share);
    return unclear(same === 0 ? figure : `${figure}, and in ${same} within the same minute`, evidence, share);
  },
});
