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
}

/** The best Prometheus among Services, by its labels; null where none has them. */
export function prometheusAmong(services: readonly Service[]): PrometheusService | null {
  const known = services.flatMap((service) => {
    const { metadata, spec } = service;
    const place = PROMETHEUS_LABELS.findIndex(([label, value]) => metadata.labels?.[label] === value);
    const port = portOf(service);
    if (place < 0 || port === null || OTHER.test(metadata.name)) return [];
    // A headless Service stands for the same pods as the one with an address beside it.
    const rank = place + (spec.clusterIP === "None" ? PROMETHEUS_LABELS.length : 0);
    const installation = PROMETHEUS_LABELS[place]?.[2] ?? "";
    return [{ rank, found: { namespace: metadata.namespace ?? "default", name: metadata.name, port, installation } }];
  });
  const path = ({ namespace, name }: PrometheusService) => `${namespace}/${name}`;
  const [best] = known.sort((a, b) => a.rank - b.rank || (path(a.found) < path(b.found) ? -1 : 1));
  return best?.found ?? null;
}

function portOf({ spec }: Service): number | null {
  const ports = spec.ports ?? [];
  for (const wanted of PORTS) {
    const found = ports.find(({ name, port }) => name === wanted || String(port) === wanted);
    if (found) return found.port;
  }
  return ports.length === 1 ? (ports[0]?.port ?? null) : null;
}
