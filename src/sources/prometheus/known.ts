/**
 * The labels that Prometheus's common installations put on their Services, in order of preference: what answers for all
 * replicas (Thanos, VictoriaMetrics' vmselect) before a single Prometheus. Collected from the selectors of HolmesGPT and
 * krr.
 */
export const PROMETHEUS_LABELS: readonly (readonly [label: string, value: string, installation: string])[] = [
  ["app.kubernetes.io/name", "thanos-query", "Thanos Query"],
  ["app.kubernetes.io/component", "query", "Thanos Query"],
  ["app.kubernetes.io/name", "vmselect", "VictoriaMetrics, vmselect"],
  ["app", "kube-prometheus-stack-prometheus", "kube-prometheus-stack"],
  ["app", "rancher-monitoring-prometheus", "rancher-monitoring"],
  ["app", "prometheus-operator-prometheus", "prometheus-operator"],
  ["app", "prometheus-prometheus", "Prometheus"],
  ["app", "prometheus-server", "Prometheus"],
  ["app", "prometheus", "Prometheus"],
  ["app.kubernetes.io/name", "prometheus", "Prometheus"],
  ["app.kubernetes.io/name", "vmsingle", "VictoriaMetrics, vmsingle"],
  ["app.kubernetes.io/name", "victoria-metrics-single", "VictoriaMetrics"],
];

/** What also wears one of these labels, and answers no PromQL. */
const OTHER = /alertmanager|node-exporter|kube-state-metrics|pushgateway|operator$|webhook|adapter|kubecost|jaeger/;
/** Names and numbers of the port with the API, the likeliest first. */
const PORTS = ["http-web", "web", "http-query", "http", "http-prometheus", "9090", "10902", "8481", "8428", "80"];

/** As much of a Service as is looked at. */
interface Service {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string | null | undefined;
    readonly labels?: { readonly [label: string]: string } | null | undefined;
  };
  readonly spec: {
    readonly clusterIP?: string | null | undefined;
    readonly ports?: readonly { readonly name?: string | null | undefined; readonly port: number }[] | null | undefined;
  };
}

export interface PrometheusService {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  /** How it is called by those who installed it: "kube-prometheus-stack". */
  readonly installation: string;
  /** Whether its namespace is none that is known for monitoring: whoever may make a Service there could have made it. */
  readonly elsewhere: boolean;
}

/**
 * Namespaces in which who runs the cluster installs its monitoring: the defaults of the charts and distributions above.
 * The labels alone prove nothing, since whoever may make a Service in some namespace may give it any.
 */
const MONITORING =
  /^(monitoring|prometheus|observability|metrics|thanos|victoria-metrics|vm|kube-prometheus(-stack)?|prometheus-operator|cattle-monitoring-system|openshift-(user-workload-)?monitoring|robusta|kube-system)$/;

/** Every Prometheus among Services, by its labels, the best first: those in a namespace of the cluster's monitoring lead. */
export function prometheusCandidates(services: readonly Service[]): readonly PrometheusService[] {
  const known = services.flatMap((service) => {
    const { metadata, spec } = service;
    const place = PROMETHEUS_LABELS.findIndex(([label, value]) => metadata.labels?.[label] === value);
    const port = portOf(service);
    if (place < 0 || port === null || OTHER.test(metadata.name)) return [];
    const namespace = metadata.namespace ?? "default";
    // A headless Service stands for the same pods as the one with an address beside it.
    const headless = spec.clusterIP === "None" ? PROMETHEUS_LABELS.length : 0;
    const elsewhere = !MONITORING.test(namespace);
    const rank = place + headless + (elsewhere ? 2 * PROMETHEUS_LABELS.length : 0);
    const installation = PROMETHEUS_LABELS[place]?.[2] ?? "";
    return [{ rank, found: { namespace, name: metadata.name, port, installation, elsewhere } }];
  });
  known.sort((a, b) => a.rank - b.rank || (pathOf(a.found) < pathOf(b.found) ? -1 : 1));
  return known.map(({ found }) => found);
}

/**
 * The Prometheus that is asked; null where there is none, or where several namespaces have one and none of them is the
 * cluster's monitoring: any tenant could have made it, so somebody has to choose.
 */
export function prometheusAmong(services: readonly Service[]): PrometheusService | null {
  const candidates = prometheusCandidates(services);
  const [best] = candidates;
  const alone = candidates.every(({ namespace }) => namespace === best?.namespace);
  return best && (alone || !best.elsewhere) ? best : null;
}

/** What must be said where the Prometheus that is asked could be a tenant's; nothing for one of the cluster's monitoring. */
export function whoseWords({ namespace, elsewhere }: PrometheusService): string {
  return elsewhere
    ? `; ${namespace} is not a usual monitoring namespace: check that it is yours, or name another with --prometheus-url`
    : "";
}

/** "monitoring/prometheus" */
export function pathOf({ namespace, name }: Pick<PrometheusService, "namespace" | "name">): string {
  return `${namespace}/${name}`;
}

function portOf({ spec }: Service): number | null {
  const ports = spec.ports ?? [];
  for (const wanted of PORTS) {
    const found = ports.find(({ name, port }) => name === wanted || String(port) === wanted);
    if (found) return found.port;
  }
  return ports.length === 1 ? (ports[0]?.port ?? null) : null;
}
