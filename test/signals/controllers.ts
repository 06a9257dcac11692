import type {
  BackendLoad,
  IngressController,
  IngressControllerFact,
} from "../../playbooks/evidence/ingress-controller/fact.ts";

/** Requests, seconds of one on average, and 5xx. */
type Figures = readonly [requests: number, seconds: number | null, errors?: number];
const load = ([requests, seconds, errors = 0]: Figures): BackendLoad => ({ requests, seconds, errors });

/** A backend: what it does otherwise, and in each episode. */
export const backend = (name: string, usual: Figures, ...episodes: readonly Figures[]) => ({
  name: `shop/${name}`,
  service: { namespace: "shop", name },
  usual: load(usual),
  episodes: episodes.map((one, index) => ({ episode: index + 1, ...load(one) })),
});

/** The pods are ingress-nginx with these backends; null: its metrics are not there. */
export const controller = (
  backends: IngressController["backends"],
  seen: IngressController["seen"] = [],
): { "ingress-controller": IngressControllerFact } => ({
  "ingress-controller": { found: { controller: "ingress-nginx", knownBy: "image x", backends, seen } },
});

/** The pods are no ingress controller. */
export const noController: { "ingress-controller": IngressControllerFact } = { "ingress-controller": { found: null } };
