import { healthCheckNodePort, typeOf } from "../../front.ts";
import type { FocusService, OtherService } from "../../scenario.ts";
import { dnsName, type World } from "../../world.ts";
import { focusLabels, type KubernetesObject, timeAgo, uid } from "./meta.ts";
import { innerIngresses } from "./routes.ts";

const DAY = 86_400;

/** All Services of the cluster: the load balancer's, and those that every such cluster has. */
export function services(world: World): KubernetesObject[] {
  const { behind, focus, others, place } = world.scenario;
  return [
    system(world, "default", "kubernetes", {
      type: "ClusterIP",
      ports: [{ name: "https", port: 443, protocol: "TCP", targetPort: 443 }],
    }),
    focusService(world, focus),
    ...others.map((other) => otherService(world, other)),
    ...(behind?.services ?? []).map(({ namespace, service }) =>
      object(
        world,
        namespace,
        service,
        { app: service },
        {
          type: "ClusterIP",
          sessionAffinity: "None",
          selector: { app: service },
          ports: [{ name: "http", port: 80, protocol: "TCP", targetPort: 8080 }],
        },
      ),
    ),
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
  const type = typeOf(world.scenario);
  if (type === "network" || type === "classic") return balancedService(world, focus, type);
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

const ANNOTATION = "service.beta.kubernetes.io/aws-load-balancer";

/** A Service of type LoadBalancer: the AWS Load Balancer Controller makes an NLB of it, the cloud provider a classic one. */
function balancedService(world: World, focus: FocusService, type: "network" | "classic"): KubernetesObject {
  const { loadBalancer } = world.scenario;
  const { healthCheck, routing } = focus;
  const { deregistration } = loadBalancer;
  const local = routing?.localPolicy === true;
  const made = object(world, focus.namespace, focus.service, focusLabels(world), {
    type: "LoadBalancer",
    ...(type === "network" ? { loadBalancerClass: "service.k8s.aws/nlb" } : {}),
    externalTrafficPolicy: local ? "Local" : "Cluster",
    internalTrafficPolicy: "Cluster",
    sessionAffinity: "None",
    allocateLoadBalancerNodePorts: true,
    ...(local ? { healthCheckNodePort: healthCheckNodePort(focus.nodePort) } : {}),
    selector: focusLabels(world),
    ports: [
      {
        name: "tcp",
        port: focus.port,
        protocol: "TCP",
        targetPort: focus.targetPort,
        nodePort: focus.nodePort,
      },
    ],
  });
  const annotations = {
    [`${ANNOTATION}-scheme`]: loadBalancer.scheme,
    ...(type === "network"
      ? { [`${ANNOTATION}-type`]: "external", [`${ANNOTATION}-nlb-target-type`]: focus.targetType }
      : {}),
    ...(loadBalancer.proxyProtocol ? { [`${ANNOTATION}-proxy-protocol`]: "*" } : {}),
    ...(loadBalancer.crossZone === undefined
      ? {}
      : { [`${ANNOTATION}-cross-zone-load-balancing-enabled`]: String(loadBalancer.crossZone) }),
    ...(deregistration && type === "network"
      ? {
          [`${ANNOTATION}-target-group-attributes`]: `deregistration_delay.timeout_seconds=${deregistration.delay},deregistration_delay.connection_termination.enabled=${deregistration.terminates}`,
        }
      : {}),
    [`${ANNOTATION}-healthcheck-interval`]: String(healthCheck.interval),
    ...(healthCheck.port ? { [`${ANNOTATION}-healthcheck-port`]: healthCheck.port } : {}),
  };
  return {
    ...made,
    metadata: { ...made.metadata, annotations },
    status: { loadBalancer: { ingress: [{ hostname: dnsName(world.scenario) }] } },
  };
}

/** Ingresses of an ALB: each service's own, and with it the rules that the scenario sends to it. */
export function ingresses(world: World): KubernetesObject[] {
  const { focus, others, loadBalancer } = world.scenario;
  if (typeOf(world.scenario) !== "application") return [];
  const outer = [focus, ...others].map((service, index) => {
    const name = index === 0 ? focus.ingress : `${service.service}-ingress`;
    const number = index === 0 ? focus.port : 80;
    const backend = { service: { name: service.service, port: { number } } };
    const rule = (host: string, path: string) => ({
      host,
      http: { paths: [{ path, pathType: "ImplementationSpecific", backend }] },
    });
    const added = (loadBalancer.rules ?? []).filter(({ group }) => group === index);
    return {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: {
        name,
        namespace: service.namespace,
        uid: uid("Ingress", name),
        creationTimestamp: timeAgo(world, 389 * DAY),
        annotations: {
          "alb.ingress.kubernetes.io/group.name": loadBalancer.group,
          "alb.ingress.kubernetes.io/scheme": loadBalancer.scheme,
          "alb.ingress.kubernetes.io/target-type": index === 0 ? focus.targetType : "instance",
        },
      },
      spec: {
        ingressClassName: "alb",
        rules: [...added.map(({ host, path }) => rule(host, path)), rule(service.host, "/*")],
      },
      status: { loadBalancer: { ingress: [{ hostname: dnsName(world.scenario) }] } },
    };
  });
  return [...outer, ...innerIngresses(world)];
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

/** What the controller's objects of one load balancer have in common. */
function stackLabels(
  { scenario }: World,
  { namespace, service }: FocusService | OtherService,
): { readonly [key: string]: string } {
  return typeOf(scenario) === "network"
    ? { "service.k8s.aws/stack-namespace": namespace, "service.k8s.aws/stack-name": service }
    : { "ingress.k8s.aws/stack": scenario.loadBalancer.group };
}

/** TargetGroupBindings as the AWS Load Balancer Controller makes them: one a target group, in the Service's namespace. */
export function targetGroupBindings(world: World): KubernetesObject[] {
  const { focus, others } = world.scenario;
  const type = typeOf(world.scenario);
  // Classic Load Balancers have no target groups, and appliances no Service.
  if (type === "classic" || type === "gateway") return [];
  return [focus, ...others].map((service, index) => ({
    apiVersion: "elbv2.k8s.aws/v1beta1",
    kind: "TargetGroupBinding",
    metadata: {
      name: service.targetGroup,
      namespace: service.namespace,
      uid: uid("TargetGroupBinding", service.targetGroup),
      creationTimestamp: timeAgo(world, 389 * DAY),
      labels: stackLabels(world, service),
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
