import {
  type Ask,
  escaped,
  type Labels,
  median,
  type NodeFact,
  quantile,
  query,
  quoted,
  type RangeLine,
  type Series,
  type Span,
  sum,
  valuesIn,
  valuesOutside,
} from "../../../src/playbook.ts";
import { minuteBefore } from "../pod-cpu/lines.ts";
import { askRates, firstThatHolds } from "../pod-cpu/rates.ts";

/** Modes in which a CPU works. In iowait it has nothing to do but wait for a disk; in steal another machine has it. */
const WORKING = ["user", "nice", "system", "irq", "softirq"];

/** CPU requests of one namespace on one node, cores. */
interface Requested {
  readonly node: string;
  readonly namespace: string;
  readonly cores: number;
}

/**
 * What the nodes' exporters and kube-state-metrics say of these nodes. node-exporter is known by the node's address and
 * port, by its name (the default of kube-prometheus' own manifests), or by a label node that service discovery adds.
 */
export async function readNodes(hosts: readonly NodeFact[], window: Span, ask: Ask) {
  const addresses = hosts.flatMap(({ ip }) => (ip === null ? [] : [`${escaped(ip)}:.*`]));
  const names = hosts.map(({ name }) => escaped(name));
  const idle = (range: string) =>
    `1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle",instance=~${quoted(addresses.join("|"))}}[${range}]))`;
  const modes = (labels: string, where: string) => (range: string) =>
    `avg by (${labels}, mode) (rate(node_cpu_seconds_total{mode!="idle",${where}}[${range}]))`;
  const everyName = [...addresses, ...names.map((name) => `${name}(:.*)?`)].join("|");
  const requestsIn = (prefix: string) =>
    query(
      `sum by (${prefix}node, ${prefix}namespace) (kube_pod_container_resource_requests{resource="cpu",${prefix}node=~${quoted(names.join("|"))}})`,
      window.end,
    );
  const [rates, byInstance, requested] = await Promise.all([
    askRates(idle, window, ask),
    askRates(modes("instance", `instance=~${quoted(everyName)}`), window, ask),
    firstThatHolds([requestsIn(""), requestsIn("exported_")], ask),
  ]);
  const lines = (one: typeof rates) => (one.answer.ok ? one.answer.value : []);
  const found = lines(byInstance).length > 0 || lines(rates).length > 0;
  const answered = byInstance.answer.ok || rates.answer.ok;
  const byNode =
    !found && answered ? await askRates(modes("node", `node=~${quoted(names.join("|"))}`), window, ask) : null;
  const byMode = byNode ? lines(byNode) : lines(byInstance);
  const requests = (requested.answer.ok ? requested.answer.value : []).map(
    ({ labels, value }): Requested => ({
      node: labels.node ?? labels.exported_node ?? "",
      namespace: labels.namespace ?? labels.exported_namespace ?? "",
      cores: value,
    }),
  );
  return {
    requests,
    empty: answered && !found && (byNode?.answer.ok ?? true) && byMode.length === 0,
    proof: [...(byNode ? [byNode.question] : [rates.question]), requested.asked.question],
    loadOf: (node: NodeFact, bursts: readonly Span[]): Load => {
      const own = byMode.filter(({ labels }) => isOf(labels, node));
      if (own.length > 0) return loadByMode(own, bursts);
      const line = lines(rates).find(({ labels }) => isOf(labels, node));
      return { busyInBursts: line ? reached(minuteBefore(line.series), bursts) : null };
    },
  };
}

type Load = Pick<NodeFact, "busyInBursts" | "iowaitInBursts" | "stealInBursts" | "iowait">;

function loadByMode(lines: readonly RangeLine[], bursts: readonly Span[]): Load {
  const course = (modes: readonly string[]) => {
    const series = lines.flatMap((line) => (modes.includes(line.labels.mode ?? "") ? [minuteBefore(line.series)] : []));
    return series.length === 0 ? null : added(series);
  };
  const of = (modes: readonly string[]) => {
    const series = course(modes);
    return series === null ? null : reached(series, bursts);
  };
  const waits = course(["iowait"]);
  return {
    busyInBursts: of(WORKING),
    iowaitInBursts: of(["iowait"]),
    stealInBursts: of(["steal"]),
    ...(waits === null
      ? {}
      : {
          iowait: {
            inEach: bursts.map((burst) => reached(waits, [burst])),
            outside: median(valuesOutside(waits, bursts)),
          },
        }),
  };
}

function added(series: readonly Series[]): Series {
  const [first] = series as readonly [Series];
  const values = first.values.map((_, index) => {
    const here = series.flatMap((one) => one.values[index] ?? []);
    return here.length === 0 ? null : sum(here);
  });
  return { ...first, values };
}

/** A share is that which a quarter of the bursts' minutes reach; see NodeFact. */
const REACHED = 0.75;

function reached(series: Series, bursts: readonly Span[]): number | null {
  return quantile(valuesIn(series, bursts), REACHED);
}

function isOf({ instance = "", node }: Labels, { ip, name }: NodeFact): boolean {
  return (
    node === name ||
    instance === name ||
    instance.startsWith(`${name}:`) ||
    (ip !== null && instance.startsWith(`${ip}:`))
  );
}
