import { expect, test } from "vitest";
import { pathOf, prometheusAmong, prometheusCandidates, whoseWords } from "../../src/sources/prometheus/known.ts";

const service = (
  name: string,
  labels: Record<string, string>,
  ports = [{ name: "http-web", port: 9090 }],
  clusterIP = "10.0.0.1",
) => ({
  metadata: { name, namespace: "monitoring", labels },
  spec: { clusterIP, ports },
});
const stack = service("robusta-kube-prometheus-st-prometheus", { app: "kube-prometheus-stack-prometheus" });

test.each([
  ["the chart's Service, whatever the release is called", [service("web", { app: "web" }), stack], stack.metadata.name],
  ["Thanos before a single Prometheus", [stack, service("tq", { "app.kubernetes.io/name": "thanos-query" })], "tq"],
  [
    "one with an address before a headless one",
    [service("h", stack.metadata.labels, undefined, "None"), stack],
    stack.metadata.name,
  ],
  ["the first by name of two alike", [service("b", { app: "prometheus" }), service("a", { app: "prometheus" })], "a"],
])("%s", (_, services, name) => {
  expect(prometheusAmong(services)?.name).toBe(name);
});

test("its port and its installation are told", () => {
  expect(prometheusAmong([stack])).toEqual({
    namespace: "monitoring",
    name: "robusta-kube-prometheus-st-prometheus",
    port: 9090,
    installation: "kube-prometheus-stack",
    elsewhere: false,
  });
});

test.each([
  ["other Services", [service("web", { app: "web" })]],
  [
    "what only wears the label",
    [
      service("prometheus-alertmanager", { app: "prometheus" }),
      service("jaeger-query", { "app.kubernetes.io/component": "query" }),
    ],
  ],
  [
    "one of whose ports none is known",
    [
      service("p", { app: "prometheus" }, [
        { name: "a", port: 1 },
        { name: "b", port: 2 },
      ]),
    ],
  ],
])("none among %s", (_, services) => {
  expect(prometheusAmong(services)).toBeNull();
});

const inNamespace = (namespace: string) => ({ ...stack, metadata: { ...stack.metadata, namespace } });

test("one in a namespace of the cluster's monitoring stands before what any tenant could have made", () => {
  const tenant = { ...service("tq", { "app.kubernetes.io/name": "thanos-query" }) };
  const services = [{ ...tenant, metadata: { ...tenant.metadata, namespace: "team-a" } }, inNamespace("monitoring")];
  expect(prometheusAmong(services)?.namespace).toBe("monitoring");
  expect(prometheusCandidates(services).map(pathOf)).toEqual([
    "monitoring/robusta-kube-prometheus-st-prometheus",
    "team-a/tq",
  ]);
});

test("of several that are none of the cluster's monitoring none is taken", () => {
  expect(prometheusAmong([inNamespace("team-a")])?.namespace).toBe("team-a");
  expect(prometheusAmong([inNamespace("team-a"), inNamespace("team-b")])).toBeNull();
});

test("one that a tenant could have made is taken where it is alone, and not silently", () => {
  const words = (namespace: string) => whoseWords(prometheusAmong([inNamespace(namespace)]) as never);
  expect(words("team-a")).toMatch(/team-a is not a usual monitoring namespace: check that it is yours/);
  expect(words("monitoring")).toBe("");
});
