import { describe, expect, it } from "vitest";
import { halvesOf } from "../../playbooks/evidence/ingress-controller/halves.ts";
import { controllerOf } from "../../playbooks/evidence/ingress-controller/known.ts";
import { METRICS } from "../../playbooks/evidence/ingress-controller/metrics.ts";
import type { ContainerFact, Episode } from "../../src/model/facts.ts";
import { listHttpRoutes, listServices } from "../../src/sources/kubernetes/questions.ts";

const container = (name: string, image: string) => ({ name, image }) as ContainerFact;
const known = (
  serving: ContainerFact,
  selector: { readonly [label: string]: string } = {},
  beside: ContainerFact[] = [],
) => controllerOf({ serving, containers: [serving, ...beside] }, { selector });

describe("whether the pods are an ingress controller", () => {
  it.each([
    ["registry.k8s.io/ingress-nginx/controller:v1.12.1@sha256:0123", "ingress-nginx"],
    ["111122223333.dkr.ecr.eu-central-1.amazonaws.com/ingress-nginx/controller-chroot:v1.11.0", "ingress-nginx"],
    ["docker.io/bitnami/nginx-ingress-controller:1.11", "ingress-nginx"],
    ["traefik:v3.1", "Traefik"],
    ["docker.io/library/traefik", "Traefik"],
  ])("image %s: %s", (image, controller) => {
    expect(known(container("x", image))).toEqual({ controller, knownBy: `image ${image}` });
  });

  it.each([
    "nginx:1.27",
    "example.com/shop/traefik-dashboard:1",
    "example.com/ingress-nginx/controller-tests:1",
    "envoyproxy/envoy:v1.31",
  ])("image %s alone says nothing", (image) => expect(known(container("app", image))).toBeNull());

  it("is known by the labels that its Service selects", () => {
    const nginx = { "app.kubernetes.io/name": "ingress-nginx", "app.kubernetes.io/component": "controller" };
    expect(known(container("controller", "mirror/c:1"), nginx)?.controller).toBe("ingress-nginx");
    const backend = { ...nginx, "app.kubernetes.io/component": "default-backend" };
    expect(known(container("default", "mirror/d:1"), backend)).toBeNull();
    const gateway = { "gateway.envoyproxy.io/owning-gateway-name": "eg" };
    expect(known(container("envoy", "mirror/e:1"), gateway)?.controller).toBe("Envoy Gateway");
  });

  it("takes a proxy alone for Istio's gateway, and one beside an application for none", () => {
    const proxy = container("istio-proxy", "auto");
    expect(known(proxy)?.controller).toBe("Istio's ingress gateway");
    expect(known(proxy, {}, [container("app", "shop:1")])).toBeNull();
  });
});

describe("the halves of an episode", () => {
  const lasting = (seconds: number, id = 1) => ({ id, burst: { start: 600, end: 600 + seconds } }) as Episode;

  it("are those of the only one, if it lasts twenty minutes", () => {
    expect(halvesOf([lasting(1_200)])?.map(({ burst }) => burst)).toEqual([
      { start: 600, end: 1_200 },
      { start: 1_200, end: 1_800 },
    ]);
    // Whole minutes, as the metrics have them.
    expect(halvesOf([lasting(1_260)])?.map(({ burst: { start } }) => start)).toEqual([600, 1_200]);
    expect(halvesOf([lasting(1_140)])).toBeNull();
  });

  it("are not asked for where there are several", () => {
    expect(halvesOf([lasting(1_200), lasting(1_200, 2)])).toBeNull();
    expect(halvesOf([])).toBeNull();
  });
});

/** Services as the API lists them: by namespace and name, with their ports. */
const services = (...all: readonly (readonly [namespace: string, name: string, port: number])[]) =>
  listServices().parse([
    {
      items: all.map(([namespace, name, port]) => ({
        metadata: { namespace, name },
        spec: { ports: [{ name: "http", port }] },
      })),
    },
  ]).value;
const none = { services: services(), routes: [] };
type Named = readonly [namespace: string, name: string, port: number];
const among = (...all: readonly Named[]) => ({ services: services(...all), routes: [] });
const checkout = { name: "shop/checkout", service: { namespace: "shop", name: "checkout" } };

describe("which Service a controller's labels name", () => {
  it("ingress-nginx: with its own labels, and where the target's have pushed them aside", () => {
    const { nameOf } = METRICS["ingress-nginx"];
    expect(nameOf({ namespace: "shop", service: "checkout" }, none)).toEqual(checkout);
    const target = { namespace: "ingress-nginx", service: "controller-metrics" };
    expect(nameOf({ ...target, exported_namespace: "shop", exported_service: "checkout" }, none)).toEqual(checkout);
  });

  it("ingress-nginx: none for requests that no Ingress takes", () => {
    expect(METRICS["ingress-nginx"].nameOf({ namespace: "", service: "" }, none).service).toBeNull();
  });

  it("Traefik: by the Services that exist, and none where two fit", () => {
    const { nameOf } = METRICS.Traefik;
    const name = { service: "shop-checkout-80@kubernetes" };
    expect(nameOf(name, among(["shop", "checkout", 80], ["shop", "search", 80]))).toEqual(checkout);
    expect(nameOf({ exported_service: "shop-checkout-http@kubernetescrd" }, among(["shop", "checkout", 80]))).toEqual(
      checkout,
    );
    expect(nameOf(name, among(["shop", "checkout", 8080])).service).toBeNull();
    const twice = among(["shop", "a-b", 80], ["shop-a", "b", 80]);
    expect(nameOf({ service: "shop-a-b-80@kubernetes" }, twice).service).toBeNull();
  });

  it("Istio: by the destination, and none where it is unknown", () => {
    const { nameOf } = METRICS["Istio's ingress gateway"];
    const labels = { destination_service_namespace: "shop", destination_service_name: "checkout" };
    expect(nameOf(labels, none)).toEqual(checkout);
    expect(nameOf({ ...labels, destination_service_name: "unknown" }, none).service).toBeNull();
  });
});

describe("which Service a rule of Envoy Gateway's route has", () => {
  const route = (backendRefs: readonly object[]) => ({
    services: [],
    routes: listHttpRoutes().parse([
      {
        items: [
          { metadata: { namespace: "shop", name: "web" }, spec: { rules: [{ backendRefs: [] }, { backendRefs }] } },
        ],
      },
    ]).value,
  });
  const nameOf = (backendRefs: readonly object[], cluster = "httproute/shop/web/rule/1") =>
    METRICS["Envoy Gateway"].nameOf({ envoy_cluster_name: cluster }, route(backendRefs));

  it("is the one that it names, in the route's namespace or its own", () => {
    expect(nameOf([{ kind: "Service", name: "checkout", port: 80 }])).toEqual(checkout);
    expect(nameOf([{ name: "checkout", namespace: "other" }]).name).toBe("other/checkout");
  });

  it("is none where there are several, another kind, another rule or another route", () => {
    expect(nameOf([{ name: "checkout" }, { name: "checkout-next" }]).service).toBeNull();
    expect(nameOf([{ kind: "ServiceImport", name: "checkout" }]).service).toBeNull();
    expect(nameOf([{ name: "checkout" }], "httproute/shop/web/rule/0").service).toBeNull();
    expect(nameOf([{ name: "checkout" }], "httproute/shop/api/rule/1").service).toBeNull();
    expect(nameOf([{ name: "checkout" }], "xds_cluster")).toEqual({ name: "xds_cluster", service: null });
  });
});
