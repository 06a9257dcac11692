import type { BehindCounters, BehindService, IngressController } from "../behind.ts";
import type { Labels } from "./scrape.ts";

/** One series of a backend, of all reporting pods together: what was counted, cumulated by minute. */
export interface BackendLine {
  readonly labels: Labels;
  readonly line: Float64Array;
}

/** What a backend answered with one status. */
interface Answered {
  readonly code: "200" | "503";
  readonly requests: Float64Array;
  readonly seconds: Float64Array;
}

/** The product's own labels and values of a metric; null for a metric that it does not have. */
type Exports = (
  metric: string,
  service: BehindService,
  counters: BehindCounters,
  reporter: "source" | "destination",
) => readonly BackendLine[] | null;

/** Bounds of Traefik's histograms where nobody sets others, seconds (Traefik, Metrics, Prometheus, buckets). */
const TRAEFIK_BOUNDS = [0.1, 0.3, 1.2, 5] as const;
/** Of Envoy's and so of Istio's, milliseconds (Envoy, HistogramSettingsImpl::defaultBuckets). */
const ENVOY_BOUNDS = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000,
  3_600_000,
] as const;

/** Traefik names a backend by namespace, Service and port, with its provider (Traefik, Kubernetes Ingress provider). */
const traefik: Exports = (metric, { namespace, service }, counters) => {
  const own = metric.replace(/^traefik_service_/, "");
  if (own === metric) return null;
  const labels = { method: "GET", protocol: "http", service: `${namespace}-${service}-http@kubernetes` };
  const byCode = answersOf(counters).map((one) => ({ one, labels: { code: one.code, ...labels } }));
  if (own === "requests_total") return byCode.map(({ one, labels }) => ({ labels, line: one.requests }));
  return histogram(own, "request_duration_seconds", byCode, TRAEFIK_BOUNDS, 1);
};

/** Envoy Gateway names a cluster by the route's rule, not by the Service; Envoy counts milliseconds. */
const envoyGateway: Exports = (metric, { namespace, service, route = service }, counters) => {
  const own = metric.replace(/^envoy_cluster_upstream_/, "");
  if (own === metric) return null;
  const labels = { envoy_cluster_name: `httproute/${namespace}/${route}/rule/0` };
  const byCode = answersOf(counters);
  if (own === "rq_xx")
    return byCode.map(({ code, requests }) => ({
      labels: { ...labels, envoy_response_code_class: code.charAt(0) },
      line: requests,
    }));
  if (own === "rq")
    return byCode.map(({ code, requests }) => ({ labels: { ...labels, envoy_response_code: code }, line: requests }));
  if (own === "rq_total" || own === "rq_completed") return [{ labels, line: counters.requests }];
  return histogram(own, "rq_time", [{ one: counters, labels }], ENVOY_BOUNDS, 1000);
};

/** Istio's standard metrics (Istio Standard Metrics, Labels), as a gateway and as a sidecar reports them. */
const istio: Exports = (metric, { namespace, service }, counters, reporter) => {
  const own = metric.replace(/^istio_/, "");
  if (own === metric) return null;
  const gateway = "istio-ingressgateway";
  const labels = {
    reporter,
    source_workload: gateway,
    source_canonical_service: gateway,
    source_canonical_revision: "latest",
    source_workload_namespace: "istio-system",
    source_app: gateway,
    source_version: "unknown",
    source_cluster: "Kubernetes",
    destination_workload: service,
    destination_workload_namespace: namespace,
    destination_app: service,
    destination_version: "unknown",
    destination_service: `${service}.${namespace}.svc.cluster.local`,
    destination_service_name: service,
    destination_service_namespace: namespace,
    destination_canonical_service: service,
    destination_canonical_revision: "latest",
    destination_cluster: "Kubernetes",
    request_protocol: "http",
    response_flags: "-",
    connection_security_policy: reporter === "source" ? "unknown" : "mutual_tls",
  };
  const byCode = answersOf(counters).map((one) => ({ one, labels: { ...labels, response_code: one.code } }));
  if (own === "requests_total") return byCode.map(({ one, labels }) => ({ labels, line: one.requests }));
  return histogram(own, "request_duration_milliseconds", byCode, ENVOY_BOUNDS, 1000);
};

