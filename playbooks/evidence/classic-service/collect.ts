import {
  type Ask,
  defineStep,
  describeClassicBalancer,
  describeClassicTags,
  listServices,
  type Service,
  type ServiceFact,
} from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { compareWithNodes, toFact } from "../cluster/collect.ts";
import { clusterFact } from "../cluster/fact.ts";
import { PROOF } from "../service/collect.ts";
import { serviceFact } from "../service/fact.ts";
import { toService } from "../service/find.ts";

/** The tag that the AWS cloud provider writes: "namespace/name" (cloud-provider-aws, aws_loadbalancer.go). */
const SERVICE = "kubernetes.io/service-name";

/**
 * Which Service of type LoadBalancer a Classic Load Balancer was made for: by its host name, which no two have, or by its
 * tag, where its instances are this cluster's nodes. Without either its instances are looked at as such.
 */
export default defineStep({
  id: "classic-service",
  title: "service",
  needs: { alarm: alarmFact },
  uses: [],
  gives: [clusterFact, serviceFact],
  async run({ facts: { alarm }, ask, give, find, lack }) {
    const name = alarm.dimensions.LoadBalancerName ?? "";
    const [balancerAsked, tagsAsked, servicesAsked] = [
      describeClassicBalancer(name),
      describeClassicTags(name),
      listServices(),
    ];
    const [balancer, tags, services] = await Promise.all([ask(balancerAsked), ask(tagsAsked), ask(servicesAsked)]);
    if (!balancer.ok || !balancer.value) return;
    const { instances, dnsName } = balancer.value;
    const compared = await comparedWith(instances, ask);
    const cluster = toFact(compared, null);
    give(clusterFact, cluster);
    if (compared)
      find({
        id: "identity",
        statement: cluster.statement,
        measures: { verdict: cluster.verdict, matched: cluster.matched, of: cluster.of },
        proof: [balancerAsked.question, ...compared.proof],
      });
    if (!services.ok) return;
    const tag = tags.ok ? (tags.value[SERVICE] ?? null) : null;
    const isHere = cluster.verdict === "same" || cluster.verdict === "part";
    const found =
      proven(services.value, "host-name", (one) => hostNamesOf(one).includes((dnsName ?? "").toLowerCase())) ??
      (isHere ? proven(services.value, "tags", (one) => tag !== null && nameOf(one) === tag) : null);
    if (!found) {
      lack({
        source: "kubernetes",
        kind: "missing",
        what: `no Service of this cluster is proven to be behind ${name} (${tag === null ? "no tag kubernetes.io/service-name" : `its tag names ${tag}`}, and no Service has its host name)`,
        remedy: isHere
          ? "look at what listens on its instances' port: kubectl get services -A -o wide"
          : "its instances are not this cluster's nodes: a cluster cannot describe plain EC2 instances",
      });
      return;
    }
    const port = balancer.value.listeners[0]?.instancePort ?? null;
    const service = toService({ arn: name, port }, found.service, found.proof);
    give(serviceFact, service);
    find({
      id: "proof",
      statement: `${name} serves Service ${service.namespace}/${service.name}, proven ${PROOF[service.proof]}`,
      measures: { namespace: service.namespace, name: service.name, proof: service.proof, nodePort: service.nodePort },
      proof: [balancerAsked.question, tagsAsked.question, servicesAsked.question],
    });
  },
});

function comparedWith(instances: readonly string[], ask: Ask) {
  return instances.length === 0 ? null : compareWithNodes(instances, ask);
}

/** The one Service that fits; of several none is proven. */
function proven(services: readonly Service[], proof: ServiceFact["proof"], fits: (one: Service) => boolean) {
  const [service, ...more] = services.filter(fits);
  return service && more.length === 0 ? { service, proof } : null;
}

function hostNamesOf({ status }: Service): string[] {
  const names = status?.loadBalancer?.ingress.flatMap(({ hostname }) => hostname ?? []) ?? [];
  return names.filter((one) => one !== "").map((one) => one.toLowerCase());
}

function nameOf({ metadata }: Service): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}
