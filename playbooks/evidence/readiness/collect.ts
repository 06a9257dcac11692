import { cells, defineStep, plural, queryRange, quoted, spike, within } from "../../../src/playbook.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { firstThatHolds } from "../pod-cpu/rates.ts";
import { workloadFact } from "../workload/fact.ts";
import { type PodReadiness, readinessFact } from "./fact.ts";

const STEP = 60;

/** When each pod of the workload was made and when it was ready, from kube-state-metrics: pods that are gone are in it too. */
export default defineStep({
  id: "readiness",
  title: "readiness",
  needs: { workload: workloadFact },
  uses: [episodesFact],
  gives: [readinessFact],
  async run({ facts: { workload }, window, ask, use, give, find, lack }) {
    // Where honorLabels is off, what kube-state-metrics says of an object is told from its own labels by a prefix.
    const forms = (metric: string, more: string) =>
      ["", "exported_"].map((prefix) =>
        queryRange(
          `max by (${prefix}pod) (${metric}{${prefix}namespace=${quoted(workload.namespace)},${prefix}pod=~${quoted(workload.podPattern)}${more}})`,
          window,
          STEP,
        ),
      ) as [ReturnType<typeof queryRange>, ReturnType<typeof queryRange>];
    const [ready, created] = await Promise.all([
      firstThatHolds(forms("kube_pod_status_ready", ',condition="true"'), ask),
      firstThatHolds(forms("kube_pod_created", ""), ask),
    ]);
    if (!ready.answer.ok) return;
    if (ready.answer.value.length === 0) {
      lack({
        source: "prometheus",
        kind: "missing",
        what: `it does not say when the pods of ${workload.name} were ready (kube_pod_status_ready)`,
        remedy: "check that this Prometheus scrapes kube-state-metrics; kubectl get pods shows who is ready now",
      });
      return;
    }
    const nameOf = ({ pod, exported_pod: exported }: Readonly<Record<string, string>>) => pod ?? exported ?? "?";
    const made = new Map(
      (created.answer.ok ? created.answer.value : []).map(({ labels, series }) => [
        nameOf(labels),
        cells(series)[0]?.value ?? null,
      ]),
    );
    const pods = ready.answer.value
      .map(({ labels, series }): PodReadiness => {
        const pod = nameOf(labels);
        const firstReady = cells(series).find(({ value }) => value > 0)?.at ?? null;
        return { pod, created: made.get(pod) ?? null, firstReady, ready: series };
      })
      .sort((a, b) => (a.pod < b.pod ? -1 : 1));
    give(readinessFact, pods);
    const episodes = await use(episodesFact);
    const bursts = episodes?.episodes.map(({ burst }) => burst) ?? [];
    const added = pods.filter(({ created: at }) => at !== null && at >= window.start);
    const lost = pods.filter(({ firstReady, ready: line }) =>
      cells(line).some(({ at, value }) => firstReady !== null && at > firstReady && value === 0 && within(bursts, at)),
    );
    find({
      id: "pods",
      statement: `${added.length} of ${plural(pods.length, "pod")} began in the window; ${lost.length} stopped being ready in the ${spike(episodes)}s`,
      measures: { pods: pods.length, added: added.length, lost: lost.length },
      proof: [ready.asked.question, created.asked.question],
    });
  },
});
