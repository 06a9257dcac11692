import {
  type AutoscalerFact,
  cells,
  defineFactor,
  type Epoch,
  percent,
  plural,
  sum,
  valuesIn,
} from "../../../src/playbook.ts";
import { alarmMetricFact, episodesFact } from "../../evidence/alarm-history/fact.ts";
import { autoscalerFact } from "../../evidence/autoscaler/fact.ts";
import { rolloutsFact } from "../../evidence/rollouts/fact.ts";

/** An episode belongs to a change of the fleet up to so many seconds after it: pods are replaced one by one, over minutes. */
const WITHIN = 600;
/** A metric's minute may begin this many seconds before the change that falls into it. */
const MINUTE = 60;
/** In this share of the episodes, and in at least so many, a change must come just before: one may be chance. */
const MOST = 0.6;
const LEAST = 2;
/** Up to this share of failed requests nothing is lost: the budget of a service that promises 99.9 % (SRE Workbook, chapter 2). */
const LOST = 0.001;

/** The alarm's cycles fall on rollouts and scale-ins that lose nothing (003). */
export default defineFactor({
  factor: "deploy-noise",
  action: {
    kind: "detect",
    title: "mute the alarm while a rollout runs, and watch errors meanwhile",
    settledBy: ["wait-before-stop", "warm-up-new-pods"],
  },
  needs: { episodes: episodesFact, metric: alarmMetricFact, rollouts: rolloutsFact, autoscaler: autoscalerFact },
  find({ episodes: { episodes }, metric, rollouts, autoscaler }) {
    const follows = (times: readonly Epoch[]) =>
      episodes.filter(({ burst }) => times.some((at) => burst.start >= at - MINUTE && burst.start <= at + WITHIN));
    const rolled = rollouts.map(({ at }) => at);
    const shrunk = scaleIns(autoscaler);
    const noise = follows([...rolled, ...shrunk]);
    if (noise.length < LEAST || noise.length < MOST * episodes.length) return null;
    const bursts = noise.map(({ burst }) => burst);
    const count = (series: typeof metric.requests) => sum(valuesIn(series, bursts));
    const requests = count(metric.requests);
    const failed = count(metric.target5xx) + (metric.elb5xx ? count(metric.elb5xx) : 0);
    if (requests === 0 || failed > LOST * requests) return null;
    const what = [
      ...(follows(rolled).length > 0 ? ["a rollout"] : []),
      ...(follows(shrunk).length > 0 ? ["a scale-in"] : []),
    ].join(" or ");
    return {
      statement: `${noise.length} of ${plural(episodes.length, "episode")} begin within ${WITHIN / 60} min after ${what}, and ${failed === 0 ? "no request" : `${percent(failed / requests)} of the requests`} failed in them`,
      evidence: ["rollouts.latest", "alarm-history.flapping"],
    };
  },
});

function scaleIns({ replicas }: AutoscalerFact): Epoch[] {
  const points = replicas ? cells(replicas) : [];
  return points.flatMap(({ at, value }, index) => (value < (points[index - 1]?.value ?? value) ? [at] : []));
}
