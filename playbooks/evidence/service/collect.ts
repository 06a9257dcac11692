import {
  defineStep,
  listServices,
  listTargetGroupBindings,
  prometheusAmong,
  prometheusCandidates,
  type Service,
  type ServiceFact,
  type TargetGroupBinding,
  type TargetGroupFact,
} from "../../../src/playbook.ts";

/** Which Service the guilty target group serves; and, from the same list, where the cluster's Prometheus lives. */
export default defineStep({
  id: "service",
  title: "service",
  needs: ["alarm"],
  uses: ["targetGroups", "blame"],
  gives: ["service"],
  async run({ ask, use, give, find, lack }) {
    const bindingsAsked = listTargetGroupBindings();
    const servicesAsked = listServices();
    const [bindings, services, groups, blame] = await Promise.all([
      ask(bindingsAsked),
      ask(servicesAsked),
      use("targetGroups"),
      use("blame"),
    ]);
    const prometheus = services.ok ? prometheusAmong(services.value) : null;
    if (prometheus) {
      const { namespace, name, port, installation } = prometheus;
      const others = services.ok ? prometheusCandidates(services.value).slice(1, 4) : [];
      const beside =
        others.length === 0
          ? ""
          : `; ${others.map((one) => `${one.namespace}/${one.name}`).join(", ")} look like one too`;
      find({
        id: "prometheus",
        statement: `Prometheus is Service ${namespace}/${name}:${port} (${installation})${beside}`,
        measures: { namespace, name, port },
        proof: [servicesAsked.question],
      });
    }
    const guilty = groups?.find((group) => group.arn === blame?.guilty?.arn);
    if (!guilty || !services.ok) return;
    const { service, tried } = proveService(guilty, bindings.ok ? bindings.value : [], services.value);
    if (!service) {
      lack({
        source: "kubernetes",
        kind: "missing",
        what: `no Service of this cluster is proven to be behind target group ${guilty.name} (${tried})`,
        remedy: "check that the kubectl context is the cluster that the load balancer belongs to",
      });
      return;
    }
    give("service", service);
    find({
      id: "proof",
      statement: `${guilty.name} serves Service ${service.namespace}/${service.name}, proven ${PROOF[service.proof]}`,
      measures: { namespace: service.namespace, name: service.name, proof: service.proof, nodePort: service.nodePort },
      proof: [bindingsAsked.question, servicesAsked.question],
    });
  },
});

/**
 * Which Service a target group serves: by the controller's tags, then by a TargetGroupBinding with its ARN, then by the
 * NodePort. The name of a target group is cut and stripped and proves nothing (AWS Load Balancer Controller,
 * model_build_target_group.go). A tag's value holds dashes that may belong to either name, so it is matched against the
 * Services that exist and never split.
 */
function proveService(
  group: TargetGroupFact,
  bindings: readonly TargetGroupBinding[],
  services: readonly Service[],
): { service: ServiceFact | null; tried: string } {
  const tag = group.tags["ingress.k8s.aws/resource"] ?? group.tags["service.k8s.aws/resource"];
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
    binding ? "its TargetGroupBinding's Service is not there" : "no TargetGroupBinding",
    "no NodePort of its own",
  ];
  return { service: null, tried: tried.join(", ") };
}

function namedBy(tag: string, { metadata, spec }: Service): boolean {
  const prefix = `${metadata.namespace ?? ""}/`;
  if (!tag.startsWith(prefix)) return false;
  const rest = tag.slice(prefix.length);
  return spec.ports.some((port) =>
    [String(port.port), port.name ?? ""].some((suffix) => {
      const full = `${metadata.name}:${suffix}`;
      return suffix !== "" && (rest === full || rest.endsWith(`-${full}`));
    }),
  );
}

function toService(group: TargetGroupFact, { metadata, spec }: Service, proof: ServiceFact["proof"]): ServiceFact {
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
    selector: spec.selector,
  };
}

const PROOF: Record<ServiceFact["proof"], string> = {
  tags: "by the controller's tags",
  "target-group-binding": "by its TargetGroupBinding",
  "node-port": "by its NodePort",
};
