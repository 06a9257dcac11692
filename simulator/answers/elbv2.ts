import type { Answer, Input } from "../../src/model/question.ts";
import { typeOf } from "../front.ts";
import { dnsName, type World } from "../world.ts";
import { balancerAttributes, groupAttributes, listenerAttributes } from "./attributes.ts";
import { listenerCertificates, listeners, rules } from "./listeners.ts";
import { balancerGroup, balancerSubnets } from "./subnets.ts";
import { services, targetGroup, targets } from "./targets.ts";

/** Answers one ELBv2 operation in the SDK's output shape. */
export function elbv2Answer(world: World, operation: string, input: Input): Answer {
  const answer = OPERATIONS[operation];
  if (!answer)
    return { status: "failed", failure: { kind: "forbidden", message: `not authorized to perform: ${operation}` } };
  // A Classic Load Balancer is none that this API knows.
  const page = typeOf(world.scenario) === "classic" ? null : answer(world, input);
  if (page === null)
    return {
      status: "failed",
      failure: { kind: "missing", message: `${operation}: there is no such load balancer, listener or target group` },
    };
  return { status: "answered", pages: [page] };
}

type Operation = (world: World, input: Input) => unknown;

const OPERATIONS: { readonly [operation: string]: Operation } = {
  DescribeLoadBalancers: (world, input) => {
    const { loadBalancer, place } = world.scenario;
    const type = typeOf(world.scenario);
    if (!asks(input.LoadBalancerArns, world.arns.loadBalancer)) return null;
    return {
      LoadBalancers: [
        {
          LoadBalancerArn: world.arns.loadBalancer,
          ...(type === "gateway" ? {} : { DNSName: dnsName(world.scenario) }),
          CreatedTime: daysAgo(world, 412),
          LoadBalancerName: loadBalancer.name,
          ...(type === "gateway" ? {} : { Scheme: loadBalancer.scheme }),
          VpcId: place.vpc,
          State: { Code: "active" },
          Type: type,
          AvailabilityZones: balancerSubnets(world.scenario).map(({ zone, id }) => ({
            ZoneName: zone,
            SubnetId: id,
            LoadBalancerAddresses: [],
          })),
          ...(type === "gateway" ? {} : { SecurityGroups: [balancerGroup(world.scenario)] }),
          IpAddressType: "ipv4",
        },
      ],
    };
  },

  DescribeLoadBalancerAttributes: (world, input) =>
    input.LoadBalancerArn === world.arns.loadBalancer ? attributes(balancerAttributes(world)) : null,

  DescribeListeners: (world, input) =>
    input.LoadBalancerArn === world.arns.loadBalancer ? { Listeners: listeners(world) } : null,

  DescribeListenerAttributes: (world, input) =>
    input.ListenerArn === world.arns.listener ? attributes(listenerAttributes(world)) : null,

  DescribeListenerCertificates: (world, input) =>
    input.ListenerArn === world.arns.listener ? { Certificates: listenerCertificates(world) } : null,

  DescribeRules: (world, input) => (input.ListenerArn === world.arns.listener ? { Rules: rules(world) } : null),

  DescribeTargetGroups: (world, input) => {
    const all = world.arns.targetGroups.map((_, index) => targetGroup(world, index));
    if (input.LoadBalancerArn !== undefined)
      return input.LoadBalancerArn === world.arns.loadBalancer ? { TargetGroups: all } : null;
    const wanted = all.filter((group) => asks(input.TargetGroupArns, group.TargetGroupArn));
    return wanted.length > 0 ? { TargetGroups: wanted } : null;
  },

  DescribeTargetGroupAttributes: (world, input) => {
    const index = world.arns.targetGroups.indexOf(String(input.TargetGroupArn));
    if (index < 0) return null;
    return attributes(groupAttributes(world, index));
  },

  DescribeTargetHealth: (world, input) => {
    const index = world.arns.targetGroups.indexOf(String(input.TargetGroupArn));
    return index < 0 ? null : { TargetHealthDescriptions: targets(world, index) };
  },

  DescribeTags: (world, input) => {
    const arns = Array.isArray(input.ResourceArns) ? input.ResourceArns.map(String) : [];
    const known = arns.flatMap((arn) => {
      const index = world.arns.targetGroups.indexOf(arn);
      if (arn !== world.arns.loadBalancer && index < 0) return [];
      return [{ ResourceArn: arn, Tags: tags(world, index < 0 ? null : index) }];
    });
    return known.length === arns.length && arns.length > 0 ? { TagDescriptions: known } : null;
  },
};

/** What the AWS Load Balancer Controller writes on what it makes. `index`: of a target group; null: the load balancer. */
function tags(world: World, index: number | null) {
  const { scenario } = world;
  const service = services(world)[index ?? 0];
  if (scenario.seen?.instances && (index === 0 || typeOf(scenario) !== "application"))
    return [{ Key: "Name", Value: index === null ? scenario.loadBalancer.name : (service?.service ?? "") }];
  const { namespace = "", service: name = "" } = service ?? {};
  const port = index === 0 ? scenario.focus.port : 80;
  const ingress = index === 0 ? scenario.focus.ingress : `${name}-ingress`;
  const network = typeOf(scenario) === "network";
  const of = network ? `${namespace}/${name}:${port}` : `${namespace}/${ingress}-${name}:${port}`;
  const by = network ? "service.k8s.aws" : "ingress.k8s.aws";
  return [
    { Key: "elbv2.k8s.aws/cluster", Value: scenario.place.cluster },
    { Key: `${by}/stack`, Value: network ? `${namespace}/${name}` : scenario.loadBalancer.group },
    { Key: `${by}/resource`, Value: index === null ? "LoadBalancer" : of },
  ];
}

function attributes(values: { readonly [key: string]: string }) {
  return { Attributes: Object.entries(values).map(([Key, Value]) => ({ Key, Value })) };
}

/** Whether a list of wanted ARNs holds this one; no list asks for all. */
function asks(wanted: unknown, arn: string): boolean {
  return !Array.isArray(wanted) || wanted.length === 0 || wanted.includes(arn);
}

function daysAgo(world: World, days: number): string {
  return new Date((world.scenario.now - days * 86_400) * 1000).toISOString();
}
