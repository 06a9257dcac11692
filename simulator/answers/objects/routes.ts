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
