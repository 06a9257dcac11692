import { describe, expect, it } from "vitest";
import { minutesOf } from "../../simulator/families/truths.ts";
import { WorldSource } from "../../simulator/source.ts";
import type { WorldKind } from "../../simulator/worlds.ts";
import { drawn, minutes, prometheusOf, sum } from "./drawn.ts";

/** How each product names a backend and counts its requests, seconds and errors. */
const PRODUCTS = {
  traefik: {
    by: "service",
    requests: "traefik_service_requests_total",
    seconds: "traefik_service_request_duration_seconds",
    failed: 'traefik_service_requests_total{code=~"5.."}',
    units: 1,
    named: ({ namespace, service }: Named) => `${namespace}-${service}-http@kubernetes`,
  },
  "envoy-gateway": {
    by: "envoy_cluster_name",
    requests: "envoy_cluster_upstream_rq_total",
    seconds: "envoy_cluster_upstream_rq_time",
    failed: 'envoy_cluster_upstream_rq_xx{envoy_response_code_class="5"}',
    units: 1000,
    named: ({ namespace, route }: Named) => `httproute/${namespace}/${route}/rule/0`,
  },
  istio: {
    by: "destination_service",
    requests: 'istio_requests_total{reporter="source"}',
    seconds: "istio_request_duration_milliseconds",
    failed: 'istio_requests_total{reporter="source",response_code=~"5.."}',
    units: 1000,
    named: ({ namespace, service }: Named) => `${service}.${namespace}.svc.cluster.local`,
  },
} as const;

interface Named {
  readonly namespace: string;
  readonly service: string;
  readonly route?: string;
}

function read(kind: WorldKind, seed: number) {
  const made = drawn(kind, seed);
  const source = new WorldSource(made.world);
  const at = prometheusOf(source);
  const end = made.scenario.now;
  /** Sums by backend over so many seconds before a time. */
  const by = (label: string, metric: string, time: number, seconds: number) =>
    new Map(
      at(`sum by (${label}) (increase(${metric}[${seconds}s]))`, time).map(({ labels, value }) => [
        labels[label],
        value,
      ]),
    );
  return { ...made, source, at, by, end };
}

