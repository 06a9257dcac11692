import type { PodsMadeUp, ServiceFact, WorkloadFact } from "../../../src/playbook.ts";

export type ControllerName = "ingress-nginx" | "Traefik" | "Envoy Gateway" | "Istio's ingress gateway";

/** The image of ingress-nginx (registry.k8s.io/ingress-nginx/controller), in a mirror too, and as Bitnami calls it. */
const INGRESS_NGINX = /(?:^|\/)(?:ingress-nginx\/controller|nginx-ingress-controller)(?:-chroot)?(?:[:@]|$)/;
const TRAEFIK = /(?:^|\/)traefik(?:[:@]|$)/;
/** The label by which Envoy Gateway's Services select the proxies of a Gateway (Envoy Gateway, Proxy Metrics). */
const OWNING_GATEWAY = "gateway.envoyproxy.io/owning-gateway-name";

/**
 * Which ingress controller the pods are, and how it is known; null: none of those whose metrics tell one backend from
 * another. An application with a proxy beside it is none.
 */
export function controllerOf(
  { serving, containers }: Pick<WorkloadFact, "serving" | "containers">,
  { selector }: Pick<ServiceFact, "selector">,
): { readonly controller: ControllerName; readonly knownBy: string } | null {
  const image = serving.image ?? "";
  if (INGRESS_NGINX.test(image)) return { controller: "ingress-nginx", knownBy: `image ${image}` };
  if (selector[NAME] === "ingress-nginx" && (selector[COMPONENT] ?? "controller") === "controller")
    return { controller: "ingress-nginx", knownBy: `label ${NAME}=ingress-nginx` };
  if (TRAEFIK.test(image)) return { controller: "Traefik", knownBy: `image ${image}` };
  const gateway = selector[OWNING_GATEWAY];
  if (gateway !== undefined) return { controller: "Envoy Gateway", knownBy: `label ${OWNING_GATEWAY}=${gateway}` };
  // A sidecar has an application beside it; a gateway is the proxy alone. Its template may say "auto" for the image.
  if (serving.name === "istio-proxy" && containers.length === 1)
    return { controller: "Istio's ingress gateway", knownBy: "its pods run istio-proxy alone" };
  return null;
}

/** Pods that are each of them, made up as far as controllerOf looks: for a plan of what would be read. */
export const MADE_UP: Record<ControllerName, PodsMadeUp> = {
  "ingress-nginx": { image: "registry.k8s.io/ingress-nginx/controller" },
  Traefik: { image: "docker.io/traefik" },
  "Envoy Gateway": { selector: { [OWNING_GATEWAY]: "<gateway>" } },
  "Istio's ingress gateway": { container: "istio-proxy" },
};

const NAME = "app.kubernetes.io/name";
const COMPONENT = "app.kubernetes.io/component";
