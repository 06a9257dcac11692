import {
  type Ask,
  podSnapshot,
  type Question,
  query,
  queryRange,
  quoted,
  type RangeLine,
  type ServiceFact,
  type Span,
  selectorOf,
  type WorkloadFact,
} from "../../../src/playbook.ts";
import { CLUSTER_LABELS } from "./lines.ts";
import { askRates, firstThatHolds, STEP } from "./rates.ts";

const USAGE = "container_cpu_usage_seconds_total";
const THROTTLED = "container_cpu_cfs_throttled_periods_total";
const PERIODS = "container_cpu_cfs_periods_total";

/** Everything that is asked about the pods' CPU; the containers' and clusters' own series beside the plain sum. */
export async function readCpu(workload: WorkloadFact, service: ServiceFact, window: Span, ask: Ask) {
  const { namespace, podPattern, serving } = workload;
  const pods = `namespace=${quoted(namespace)},pod=~${quoted(podPattern)}`;
  const container = `${pods},container=${quoted(serving.name)}`;
  const summed = (metric: string) => (range: string) => `sum by (pod) (increase(${metric}{${container}}[${range}]))`;
  const each = (metric: string) => (range: string) =>
    `max by (pod, container) (increase(${metric}{${pods},container!="",container!="POD"}[${range}]))`;
  const once = (labels: readonly string[], where: string) => (range: string) =>
    `max by (${["pod", ...labels, "cpu", ...CLUSTER_LABELS].join(", ")}) (rate(${USAGE}{${pods}${where}}[${range}]))`;
  const restartsIn = (prefix: string) =>
    query(
      `sum by (${prefix}pod) (increase(kube_pod_container_status_restarts_total{${prefix}namespace=${quoted(namespace)},${prefix}pod=~${quoted(podPattern)}}[${Math.round(window.end - window.start)}s]))`,
      window.end,
    );
  const snapshotAsked = podSnapshot(service.namespace, selectorOf(service.selector));
  const several = workload.containers.length > 1;
  const [plain, own, throttled, periods, eachThrottled, eachPeriods, restarts, snapshot] = await Promise.all([
    askRates((range) => `sum by (pod) (rate(${USAGE}{${container}}[${range}]))`, window, ask),
    askRates(once(["container"], ',container!="",container!="POD"'), window, ask),
    askRates(summed(THROTTLED), window, ask),
    askRates(summed(PERIODS), window, ask),
    several ? askRates(each(THROTTLED), window, ask) : null,
    several ? askRates(each(PERIODS), window, ask) : null,
    firstThatHolds([restartsIn(""), restartsIn("exported_")], ask),
    ask(snapshotAsked),
  ]);
  const none = answers(plain).length === 0 && answers(own).length === 0;
  const answered = plain.answer.ok || own.answer.ok;
  // Some cAdvisors and runtimes give no container label; what the pod's own cgroup used is then all there is.
  const whole = none && answered ? await askRates(once([], ""), window, ask) : null;
  const increase = (metric: string) => `sum(increase(${metric}{${container}}[5m]))`;
  return {
    /** The share of throttled periods as one query, for a person. */
    throttledShare: queryRange(`${increase(THROTTLED)} / ${increase(PERIODS)}`, window, STEP).question,
    plain,
    own,
    whole,
    throttled,
    periods,
    eachThrottled,
    eachPeriods,
    restarts,
    snapshot,
    snapshotAsked,
    answered,
  };
}

/** The lines of an answer; none where it did not come. */
export function answers(rates: { readonly answer: Asked } | null): readonly RangeLine[] {
  return rates?.answer.ok ? rates.answer.value : [];
}

type Asked = Awaited<ReturnType<typeof askRates>>["answer"];

export function questionsOf(...rates: readonly ({ readonly question: Question } | null)[]): Question[] {
  return rates.flatMap((one) => (one ? [one.question] : []));
}
