import {
  cells,
  defineSignal,
  median,
  no,
  seconds,
  spike,
  unclear,
  unknown,
  valueAt,
  valuesOutside,
  valuesWhere,
  within,
  withoutSlowest,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { guiltyMetricFact } from "../evidence/target-groups/fact.ts";

/** The typical request (p50) is slower from this factor on; a few slow ones alone do not move it. */
export const SLOWER = 2;
/** Up to this factor it is as fast as ever. */
export const AS_FAST = 1.3;
/** Requests in a minute from which its median is told from chance: 10 / (1 − 0.5) (CloudWatch User Guide, low data samples). */
export const FOR_A_MEDIAN = 20;

/** Do most requests become slower in the episodes, or only a few? */
export default defineSignal({
  id: "typical-request-slower",
  question: "Does the typical request become slower in the episodes?",
  needs: { metric: guiltyMetricFact, episodes: episodesFact },
  uses: {},
  read({ metric, episodes }) {
    const evidence = ["target-groups.typical"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const inside = (at: number) => within(bursts, at);
    const before = median(valuesOutside(metric.p50, bursts));
    if (before === null) return unknown("needs the median latency outside the episodes", evidence);
    const tells = (at: number) => (valueAt(metric.requests, at) ?? 0) >= FOR_A_MEDIAN;
    const now = median(valuesWhere(metric.p50, (at) => inside(at) && tells(at)));
    if (now === null) {
      const few = `no minute of the ${spike(episodes)}s holds ${FOR_A_MEDIAN} requests`;
      // A minute of one request holds no others.
      const others = median(
        cells(metric.requests).flatMap(({ at, value }) =>
          inside(at) && value > 1 ? (withoutSlowest(metric, at) ?? []) : [],
        ),
      );
      if (others !== null && others < AS_FAST * before)
        return no(
          `${few}, and without the slowest one they took ${seconds(others)} on average`,
          evidence,
          others / before,
        );
      return unclear(`${few}: of fewer, half may be slow by chance`, evidence);
    }
    const ratio = now / before;
    const figure = `half of the requests took ${seconds(now)} in the ${spike(episodes)}s and ${seconds(before)} outside them`;
    if (ratio >= SLOWER) return yes(figure, evidence, ratio);
    return ratio <= AS_FAST ? no(figure, evidence, ratio) : unclear(figure, evidence, ratio);
  },
});
