import type { Answer, Question } from "../../model/question.ts";
import { Told } from "../failure.ts";
import type { Cluster } from "../kubernetes/live-cluster.ts";
import { segment } from "../kubernetes/live-exec.ts";
import { field, strings } from "../parse.ts";
import * as z from "../zod.ts";
import {
  PROMETHEUS_LABELS,
  type PrometheusService,
  pathOf,
  prometheusAmong,
  prometheusCandidates,
  whoseWords,
} from "./known.ts";
import type { Address } from "./live-address.ts";

/*
 * A Prometheus in the cluster, found by the labels that its common installations put on their Services, and reached
 * through the API server: one needs no route to it, and no other credentials than kubectl's.
 */

const service = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    labels: z.nullish(strings),
  }),
  spec: z.object({
    clusterIP: z.nullish(z.string()),
    ports: z.nullish(z.array(z.object({ name: z.nullish(z.string()), port: z.number() }))),
  }),
});
type Service = z.infer<typeof service>;

/** The questions to the cluster by which a Prometheus is found: one for each label, all its known values at once. */
export function findingQuestions(): Question[] {
  const labels = [...new Set(PROMETHEUS_LABELS.map(([label]) => label))];
  return labels.map((label) => {
    const values = PROMETHEUS_LABELS.flatMap(([one, value]) => (one === label ? [value] : []));
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
  const best = prometheusAmong(services);
  if (best) return addressIn(best, cluster);
  const several = prometheusCandidates(services).map(pathOf);
  if (several.length > 0)
    throw new Told(
      "missing",
      `several Services could be the Prometheus (${several.slice(0, 5).join(", ")}), none in a usual monitoring namespace; give the right one with --prometheus-url`,
    );
  const trouble = answers.find((answer) => answer.status === "failed");
  if (trouble?.status === "failed")
    throw new Told(
      trouble.failure.kind,
      `Prometheus was looked for in the cluster: ${trouble.failure.message}`,
      trouble.failure,
    );
  throw new Told("missing", "the cluster has no Service with Prometheus's labels; give its URL with --prometheus-url");
}

function servicesOf(pages: readonly unknown[]): Service[] {
  return pages.flatMap((page) => {
    const list = field(page, "items");
    // A Service that does not fit cannot be reached; there may be another.
    return (Array.isArray(list) ? list : []).flatMap((item) => {
      const read = service.safeParse(item);
      return read.success ? [read.data] : [];
    });
  });
}

function addressIn(found: PrometheusService, { server, route }: Cluster): Address {
  const { namespace, name, port } = found;
  const before = server.pathname.replace(/\/+$/, "");
  const proxy = `api/v1/namespaces/${segment(namespace)}/services/${segment(name)}:${port}/proxy`;
  return {
    endpoint: server.origin,
    basePath: `${before}/${proxy}/api/v1/`,
    route: { ...route, name: `Prometheus (Service ${namespace}/${name} through the cluster's API)` },
    warning: whoseWords(found),
  };
}
