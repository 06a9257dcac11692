import type { FocusService, OtherService } from "../../scenario.ts";
import type { World } from "../../world.ts";
import { focusLabels, type KubernetesObject, timeAgo, uid } from "./meta.ts";

const DAY = 86_400;

/** All Services of the cluster: the load balancer's, and those that every such cluster has. */
export function services(world: World): KubernetesObject[] {
  const { focus, others, place } = world.scenario;
  return [
    system(world, "default", "kubernetes", {
      type: "ClusterIP",
      ports: [{ name: "https", port: 443, protocol: "TCP", targetPort: 443 }],
    }),
    focusService(world, focus),
    ...others.map((other) => otherService(world, other)),
    system(world, "kube-system", "kube-dns", {
      type: "ClusterIP",
      selector: { "k8s-app": "kube-dns" },
      ports: [{ name: "dns", port: 53, protocol: "UDP", targetPort: 53 }],
    }),
    system(world, "kube-system", "aws-load-balancer-webhook-service", {
      type: "ClusterIP",
      selector: { "app.kubernetes.io/name": "aws-load-balancer-controller" },
      ports: [{ name: "webhook-server", port: 443, protocol: "TCP", targetPort: "webhook-server" }],
    }),
    system(
      world,
      "monitoring",
      // Release "robusta"; the chart cuts its full name at 26 characters.
      "robusta-kube-prometheus-st-prometheus",
      {
        type: "ClusterIP",
        selector: { "app.kubernetes.io/name": "prometheus" },
        ports: [{ name: "http-web", port: 9090, protocol: "TCP", targetPort: 9090 }],
      },
      { app: "kube-prometheus-stack-prometheus" },
    ),
    ...(place.argoCd
      ? [
          system(world, "argocd", "argocd-server", {
            type: "ClusterIP",
            selector: { "app.kubernetes.io/name": "argocd-server" },
            ports: [{ name: "https", port: 443, protocol: "TCP", targetPort: 8080 }],
          }),
        ]
      : []),
  ];
}

function focusService(world: World, focus: FocusService): KubernetesObject {
  const node = focus.targetType === "instance";
  return object(world, focus.namespace, focus.service, focusLabels(world), {
    type: node ? "NodePort" : "ClusterIP",
    ...(node ? { externalTrafficPolicy: focus.routing?.localPolicy ? "Local" : "Cluster" } : {}),
    internalTrafficPolicy: "Cluster",
    ...(focus.routing?.clientIpAffinity
      ? { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } } }
      : { sessionAffinity: "None" }),
    selector: focusLabels(world),
    ports: [
      {
        name: focus.protocol === "HTTPS" ? "https" : "http",
        port: focus.port,
        protocol: "TCP",
        targetPort: focus.targetPort,
        ...(node ? { nodePort: focus.nodePort } : {}),
      },
    ],
  });
}

function otherService(world: World, other: OtherService): KubernetesObject {
  return object(
    world,
    other.namespace,
    other.service,
    { app: other.service },
    {
      type: "NodePort",
      externalTrafficPolicy: "Cluster",
      internalTrafficPolicy: "Cluster",
      sessionAffinity: "None",
      selector: { app: other.service },
      ports: [{ name: "http", port: 80, protocol: "TCP", targetPort: 8080, nodePort: other.nodePort }],
    },
  );
}

function system(
  world: World,
  namespace: string,
  name: string,
  spec: object,
  labels: { readonly [key: string]: string } = {},
) {
  return object(world, namespace, name, labels, { sessionAffinity: "None", ...spec });
}

function object(
  world: World,
  namespace: string,
  name: string,
  labels: { readonly [key: string]: string },
  spec: object,
): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace, uid: uid("Service", name), creationTimestamp: timeAgo(world, 390 * DAY), labels },
    spec: { clusterIP: `172.20.${17 + (name.length % 200)}.${1 + (name.charCodeAt(0) % 250)}`, ...spec },
    status: { loadBalancer: {} },
  };
}

/** TargetGroupBindings as the AWS Load Balancer Controller makes them: one a target group, in the Service's namespace. */
export function targetGroupBindings(world: World): KubernetesObject[] {
  const { focus, others, loadBalancer } = world.scenario;
  return [focus, ...others].map((service, index) => ({
    apiVersion: "elbv2.k8s.aws/v1beta1",
    kind: "TargetGroupBinding",
    metadata: {
      name: service.targetGroup,
      namespace: service.namespace,
      uid: uid("TargetGroupBinding", service.targetGroup),
      creationTimestamp: timeAgo(world, 389 * DAY),
      labels: { "ingress.k8s.aws/stack": loadBalancer.group },
    },
    spec: {
      ipAddressType: "ipv4",
      serviceRef: { name: service.service, port: index === 0 ? focus.port : 80 },
      targetGroupARN: world.arns.targetGroups[index],
      targetType: index === 0 ? focus.targetType : "instance",
    },
    status: { observedGeneration: 1 },
  }));
}