describe.each(Object.entries(PRODUCTS))("%s", (controller, product) => {
  const kind = `behind-${controller as keyof typeof PRODUCTS}` as const;
  // A Service's scrape of Traefik puts its own name in the place of the controller's label.
  const labelOf = (labels: "honoured" | "exported" | undefined) =>
    controller === "traefik" && labels === "exported" ? "exported_service" : product.by;

  it("counts each backend's requests, all together those of the load balancer", () => {
    const { scenario, world, by, end } = read(`${kind}-slow-backend`, 2);
    const counted = by(labelOf(scenario.behind?.labels), product.requests, end - 60, 3600);
    const services = scenario.behind?.services ?? [];
    expect([...counted.keys()].sort()).toEqual(
      services.map((one) => product.named({ ...one, route: one.route ?? one.service })).sort(),
    );
    const seen = sum(minutes(world, "RequestCount", "Sum", 0).slice(-61, -1));
    expect(sum(counted.values()) / seen).toBeCloseTo(1, 1);
  });

  it("shows who is slow in the troubles, and that the others are not", () => {
    const { scenario, world, by } = read(`${kind}-slow-backend`, 2);
    const label = labelOf(scenario.behind?.labels);
    const reporter = controller === "istio" ? '{reporter="source"}' : "";
    const mean = (time: number) => {
      const seconds = by(label, `${product.seconds}_sum${reporter}`, time, 120);
      const count = by(label, `${product.seconds}_count${reporter}`, time, 120);
      return new Map([...count].map(([name, requests]) => [name, (seconds.get(name) ?? 0) / requests / product.units]));
    };
    const [first = 0] = minutesOf(scenario.faults?.extraWaits ?? []);
    const troubled = mean(world.start + (first + 3) * 60);
    const quiet = mean(world.start + (first - 2) * 60);
    for (const one of scenario.behind?.services ?? []) {
      const name = product.named({ ...one, route: one.route ?? one.service });
      if (one.slow) expect(troubled.get(name)).toBeGreaterThan(1);
      else expect(troubled.get(name)).toBeLessThan(2 * (quiet.get(name) ?? 0));
    }
  });

  it("has histograms whose buckets grow to their count", () => {
    const { at, end } = read(`${kind}-slow-backend`, 2);
    const reporter = controller === "istio" ? '{reporter="source"}' : "";
    const buckets = at(`sum by (le) (${product.seconds}_bucket${reporter})`, end - 60)
      .map(({ labels, value }) => ({ le: Number(labels.le?.replace("+Inf", "Infinity")), value }))
      .sort((a, b) => a.le - b.le);
    expect(buckets.length).toBe(controller === "traefik" ? 5 : 20);
    expect(buckets.every(({ value }, index) => value >= (buckets[index - 1]?.value ?? 0))).toBe(true);
    expect(buckets.at(-1)?.value).toBeCloseTo(
      at(`sum(${product.seconds}_count${reporter})`, end - 60)[0]?.value ?? -1,
      0,
    );
  });

  it("shows whose answers fail", () => {
    const { scenario, world, by } = read(`${kind}-failing-backend`, 2);
    const [first = 0] = minutesOf(scenario.faults?.errors ?? []);
    const failed = by(labelOf(scenario.behind?.labels), product.failed, world.start + (first + 3) * 60, 120);
    const guilty = scenario.behind?.services.find(({ fails }) => fails);
    const names = [...failed].filter(([, count]) => count > 1).map(([name]) => name);
    expect(names).toEqual(guilty ? [product.named({ ...guilty, route: guilty.route ?? guilty.service })] : []);
  });

  it("tells nothing where nobody scrapes it", () => {
    const { at, end } = read(`${kind}-unmeasured`, 2);
    for (const metric of [product.requests, `${product.seconds}_count`]) expect(at(metric, end - 60)).toEqual([]);
  });
});

describe("two products", () => {
  it("do not tell each other's metrics", () => {
    const { at, end } = read("behind-traefik-slow-backend", 2);
    const others = ["istio_requests_total", "envoy_cluster_upstream_rq_total", "nginx_ingress_controller_requests"];
    expect(others.flatMap((metric) => at(metric, end - 60))).toEqual([]);
  });

  it("of which Istio's sidecars report the gateway's requests once more", () => {
    const worlds = [2, 3, 4, 5].map((seed) => read("behind-istio-slow-backend", seed));
    const ratios = worlds.map(({ scenario, at, end }) => {
      const total = (reporter: string) => at(`sum(istio_requests_total{reporter="${reporter}"})`, end - 60)[0]?.value;
      return { sidecars: scenario.behind?.sidecars, again: (total("destination") ?? 0) / (total("source") ?? 1) };
    });
    for (const { sidecars, again } of ratios) expect(again).toBeCloseTo(sidecars ? 1 : 0, 1);
    expect(new Set(ratios.map(({ sidecars }) => sidecars)).size).toBe(2);
  });
});

describe("HTTPRoutes", () => {
  const list = { source: "kubernetes", operation: "list" } as const;
  const input = { apiVersion: "gateway.networking.k8s.io/v1", resource: "httproutes" };

  it("lead from Envoy Gateway's names to the Services", () => {
    const { source, scenario } = read("behind-envoy-gateway-slow-backend", 2);
    const answer = source.answer({ ...list, input });
    const pages = answer.status === "answered" ? answer.pages : [];
    const services = scenario.behind?.services ?? [];
    expect(pages).toMatchObject([
      {
        kind: "HTTPRouteList",
        items: services.map(({ namespace, service, route }) => ({
          metadata: { name: route, namespace },
          spec: { rules: [{ backendRefs: [{ kind: "Service", name: service }] }] },
        })),
      },
    ]);
  });

  it("are no resource of other clusters", () => {
    const answer = read("behind-traefik-slow-backend", 2).source.answer({ ...list, input });
    expect(answer).toMatchObject({ status: "failed", failure: { kind: "missing" } });
  });
});
