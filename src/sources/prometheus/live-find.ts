import * as z from "zod";
import type { Answer, Question } from "../../model/question.ts";
import { Told } from "../failure.ts";
import type { Cluster } from "../kubernetes/live-cluster.ts";
import { segment } from "../kubernetes/live-exec.ts";
import { field } from "../parse.ts";
import type { Address } from "./live-address.ts";

/*
 * A Prometheus in the cluster, found by the labels that its common installations put on their Services, and reached
 * through the API server: one needs no route to it, and no other credentials than kubectl's.
 */

/**
 * Label, value, in order of preference: what answers for all replicas (Thanos, VictoriaMetrics' vmselect) before a
 * single Prometheus. Collected from the selectors of HolmesGPT and krr (facts.md 7).
 */
const KNOWN: readonly (readonly [label: string, value: string])[] = [
  ["app.kubernetes.io/name", "thanos-query"],
  ["app.kubernetes.io/component", "query"],
  ["app.kubernetes.io/name", "vmselect"],
  ["app", "kube-prometheus-stack-prometheus"],
  ["app", "rancher-monitoring-prometheus"],
  ["app", "prometheus-operator-prometheus"],
  ["app", "prometheus-prometheus"],
  ["app", "prometheus-server"],
  ["app", "prometheus"],
  ["app.kubernetes.io/name", "prometheus"],
  ["app.kubernetes.io/name", "vmsingle"],
  ["app.kubernetes.io/name", "victoria-metrics-single"],
];

/** What also wears one of these labels, and answers no PromQL. */
const OTHER = /alertmanager|node-exporter|kube-state-metrics|pushgateway|operator$|webhook|adapter|kubecost/;
/** Names and numbers of the port with the API, the likeliest first. */
const PORTS = ["http-web", "web", "http-query", "http", "http-prometheus", "9090", "10902", "8481", "8428", "80"];

const service = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    labels: z.record(z.string(), z.string()).nullish(),
  }),
  spec: z.object({
    clusterIP: z.string().nullish(),
    ports: z.array(z.object({ name: z.string().nullish(), port: z.number() })).nullish(),
  }),
});
type Service = z.infer<typeof service>;

/** The questions to the cluster by which a Prometheus is found: one for each label, all its known values at once. */
export function findingQuestions(): Question[] {
  const labels = [...new Set(KNOWN.map(([label]) => label))];
  return labels.map((label) => {
    const values = KNOWN.flatMap(([one, value]) => (one === label ? [value] : []));
    const labelSelector = `${label} in (${values.join(",")})`;
    return {
      source: "kubernetes",
      operation: "list",
      input: { apiVersion: "v1", resource: "services", labelSelector },
    };
  });
}

/** The best Prometheus that the cluster's answers name, by the service proxy. Throws a Told. */
export async function findPrometheus(ask: (question: Question) => Promise<Answer>, cluster: Cluster): Promise<Address> {
  const answers = await Promise.all(findingQuestions().map(ask));
  const services = answers.flatMap((answer) => (answer.status === "answered" ? servicesOf(answer.pages) : []));
  const [best] = services.sort((a, b) => rank(a) - rank(b) || (nameOf(a) < nameOf(b) ? -1 : 1));
  if (best) return addressIn(best, cluster);
  const trouble = answers.find((answer) => answer.status === "failed");
  if (trouble?.status === "failed")
    throw new Told(trouble.failure.kind, `Prometheus was looked for in the cluster: ${trouble.failure.message}`);
  throw new Told("missing", "the cluster has no Service with the labels of a Prometheus; --prometheus-url names one");
}

function servicesOf(pages: readonly unknown[]): Service[] {
  return pages.flatMap((page) => {
    const list = field(page, "items");
    // A Service that does not fit cannot be reached; there may be another.
    return (Array.isArray(list) ? list : []).flatMap((item) => {
      const read = service.safeParse(item);
      return read.success && !OTHER.test(read.data.metadata.name) && portOf(read.data) !== null ? [read.data] : [];
    });
  });
}

function rank({ metadata, spec }: Service): number {
  const place = KNOWN.findIndex(([label, value]) => metadata.labels?.[label] === value);
  // A headless Service stands for the same pods as the one with an address beside it.
  return place + (spec.clusterIP === "None" ? KNOWN.length : 0);
}

function nameOf({ metadata }: Service): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function portOf({ spec }: Service): number | null {
  const ports = spec.ports ?? [];
  for (const wanted of PORTS) {
    const found = ports.find(({ name, port }) => name === wanted || String(port) === wanted);
    if (found) return found.port;
  }
  return ports.length === 1 ? (ports[0]?.port ?? null) : null;
}

function addressIn(found: Service, { server, route }: Cluster): Address {
  const { name, namespace } = found.metadata;
  const before = server.pathname.replace(/\/+$/, "");
  const proxy = `api/v1/namespaces/${segment(namespace)}/services/${segment(name)}:${portOf(found)}/proxy`;
  return {
    endpoint: server.origin,
    basePath: `${before}/${proxy}/api/v1/`,
    route: { ...route, name: `Prometheus (Service ${namespace}/${name} through the cluster's API)` },
  };
}