/** ingress-nginx' (metrics.md: `time-buckets`, Prometheus' own where nobody sets others). */
const NGINX_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** Of ingress-nginx: the buckets of `name`; its other series have no labels of their own but the status. */
export function nginxBuckets(metric: string, name: string, counters: BehindCounters): readonly BackendLine[] | null {
  if (metric !== `${name}_bucket`) return null;
  return histogram(metric, name, [{ one: counters, labels: { status: "200" } }], NGINX_BOUNDS, 1);
}

/** Of the controllers that tell of their backends by other means than ingress-nginx does. */
export const EXPORTS: { readonly [controller in Exclude<IngressController, "ingress-nginx">]: Exports } = {
  traefik,
  "envoy-gateway": envoyGateway,
  istio,
};

/** The counters by status: an answer takes as long whatever its status is. */
function answersOf({ requests, seconds, errors }: BehindCounters): Answered[] {
  const failedSeconds = new Float64Array(seconds.length);
  for (let minute = 0; minute + 1 < seconds.length; minute += 1) {
    const added = (line: Float64Array) => (line[minute + 1] ?? 0) - (line[minute] ?? 0);
    const share = added(requests) > 0 ? added(errors) / added(requests) : 0;
    failedSeconds[minute + 1] = (failedSeconds[minute] ?? 0) + share * added(seconds);
  }
  const without = (line: Float64Array, failed: Float64Array) =>
    line.map((value, index) => value - (failed[index] ?? 0));
  const failed = { code: "503" as const, requests: errors, seconds: failedSeconds };
  return [
    { code: "200", requests: without(requests, errors), seconds: without(seconds, failedSeconds) },
    // A status that never was has no series.
    ...((errors.at(-1) ?? 0) > 0 ? [failed] : []),
  ];
}

type Timed = Pick<Answered, "requests" | "seconds">;

/** `name`_sum, _count or _bucket of what was answered; null where `metric` is none of them. `units`: of a second. */
function histogram(
  metric: string,
  name: string,
  answered: readonly { readonly one: Timed; readonly labels: Labels }[],
  bounds: readonly number[],
  units: number,
): readonly BackendLine[] | null {
  if (metric === `${name}_sum`)
    return answered.map(({ one, labels }) => ({ labels, line: one.seconds.map((value) => value * units) }));
  if (metric === `${name}_count`) return answered.map(({ one, labels }) => ({ labels, line: one.requests }));
  if (metric !== `${name}_bucket`) return null;
  return answered.flatMap(({ one, labels }) => [
    ...bounds.map((bound) => ({ labels: { ...labels, le: String(bound) }, line: upTo(one, bound / units) })),
    { labels: { ...labels, le: "+Inf" }, line: one.requests },
  ]);
}

/** How steep the response times of a minute are; of 3, the slowest hundredth takes about 4 times the mean. */
const SHAPE = 3;

/** Answers of at most so many seconds: each minute's follow a log-logistic distribution about their mean. */
function upTo({ requests, seconds }: Timed, bound: number): Float64Array {
  const line = new Float64Array(requests.length);
  for (let minute = 0; minute + 1 < line.length; minute += 1) {
    const count = (requests[minute + 1] ?? 0) - (requests[minute] ?? 0);
    const mean = count > 0 ? ((seconds[minute + 1] ?? 0) - (seconds[minute] ?? 0)) / count : 0;
    const median = (mean * Math.sin(Math.PI / SHAPE)) / (Math.PI / SHAPE);
    const share = median > 0 ? 1 / (1 + (bound / median) ** -SHAPE) : 1;
    line[minute + 1] = (line[minute] ?? 0) + count * share;
  }
  return line;
}
