import type { Answer, Input } from "../../src/model/question.ts";
import { typeOf } from "../front.ts";
import { dnsName, type World } from "../world.ts";
import { certificateArn } from "./acm.ts";
import { nodePasses } from "./hosts.ts";
import { listenerOf } from "./listeners.ts";
import { balancerGroup, balancerSubnets } from "./subnets.ts";
import { localTo } from "./targets.ts";

/** Answers one operation of the classic Elastic Load Balancing API in the SDK's output shape. */
export function elbAnswer(world: World, operation: string, input: Input): Answer {
  const answer = OPERATIONS[operation];
  if (!answer)
    return { status: "failed", failure: { kind: "forbidden", message: `not authorized to perform: ${operation}` } };
  const names = Array.isArray(input.LoadBalancerNames) ? input.LoadBalancerNames : [input.LoadBalancerName];
  const { name } = world.scenario.loadBalancer;
  if (typeOf(world.scenario) !== "classic" || names.some((one) => one !== undefined && one !== name))
    return { status: "failed", failure: { kind: "missing", message: "There is no ACTIVE Load Balancer of that name" } };
  return { status: "answered", pages: [answer(world)] };
}

const OPERATIONS: { readonly [operation: string]: (world: World) => unknown } = {
  DescribeLoadBalancers: (world) => ({ LoadBalancerDescriptions: [described(world)] }),

  DescribeLoadBalancerAttributes: ({ scenario }) => {
    const { crossZone = false, idleTimeout, deregistration } = scenario.loadBalancer;
    const { delay = 300 } = deregistration ?? {};
    return {
      LoadBalancerAttributes: {
        CrossZoneLoadBalancing: { Enabled: crossZone },
        AccessLog: { Enabled: false },
        ConnectionDraining: { Enabled: delay > 0, Timeout: delay > 0 ? delay : 300 },
        ConnectionSettings: { IdleTimeout: idleTimeout },
        AdditionalAttributes: [{ Key: "elb.http.desyncmitigationmode", Value: "defensive" }],
      },
    };
  },

  DescribeInstanceHealth: (world) => ({
    InstanceStates: instances(world).map((InstanceId, index) => {
      const well = passes(world, InstanceId, index);
      return {
        InstanceId,
        State: well ? "InService" : "OutOfService",
        ReasonCode: well ? "N/A" : "Instance",
        Description: well
          ? "N/A"
          : "Instance has failed at least the UnhealthyThreshold number of health checks consecutively.",
      };
    }),
  }),

  DescribeTags: ({ scenario }) => ({
    TagDescriptions: [
      {
        LoadBalancerName: scenario.loadBalancer.name,
        Tags: scenario.seen?.instances
          ? [{ Key: "Name", Value: scenario.focus.service }]
          : [
              { Key: `kubernetes.io/cluster/${scenario.place.cluster}`, Value: "owned" },
              { Key: "kubernetes.io/service-name", Value: `${scenario.focus.namespace}/${scenario.focus.service}` },
            ],
      },
    ],
  }),
};

function instances({ scenario }: World): readonly string[] {
  return scenario.seen?.instances ?? scenario.nodes.map(({ instanceId }) => instanceId);
}

function passes(world: World, id: string, index: number): boolean {
  const { checks, length } = world.truth;
  if (world.scenario.seen?.instances) return !checks.sick(index, length) && !checks.failing(id, length);
  return nodePasses(world, index, length, localTo(world, index));
}

function described(world: World) {
  const { scenario } = world;
  const { loadBalancer, focus, place, seen } = scenario;
  const { port, protocol, policy, certificate } = listenerOf(world);
  const { path, interval, timeout, unhealthyAfter = 2, healthyAfter = 2 } = focus.healthCheck;
  const InstancePort = seen?.instances ? focus.targetPort : focus.nodePort;
  const checked = focus.healthCheck.port ?? String(InstancePort);
  const secure = protocol === "HTTPS" || protocol === "SSL";
  const InstanceProtocol = protocol === "HTTPS" || protocol === "HTTP" ? "HTTP" : "TCP";
  const policies = [...(policy === null ? [] : [policy]), ...(loadBalancer.proxyProtocol ? [PROXY_POLICY] : [])];
  return {
    LoadBalancerName: loadBalancer.name,
    DNSName: dnsName(scenario),
    CanonicalHostedZoneNameID: "Z0EXAMPLE00000",
    ListenerDescriptions: [
      {
        Listener: {
          Protocol: protocol,
          LoadBalancerPort: port,
          InstanceProtocol,
          InstancePort,
          ...(secure && certificate ? { SSLCertificateId: certificateArn(scenario, certificate) } : {}),
        },
        PolicyNames: policy === null ? [] : [policy],
      },
    ],
    Policies: { AppCookieStickinessPolicies: [], LBCookieStickinessPolicies: [], OtherPolicies: policies },
    BackendServerDescriptions: loadBalancer.proxyProtocol ? [{ InstancePort, PolicyNames: [PROXY_POLICY] }] : [],
    AvailabilityZones: place.zones,
    Subnets: balancerSubnets(scenario).map(({ id }) => id),
    VPCId: place.vpc,
    Instances: instances(world).map((InstanceId) => ({ InstanceId })),
    HealthCheck: {
      Target: focus.healthCheck.protocol === "TCP" ? `TCP:${checked}` : `HTTP:${checked}${path}`,
      Interval: interval,
      Timeout: timeout,
      UnhealthyThreshold: unhealthyAfter,
      HealthyThreshold: healthyAfter,
    },
    SourceSecurityGroup: { OwnerAlias: place.account, GroupName: `k8s-elb-${loadBalancer.name}` },
    SecurityGroups: [balancerGroup(scenario)],
    CreatedTime: new Date((scenario.now - 700 * 86_400) * 1000).toISOString(),
    Scheme: loadBalancer.scheme,
  };
}

/** The policy that Kubernetes makes for Proxy Protocol (cloud-provider-aws). */
const PROXY_POLICY = "k8s-proxyprotocol-enabled";
