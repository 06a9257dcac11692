import type { Question } from "../../model/question.ts";
import { KNOWN_LATER as K, NODE_PORT, type Planned } from "../placeholders.ts";

/** One Service on the node port, with one Deployment, its pod and its node. */
export function placeholder({ operation, input }: Question, { pods = {} }: Pick<Planned, "pods">): unknown {
  if (operation === "exec") return { stdout: "" };
  if (operation === "get") return { metadata: { name: input.name }, data: {} };
  const metadata = (name: string, more: object = {}) => ({ name, namespace: K.namespace, ...more });
  const owner = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] });
  const container = {
    name: pods.container ?? K.container,
    image: pods.image,
    volumeMounts: [{ name: "config", mountPath: "/etc" }],
  };
  const spec = {
    nodeName: K.node,
    containers: [container],
    volumes: [{ name: "config", configMap: { name: K.configMap } }],
  };
  const items: { readonly [resource: string]: readonly unknown[] } = {
    services: [
      {
        metadata: metadata(K.service),
        spec: {
          type: "NodePort",
          selector: pods.selector ?? { "<label>": "<value>" },
          ports: [{ port: 80, nodePort: NODE_PORT }],
        },
        status: { loadBalancer: { ingress: [{ hostname: K.hostName }] } },
      },
    ],
    pods: [
      {
        metadata: metadata(K.pod, owner("ReplicaSet", K.replicaSet)),
        spec,
        status: { phase: "Running" },
        containers: [],
      },
    ],
    replicasets: [
      { metadata: metadata(K.replicaSet, owner("Deployment", K.deployment)), spec: { template: { spec } } },
    ],
    deployments: [{ metadata: metadata(K.deployment), spec: { replicas: 1, template: { spec } } }],
    horizontalpodautoscalers: [
      {
        metadata: metadata(K.autoscaler),
        spec: { scaleTargetRef: { kind: "Deployment", name: K.deployment }, minReplicas: 1, maxReplicas: 2 },
      },
    ],
    nodes: [
      {
        metadata: { name: K.node },
        status: { allocatable: {}, addresses: [{ type: "InternalIP", address: K.address }] },
      },
    ],
  };
  return { items: items[String(input.resource)] ?? [] };
}
