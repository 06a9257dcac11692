import {
  defineStep,
  listServices,
  prometheusAmong,
  prometheusCandidates,
  type ServiceFact,
  whoseWords,
} from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { clusterFact } from "../cluster/fact.ts";
import { suspectFact, targetGroupsFact } from "../target-groups/fact.ts";
import { serviceFact } from "./fact.ts";
import { findService } from "./find.ts";

/** Which Service the guilty target group serves; and, from the same list, where the cluster's Prometheus lives. */
export default defineStep({
  id: "service",
  title: "service",
  needs: { alarm: alarmFact },
  uses: [targetGroupsFact, suspectFact, clusterFact],
  gives: [serviceFact],
  async run({ ask, use, give, find, lack }) {
    const servicesAsked = listServices();
    const [services, groups, suspect] = await Promise.all([
      ask(servicesAsked),
      use(targetGroupsFact),
      use(suspectFact),
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
        statement: `Prometheus is Service ${namespace}/${name}:${port} (${installation})${beside}${whoseWords(prometheus)}`,
        measures: { namespace, name, port },
        proof: [servicesAsked.question],
      });
    }
    const guilty = groups?.find((group) => group.arn === suspect?.group?.arn);
    if (!guilty || !services.ok) return;
    const { service, tried, proof } = await findService(guilty, ask);
    // What a Service of another cluster has to say is about other pods, however well its names fit.
    if ((await use(clusterFact))?.verdict === "other") return;
    if (!service) {
      lack({
        source: "kubernetes",
        kind: "missing",
        what: `no Service of this cluster is proven to be behind target group ${guilty.name} (${tried})`,
        remedy: "check that the kubectl context is the cluster that the load balancer belongs to",
      });
      return;
    }
    give(serviceFact, service);
    find({
      id: "proof",
      statement: `${guilty.name} serves Service ${service.namespace}/${service.name}, proven ${PROOF[service.proof]}`,
      measures: { namespace: service.namespace, name: service.name, proof: service.proof, nodePort: service.nodePort },
      proof,
    });
  },
});

export const PROOF: Record<ServiceFact["proof"], string> = {
  tags: "by the controller's tags",
  "target-group-binding": "by its TargetGroupBinding",
  "node-port": "by its NodePort",
  "host-name": "by the load balancer's host name in its status",
  "target-addresses": "by the targets' addresses, which are those of its pods",
  "ingress-controller": "by the metrics of the ingress controller in front of it",
};
