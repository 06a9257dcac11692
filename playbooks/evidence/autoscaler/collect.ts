import {
  type Autoscaler,
  type AutoscalerFact,
  coreCount,
  defineStep,
  type EpisodesFact,
  listAutoscalers,
  listed,
  listWorkloads,
  percent,
  plural,
  quantity,
  queryRange,
  quoted,
  type Series,
  type Span,
  spike,
  type Told,
  valuesIn,
} from "../../../src/playbook.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { firstThatHolds } from "../pod-cpu/rates.ts";
import { serviceFact } from "../service/fact.ts";
import { workloadFact } from "../workload/fact.ts";
import { autoscalerFact } from "./fact.ts";

const STEP = 60;

/** The autoscaler of the workload, whether it stood at its maximum in the bursts, and autoscalers that scale nothing. */
export default defineStep({
  id: "autoscaler",
  title: "autoscaler",
  // The namespace suffices to ask; which of its autoscalers is meant, the workload tells when it is known.
  needs: { service: serviceFact },
  uses: [workloadFact, episodesFact],
  gives: [autoscalerFact],
  async run({ facts, window, ask, use, give, find }) {
    const { namespace } = facts.service;
    const scalersAsked = listAutoscalers(namespace);
    const deploymentsAsked = listWorkloads("Deployment", namespace);
    const [scalers, deployments] = await Promise.all([ask(scalersAsked), ask(deploymentsAsked)]);
    const workload = await use(workloadFact);
    if (!scalers.ok || !workload) return;
    const { name, kind } = workload;
    const mine = scalers.value.find(
      ({ spec }) => spec.scaleTargetRef.kind === kind && spec.scaleTargetRef.name === name,
    );
    const names = deployments.ok ? new Set(deployments.value.map(({ metadata }) => metadata.name)) : null;
    const orphaned = scalers.value
      .filter(
        ({ spec }) =>
          spec.scaleTargetRef.kind === "Deployment" && names !== null && !names.has(spec.scaleTargetRef.name),
      )
      .map(({ metadata, spec }) => ({ name: metadata.name, target: spec.scaleTargetRef.name }));
    // Where honorLabels is off, what kube-state-metrics says of an object is told from its own labels by a prefix.
    const replicasIn = (label: string) =>
      queryRange(
        `max(kube_horizontalpodautoscaler_status_current_replicas{${label}=${quoted(namespace)},horizontalpodautoscaler=${quoted(mine?.metadata.name ?? "")}})`,
        window,
        STEP,
      );
    const { asked: replicasAsked, answer } = mine
      ? await firstThatHolds([replicasIn("namespace"), replicasIn("exported_namespace")], ask)
      : { asked: replicasIn("namespace"), answer: null };
    const replicas = answer?.ok ? (answer.value[0]?.series ?? null) : null;
    const episodes = await use(episodesFact);
    const bursts = (episodes?.episodes ?? []).map(({ burst }) => burst);
    const fact: AutoscalerFact = {
      target: mine ? toTarget(mine) : null,
      atMaximum: mine && replicas ? shareAtMaximum(replicas, mine.spec.maxReplicas, bursts) : null,
      replicas,
      orphaned,
    };
    give(autoscalerFact, fact);
    find({
      id: "target",
      ...words(fact, `${kind} ${name}`, episodes),
      proof: [scalersAsked.question, ...(mine ? [replicasAsked.question] : [])],
    });
    if (orphaned.length > 0)
      find({ id: "orphaned", ...orphanWords(orphaned), proof: [scalersAsked.question, deploymentsAsked.question] });
  },
});

/** Of the CPU metrics the first: on the whole pod's request, on one container's, or an average in cores. */
function toTarget({ metadata, spec, status }: Autoscaler): NonNullable<AutoscalerFact["target"]> {
  const cpu = spec.metrics.flatMap(({ type, resource, containerResource }) => {
    if (type === "Resource" && resource?.name === "cpu") return { ...resource, container: null };
    return type === "ContainerResource" && containerResource?.name === "cpu" ? containerResource : [];
  })[0];
  const average = cpu?.target.averageValue ?? null;
  return {
    name: metadata.name,
    // The API server fills in 1 where the object says nothing (Kubernetes API reference, HorizontalPodAutoscalerSpec).
    min: spec.minReplicas ?? 1,
    max: spec.maxReplicas,
    cpuUtilisation: cpu?.target.averageUtilization ?? null,
    ...(cpu?.container ? { container: cpu.container } : {}),
    ...(average === null ? {} : { averageCores: quantity(average) }),
    current: status?.currentReplicas ?? null,
    desired: status?.desiredReplicas ?? null,
  };
}

/** "at 85 % of the CPU request", "at 85 % of the CPU of container layout", "at 1.8 cores a pod" */
function targetWords({ cpuUtilisation, container, averageCores }: NonNullable<AutoscalerFact["target"]>): string {
  const whose = container ? ` of container ${container}` : "";
  if (cpuUtilisation !== null) return `at ${cpuUtilisation} % of the CPU${container ? whose : " request"}`;
  if (averageCores != null) return `at ${coreCount(averageCores)} a pod${whose && `, counted${whose}`}`;
  return "on something other than CPU";
}

function shareAtMaximum(replicas: Series, maximum: number, bursts: readonly Span[]): number | null {
  const inside = valuesIn(replicas, bursts);
  return inside.length === 0 ? null : inside.filter((value) => value >= maximum).length / inside.length;
}

function words({ target, atMaximum }: AutoscalerFact, workload: string, episodes: EpisodesFact | undefined): Told {
  if (!target) return { statement: `no autoscaler scales ${workload}`, measures: { exists: false } };
  const stood =
    atMaximum === null
      ? ""
      : atMaximum === 0
        ? `; in the ${spike(episodes)}s it was never at its maximum`
        : `; it was at its maximum in ${percent(atMaximum)} of the ${spike(episodes)}s' minutes`;
  return {
    statement: `autoscaler ${target.name} keeps ${target.min}–${target.max} pods ${targetWords(target)}; now ${target.current ?? "?"}${stood}`,
    measures: {
      exists: true,
      min: target.min,
      max: target.max,
      target: target.cpuUtilisation,
      ...(target.container ? { container: target.container } : {}),
      ...(target.averageCores == null ? {} : { averageCores: target.averageCores }),
      current: target.current,
      atMaximum,
    },
  };
}

function orphanWords(orphaned: AutoscalerFact["orphaned"]) {
  const names = listed(orphaned.map(({ name, target }) => `${name} (its Deployment ${target} does not exist)`));
  return {
    statement: `${plural(orphaned.length, "orphaned HPA")}: ${names}`,
    measures: { orphaned: orphaned.length },
  };
}
