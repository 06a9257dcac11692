import {
  type Ask,
  type BlameFact,
  type Container,
  type EpisodesFact,
  escaped,
  type GroupLoad,
  listPods,
  median,
  type Question,
  quantile,
  query,
  quoted,
  type RangeLine,
  type ServiceFact,
  type Span,
  selectorOf,
  sum,
  type TargetGroupFact,
  valuesIn,
  workersOf,
} from "../../../src/playbook.ts";
import { compare } from "../cluster/collect.ts";
import { minuteBefore } from "../pod-cpu/lines.ts";
import { askRates } from "../pod-cpu/rates.ts";
import { findService } from "../service/find.ts";
import { toContainer } from "../workload/collect.ts";
import { servingContainer } from "../workload/serving.ts";
import type { RisenGroup, RisenGroups } from "./fact.ts";
import { healthyIds } from "./targets.ts";

/** So many groups are looked at, the heaviest first: one that others wait for makes much of the excess itself. */
const LOOKED_AT = 5;
/** The busiest pods' minutes lie above this share of all; see PodCpuFact.plateau. */
const BUSIEST = 0.95;

/** A group whose pods are known, with what to ask Prometheus for. */
interface Known {
  readonly load: GroupLoad;
  readonly service: ServiceFact;
  readonly serving: Container;
  readonly workersFrom: Parameters<typeof workersOf>[0];
  readonly pod: string;
  readonly pods: number;
  /** Matches its pods, earlier ones of the same ReplicaSets too. */
  readonly pattern: string;
}

/**
 * What the pods of the risen groups did in the episodes: one of them may be what the others call. A handful of questions
 * for each group's Service, targets and pods, and one for each metric over all of them.
 */
export async function readRisen(
  { groups, alsoRose }: BlameFact,
  all: readonly TargetGroupFact[],
  episodes: EpisodesFact,
  window: Span,
  ask: Ask,
): Promise<{ fact: RisenGroups; proof: Question[] }> {
  const risen = groups.filter(({ name }) => alsoRose.includes(name)).sort((a, b) => b.share - a.share);
  const looked = risen.slice(0, LOOKED_AT);
  const found = await Promise.all(looked.map((load) => podsOf(load, all, ask)));
  const known = found.filter((one): one is Known => typeof one !== "string");
  const metrics = known.length === 0 ? null : await readMetrics(known, window, ask);
  const bursts = episodes.episodes.map(({ burst }) => burst);
  const facts = looked.map((load, index): RisenGroup => {
    const base = { arn: load.arn, name: load.name, outside: load.outside ?? 0, inside: load.inside ?? 0 };
    const none = { pods: 0, plateau: null, limit: null, workers: null, throttledShare: null };
    const one = found[index];
    if (one === undefined || typeof one === "string")
      return { ...base, ...none, service: null, unread: one ?? "it was not looked at" };
    const service = `${one.service.namespace}/${one.service.name}`;
    const own = metrics?.of(one, bursts) ?? { plateau: null, workers: null, throttledShare: null };
    const unread = own.plateau === null ? "Prometheus has no CPU series of its pods in the episodes" : null;
    return { ...base, ...own, service, pods: one.pods, limit: one.serving.cpuLimit, unread };
  });
  return { fact: { groups: facts, more: risen.length - looked.length }, proof: metrics?.proof ?? [] };
}

/** The pods behind a group, or why they are not known. A Service of another cluster may bear the same name. */
async function podsOf(load: GroupLoad, all: readonly TargetGroupFact[], ask: Ask): Promise<Known | string> {
  const group = all.find(({ arn }) => arn === load.arn);
  if (!group) return "its target group is not known";
  const [{ service }, ids] = await Promise.all([findService(group, ask), healthyIds(group.arn, ask)]);
  if (!service || Object.keys(service.selector).length === 0) return "no Service is proven to be behind it";
  const compared = ids.length === 0 ? null : await compare(group, ids, ask);
  if (!compared || compared.strangers.length > 0) return "its targets are not shown to be this cluster's";
  const pods = await ask(listPods(service.namespace, selectorOf(service.selector)));
  if (!pods.ok) return "its pods could not be listed";
  const [first] = pods.value;
  const serving = first && servingContainer(first.spec.containers, service.targetPort);
  if (!first || !serving) return "its Service selects no pod";
  const prefixes = [...new Set(pods.value.map(({ metadata }) => metadata.name.replace(/-[^-]+$/, "")))];
  return {
    load,
    service,
    serving,
    workersFrom: toContainer(serving, first.spec),
    pod: first.metadata.name,
    pods: pods.value.length,
    pattern: prefixes.map((prefix) => `${escaped(prefix)}-[a-z0-9]+`).join("|"),
  };
}

async function readMetrics(known: readonly Known[], window: Span, ask: Ask) {
  const anyOf = (values: readonly string[]) => quoted([...new Set(values)].join("|"));
  const where = [
    `namespace=~${anyOf(known.map(({ service }) => escaped(service.namespace)))}`,
    `pod=~${anyOf(known.map(({ pattern }) => pattern))}`,
    `container=~${anyOf(known.map(({ serving }) => escaped(serving.name)))}`,
  ].join(",");
  // max: a store may hold a series twice (two jobs, two replicas), and each pod counts once.
  const each = (inner: string) => `max by (namespace, pod, container) (${inner})`;
  const counter = (metric: string) => (range: string) => each(`increase(${metric}{${where}}[${range}])`);
  const processesAsked = query(each(`container_processes{${where}}`), window.end);
  const [cpu, throttled, periods, processes] = await Promise.all([
    askRates((range) => each(`rate(container_cpu_usage_seconds_total{${where}}[${range}])`), window, ask),
    askRates(counter("container_cpu_cfs_throttled_periods_total"), window, ask),
    askRates(counter("container_cpu_cfs_periods_total"), window, ask),
    ask(processesAsked),
  ]);
  const of = (one: Known, bursts: readonly Span[]) => {
    const own = ({ answer }: typeof cpu) => (answer.ok ? answer.value.filter((line) => isOf(line, one)) : []);
    const inBursts = (lines: readonly RangeLine[]) =>
      lines.flatMap(({ series }) => valuesIn(minuteBefore(series), bursts));
    const all = sum(inBursts(own(periods)));
    const counted = processes.ok ? processes.value.filter((line) => isOf(line, one)).map(({ value }) => value) : [];
    const { workers, singleCore } = workersOf(one.workersFrom, {
      configMaps: new Map(),
      list: null,
      processes: median(counted),
      pod: { namespace: one.service.namespace, pod: one.pod },
    });
    return {
      plateau: quantile(inBursts(own(cpu)), BUSIEST),
      throttledShare: all === 0 ? null : sum(inBursts(own(throttled))) / all,
      workers: singleCore === true ? workers : null,
    };
  };
  return { of, proof: [cpu.question, throttled.question, periods.question, processesAsked.question] };
}

function isOf({ labels }: Pick<RangeLine, "labels">, { service, pattern, serving }: Known): boolean {
  return (
    labels.namespace === service.namespace &&
    labels.container === serving.name &&
    new RegExp(`^(?:${pattern})$`).test(labels.pod ?? "")
  );
}
