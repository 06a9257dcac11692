import {
  cells,
  clock,
  defineStep,
  listed,
  listPods,
  plural,
  queryRange,
  quoted,
  type Span,
  selectorOf,
  type WorkloadFact,
} from "../../../src/playbook.ts";
import { matchesOf } from "../../signals/restarts-match-episodes.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { serviceFact } from "../service/fact.ts";
import { workloadFact } from "../workload/fact.ts";
import { type Restart, restartsFact } from "./fact.ts";

/** Whether each of the workload's pods ran through the whole window, and says of itself that no container was restarted. */
function neverRestarted({ pods, replicas }: WorkloadFact, { start }: Span): boolean {
  return (
    pods.length > 0 &&
    pods.length >= replicas &&
    pods.every(({ created, restarts }) => created !== null && created <= start && restarts === 0)
  );
}

const STEP = 60;
/** Restarts are told one by one up to this many. */
const TOLD = 5;

/** When containers of the workload were restarted, from kube-state-metrics, and why they ended. */
export default defineStep({
  id: "restarts",
  title: "restarts",
  needs: { workload: workloadFact },
  uses: [episodesFact, serviceFact],
  gives: [restartsFact],
  async run({ facts: { workload }, window, ask, use, give, find, lack }) {
    const labels = `namespace=${quoted(workload.namespace)},pod=~${quoted(workload.podPattern)}`;
    const asked = queryRange(`sum by (pod) (kube_pod_container_status_restarts_total{${labels}})`, window, STEP);
    const answer = await ask(asked);
    const counted = answer.ok && answer.value.length > 0;
    // Pods that are older than the window count their restarts themselves: none at all is none in it.
    if (!counted && neverRestarted(workload, window)) {
      const service = await use(serviceFact);
      give(restartsFact, { restarts: [], reasons: [] });
      find({
        id: "restarts",
        statement: `all ${plural(workload.pods.length, "pod")} are older than the window, and none of their containers was ever restarted`,
        measures: { restarts: 0, pods: workload.pods.length },
        proof: service ? [listPods(service.namespace, selectorOf(service.selector)).question] : [],
      });
      return;
    }
    if (!answer.ok) return;
    if (!counted) {
      lack({
        source: "prometheus",
        kind: "missing",
        what: `it has no restart counter (kube_pod_container_status_restarts_total) of the pods of ${workload.name}: that is not "no restart"`,
        remedy: "check that this Prometheus scrapes kube-state-metrics; kubectl get pods shows the current restarts",
      });
      return;
    }
    const restarts = answer.value
      .flatMap(({ labels: { pod = "?" }, series }) => {
        const points = cells(series);
        return points.flatMap(({ at, value }, index): Restart[] => {
          const before = points[index - 1];
          return before && value > before.value ? [{ pod, at }] : [];
        });
      })
      .sort((a, b) => a.at - b.at || (a.pod < b.pod ? -1 : 1));
    const reasons = [...new Set(workload.pods.flatMap(({ lastTermination }) => lastTermination ?? []))].sort();
    give(restartsFact, { restarts, reasons });
    const episodes = (await use(episodesFact))?.episodes ?? [];
    const { matched, hurting } = matchesOf(restarts, episodes);
    const when = restarts.slice(0, TOLD).map(({ pod, at }) => `${pod} at ${clock(at)}`);
    const more = restarts.length > TOLD ? ` and ${restarts.length - TOLD} more` : "";
    const why = reasons.length > 0 ? `; last terminated by ${listed(reasons)}` : "";
    find({
      id: "restarts",
      statement:
        restarts.length === 0
          ? "no container was restarted in the window"
          : `${plural(restarts.length, "restart")} in the window: ${when.join(", ")}${more}${why}`,
      measures: {
        restarts: restarts.length,
        reasons: reasons.join(", "),
        episodes: episodes.length,
        episodesBegun: matched,
        inEpisodes: restarts.length === 0 ? null : hurting / restarts.length,
      },
      proof: [asked.question],
    });
  },
});
