import type { World } from "../../world.ts";
import { type KubernetesObject, timeAgo, uid } from "./meta.ts";

const DAY = 86_400;

/** The HTTPRoutes of Envoy Gateway's backends, one each. */
export function httpRoutes(world: World): KubernetesObject[] {
  const { behind } = world.scenario;
  return (behind?.services ?? []).map(({ namespace, service, route = service }) => ({
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: {
      name: route,
      namespace,
      uid: uid("HTTPRoute", route),
      creationTimestamp: timeAgo(world, 200 * DAY),
    },
    spec: {
      parentRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: "public", namespace }],
      hostnames: [`${service}.example.com`],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          backendRefs: [{ group: "", kind: "Service", name: service, port: 80, weight: 1 }],
        },
      ],
    },
  }));
}

/** Classes of the Ingresses that lead to what is behind a controller; Envoy Gateway has routes, Istio resources of its own. */
const CLASSES = { "ingress-nginx": "nginx", traefik: "traefik", "envoy-gateway": null, istio: null } as const;

/** The Ingresses of backends, where one of them is simulated by itself. */
export function innerIngresses({ scenario }: World): KubernetesObject[] {
  const { behind } = scenario;
  const ingressClassName = behind ? CLASSES[behind.controller] : null;
  if (!behind?.services.some(({ inside }) => inside) || ingressClassName === null) return [];
  return behind.services.map(({ namespace, service }) => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: service, namespace, uid: uid("Ingress", service) },
    spec: {
      ingressClassName,
      rules: [
        {
          host: `${service}.example.com`,
          http: {
            paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: service, port: { number: 80 } } } }],
          },
        },
      ],
    },
    status: { loadBalancer: {} },
  }));
}
