import {
  breachesIn,
  defineSignal,
  highest,
  lowest,
  median,
  no,
  range,
  unclear,
  unknown,
  valueAt,
  yes,
} from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { alarmMetricFact, episodesFact } from "../evidence/alarm-history/fact.ts";

/** Up to this many requests a datapoint, one request is at least a thirtieth of the average. */
export const FEW = 30;
/** From this many on, one request hardly shows in it. */
export const MANY = 60;

/** Do the breaching datapoints rest on a handful of requests (000 A8)? */
export default defineSignal({
  id: "few-requests",
  question: "Do the breaching datapoints hold only a handful of requests?",
  needs: { alarm: alarmFact, alarmMetric: alarmMetricFact, episodes: episodesFact },
  uses: {},
  read({ alarm, alarmMetric, episodes: { episodes } }) {
    const evidence = ["alarm-history.requests", "alarm-history.metric"];
    const bursts = episodes.map(({ burst }) => burst);
    const points = breachesIn(alarm, alarmMetric.judged, bursts);
    const requests = points.map(({ at }) => valueAt(alarmMetric.requests, at) ?? 0);
    const [usual, few, many] = [median(requests), lowest(requests), highest(requests)];
    if (usual === null || few === null || many === null || usual === 0)
      return unknown("needs the request counts of the breaching datapoints", evidence);
    const figure = `the breaching datapoints hold ${range(String(few), String(many))} requests each`;
    if (usual <= FEW) return yes(figure, evidence, usual);
    return usual >= MANY ? no(figure, evidence, usual) : unclear(figure, evidence, usual);
  },
});
