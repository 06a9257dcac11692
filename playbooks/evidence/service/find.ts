import {
  type Ask,
  describeTargetHealth,
  listAutoModeBindings,
  listPodsAt,
  listServices,
  listTargetGroupBindings,
  type Pod,
  type Question,
  type Service,
  type ServiceFact,
  type TargetGroupBinding,
  type TargetGroupFact,
} from "../../../src/playbook.ts";

/** How many targets are looked up by their addresses: one pod can be an accident, and each is a question. */
export const LOOKED_UP = 3;

export interface FoundService {
  readonly service: ServiceFact | null;
  /** What was tried, where nothing proves a Service. */
  readonly tried: string;
  readonly proof: readonly Question[];
}

/**
 * Which Service a target group serves: by the controller's tags, then by a TargetGroupBinding with its ARN, then by the
 * NodePort, then by the targets' addresses. The name of a target group is cut and stripped and proves nothing (AWS Load
 * Balancer Controller, model_build_target_group.go). EKS Auto Mode has tags and an API group of its own.
 */
export async function findService(group: TargetGroupFact, ask: Ask): Promise<FoundService> {
  const servicesAsked = listServices();
  const bindingsAsked = { ...listTargetGroupBindings(), remedies: { missing: NO_BINDINGS } };
  const [services, bindings] = await Promise.all([ask(servicesAsked), ask(bindingsAsked)]);
  if (!services.ok) return { service: null, tried: "the cluster's Services could not be read", proof: [] };
  const known = bindings.ok ? bindings.value : [];
  const first = prove(group, known, services.value);
  if (first.service || (bindings.ok && !isAutoMode(group)))
    return first.service || group.targetType !== "ip"
      ? { ...first, proof: [bindingsAsked.question, servicesAsked.question] }
      : byAddress(group, services.value, first.tried, ask);
  const autoAsked = listAutoModeBindings();
  const auto = await ask(autoAsked);
  const second = prove(group, [...known, ...(auto.ok ? auto.value : [])], services.value);
  if (second.service || group.targetType !== "ip")
    return { ...second, proof: [autoAsked.question, servicesAsked.question] };
  return byAddress(group, services.value, second.tried, ask);
}

const NO_BINDINGS =
  "nothing, if the cluster runs EKS Auto Mode or the target group was made by hand: the Service is then proven another way";

function isAutoMode({ tags }: TargetGroupFact): boolean {
  return Object.keys(tags).some((key) => key.startsWith("eks:") || key.includes(".eks.amazonaws.com"));
}

function prove(
  group: TargetGroupFact,
  bindings: readonly TargetGroupBinding[],
  services: readonly Service[],
): { service: ServiceFact | null; tried: string } {
  const [tag] = Object.entries(group.tags).flatMap(([key, value]) => (RESOURCE_TAG.test(key) ? [value] : []));
  const tagged = tag === undefined ? [] : services.filter((service) => namedBy(tag, service));
  const binding = bindings.find(({ spec }) => spec.targetGroupARN === group.arn);
  const bound = services.filter(
    ({ metadata }) =>
      binding && metadata.name === binding.spec.serviceRef.name && metadata.namespace === binding.metadata.namespace,
  );
  const onPort =
    group.targetType === "instance"
      ? services.filter(({ spec }) => spec.ports.some(({ nodePort }) => nodePort !== null && nodePort === group.port))
      : [];
  // Names with dashes can make a tag fit two Services; the binding or the port then says which of the two.
  const byTag =
    tagged.length > 1 ? tagged.filter((service) => bound.includes(service) || onPort.includes(service)) : tagged;
  const proofs = [
    ["tags", byTag],
    ["target-group-binding", bound],
    ["node-port", onPort],
  ] as const;
  for (const [proof, [service, ...more]] of proofs)
    if (service && more.length === 0) return { service: toService(group, service, proof), tried: "" };
  const tried = [
    tag === undefined ? "no controller tag" : `tag ${tag} fits none`,
    binding ? "its TargetGroupBinding's Service does not exist" : "no TargetGroupBinding",
    ...(group.targetType === "instance" ? ["no NodePort of its own"] : []),
  ];
  return { service: null, tried: tried.join(", ") };
}

