import { type HttpRoute, type Labels, quoted, type Service, type WorkloadFact } from "../../../src/playbook.ts";
import type { ControllerName } from "./known.ts";

/** How a controller tells of its backends in Prometheus. */
interface BackendMetrics {
  /** Labels that tell one backend from another. */
  readonly by: readonly string[];
  readonly requests: string;
  /** The matcher that chooses the answers of a class among the requests. */
  answered(statusClass: "4" | "5"): string;
  /** Histograms of what the backends took, the best first, without _sum and _count; and what a unit of them is in seconds. */
  readonly times: readonly string[];
  readonly scale: number;
  /** The matchers that choose the series of these pods. */
  matchers(pods: Pick<WorkloadFact, "namespace" | "podPattern">): string;
  /** The Service that the labels name. */
  nameOf(labels: Labels, cluster: Cluster): BackendName;
  /** What makes the metrics appear. */
  readonly setting: string;
}

/** What the names in labels are compared with. */
export interface Cluster {
  readonly services: readonly Service[];
  /** Only where the controller names routes. */
  readonly routes: readonly HttpRoute[];
}

export interface BackendName {
  readonly name: string;
  readonly service: { readonly namespace: string; readonly name: string } | null;
}

const ofPods = ({ namespace, podPattern }: Pick<WorkloadFact, "namespace" | "podPattern">) =>
  `namespace=${quoted(namespace)},pod=~${quoted(podPattern)}`;

export const METRICS: Record<ControllerName, BackendMetrics> = {
  // Ingress-Nginx Controller, Monitoring: `namespace` and `service` are the backend's. Without honorLabels the target's
  // own labels of those names push them aside, to exported_namespace and exported_service.
  "ingress-nginx": {
    by: ["exported_namespace", "exported_service", "namespace", "service"],
    requests: "nginx_ingress_controller_requests",
    answered: (digit) => `status=~"${digit}.."`,
    times: ["nginx_ingress_controller_response_duration_seconds", "nginx_ingress_controller_request_duration_seconds"],
    scale: 1,
    matchers: ({ namespace, podPattern }) =>
      `controller_namespace=${quoted(namespace)},controller_pod=~${quoted(podPattern)}`,
    nameOf: (labels) =>
      called(labels.exported_namespace ?? labels.namespace, labels.exported_service ?? labels.service),
    setting: "set controller.metrics.enabled=true in its Helm chart (--enable-metrics) and scrape port 10254",
  },
  // Traefik, Metrics: service is "namespace-service-port@provider"; on unless addServicesLabels is false.
  Traefik: {
    by: ["exported_service", "service"],
    requests: "traefik_service_requests_total",
    answered: (digit) => `code=~"${digit}.."`,
    times: ["traefik_service_request_duration_seconds"],
    scale: 1,
    matchers: ofPods,
    nameOf: (labels, { services }) => byTraefik(labels.exported_service ?? labels.service ?? "", services),
    setting: "switch on metrics.prometheus with addServicesLabels=true, and scrape its metrics entry point",
  },
  // Envoy, Cluster statistics: upstream_rq_time is in milliseconds. Envoy Gateway calls a rule's cluster
  // "httproute/namespace/name/rule/0".
  "Envoy Gateway": {
    by: ["envoy_cluster_name"],
    requests: "envoy_cluster_upstream_rq_xx",
    answered: (digit) => `envoy_response_code_class="${digit}"`,
    times: ["envoy_cluster_upstream_rq_time"],
    scale: 0.001,
    matchers: ofPods,
    nameOf: ({ envoy_cluster_name: name = "" }, { routes }) => byRoute(name, routes),
    setting: "scrape port 19001 of its proxies, path /stats/prometheus (a PodMonitor)",
  },
  // Istio, Standard Metrics; the gateway is the source of what it passes on.
  "Istio's ingress gateway": {
    by: ["destination_service_namespace", "destination_service_name"],
    requests: "istio_requests_total",
    answered: (digit) => `response_code=~"${digit}.."`,
    times: ["istio_request_duration_milliseconds"],
    scale: 0.001,
    matchers: (pods) => `reporter="source",${ofPods(pods)}`,
    nameOf: (labels) => called(labels.destination_service_namespace, labels.destination_service_name),
    setting: "scrape port 15020 of its pods, path /stats/prometheus (meshConfig.enablePrometheusMerge)",
  },
};

function called(namespace: string | undefined, name: string | undefined): BackendName {
  if (!namespace || !name || name === "unknown") return { name: "no Service", service: null };
  return { name: `${namespace}/${name}`, service: { namespace, name } };
}

/** Dashes may belong to either name, so that the name is compared with the Services that exist, and never split. */
function byTraefik(name: string, services: readonly Service[]): BackendName {
  const [known = ""] = name.split("@");
  const [found, ...more] = services.filter(({ metadata, spec }) =>
    spec.ports.some(({ port, name: portName }) =>
      [String(port), portName].some((end) => known === `${metadata.namespace}-${metadata.name}-${end}`),
    ),
  );
  return found && more.length === 0
    ? called(found.metadata.namespace ?? "", found.metadata.name)
    : { name, service: null };
}

/** The one Service of a route's rule; a rule with several is told by its own name, which is all that the metrics tell. */
function byRoute(name: string, routes: readonly HttpRoute[]): BackendName {
  const [, namespace, route, rule] = /^httproute\/([^/]+)\/([^/]+)\/rule\/(\d+)$/.exec(name) ?? [];
  const found = routes.find(({ metadata }) => metadata.namespace === namespace && metadata.name === route);
  const [backend, ...more] = found?.spec.rules[Number(rule)]?.backendRefs ?? [];
  if (!backend || more.length > 0 || (backend.kind ?? "Service") !== "Service") return { name, service: null };
  return called(backend.namespace ?? namespace, backend.name);
}