/** The controller's tag that names the Service (pkg/deploy/tracking/provider.go): of Ingresses, Services and Gateways. */
const RESOURCE_TAG = /^(ingress|service|gateway)(\.[a-z0-9.-]+)?\.(k8s\.aws|eks\.amazonaws\.com)(\.[a-z]+)?\/resource$/;

/**
 * A tag's value holds dashes that may belong to either name, so it is matched against the Services that exist and never
 * split: `ns/ingress-service:port`, `ns/service:port`, or of a Gateway `gwNs/gw:routeNs-route:kind-ns-service:port`.
 */
function namedBy(tag: string, { metadata, spec }: Service): boolean {
  const namespace = metadata.namespace ?? "";
  const prefix = `${namespace}/`;
  const rest = tag.startsWith(prefix) ? tag.slice(prefix.length) : null;
  return spec.ports.some((port) =>
    [String(port.port), port.name ?? ""].some((suffix) => {
      if (suffix === "") return false;
      const full = `${metadata.name}:${suffix}`;
      return (
        rest === full || rest?.endsWith(`-${full}`) || (/:.*:.*:/.test(tag) && tag.endsWith(`-${namespace}-${full}`))
      );
    }),
  );
}

/** The pods at the targets' addresses, and the one Service that selects them all. */
async function byAddress(
  group: TargetGroupFact,
  services: readonly Service[],
  tried: string,
  ask: Ask,
): Promise<FoundService> {
  const healthAsked = describeTargetHealth(group.arn);
  const health = await ask(healthAsked);
  const addresses = health.ok ? health.value.map(({ id }) => id).slice(0, LOOKED_UP) : [];
  const asked = addresses.map(listPodsAt);
  const answers = await Promise.all(asked.map((one) => ask(one)));
  const pods = answers.flatMap((answer) => (answer.ok ? answer.value : []));
  const fitting = pods.length === 0 ? [] : services.filter((service) => pods.every((pod) => selects(service, pod)));
  const [service, ...more] = fitting.length > 1 ? fitting.filter((one) => hasPort(one, group.port)) : fitting;
  if (service && more.length === 0)
    return {
      service: toService(group, service, "target-addresses"),
      tried: "",
      proof: [healthAsked.question, ...asked.map(({ question }) => question)],
    };
  const read = health.ok && answers.every(({ ok }) => ok);
  return { service: null, tried: `${tried}, ${whyNot(pods, read)}`, proof: [] };
}

/** Pods that were not read are not pods that are not there. */
function whyNot(pods: readonly Pod[], read: boolean): string {
  if (pods.length > 0) return "no single Service of the pods at its targets";
  return read ? "no pod at the targets' addresses" : "the pods at the targets' addresses could not be read";
}

function selects({ metadata, spec }: Service, pod: Pod): boolean {
  const wanted = Object.entries(spec.selector);
  return (
    wanted.length > 0 &&
    metadata.namespace === pod.metadata.namespace &&
    wanted.every(([key, value]) => pod.metadata.labels[key] === value)
  );
}

function hasPort({ spec }: Service, port: number | null): boolean {
  return spec.ports.some(({ targetPort }) => targetPort === port);
}

/** The only value that a controller takes is "*": all ports (AWS Load Balancer Controller, Service annotations). */
const PROXY_PROTOCOL = "service.beta.kubernetes.io/aws-load-balancer-proxy-protocol";

export function toService(
  group: Pick<TargetGroupFact, "arn" | "port">,
  { metadata, spec }: Service,
  proof: ServiceFact["proof"],
): ServiceFact {
  const port = spec.ports.find(({ nodePort }) => nodePort !== null && nodePort === group.port) ?? spec.ports[0];
  return {
    targetGroup: group.arn,
    namespace: metadata.namespace ?? "default",
    name: metadata.name,
    proof,
    type: spec.type,
    nodePort: port?.nodePort ?? null,
    port: port?.port ?? null,
    targetPort: port?.targetPort === undefined || port.targetPort === null ? null : String(port.targetPort),
    externalTrafficPolicy: spec.externalTrafficPolicy,
    sessionAffinity: spec.sessionAffinity,
    healthCheckNodePort: spec.healthCheckNodePort,
    asksProxyProtocol: Object.hasOwn(metadata.annotations, PROXY_PROTOCOL),
    selector: spec.selector,
  };
}
