import type { Answer, Input, Json } from "../../src/model/question.ts";
import { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import { focusPodIp, podsAtEnd, type World } from "../world.ts";
import { listenerOf } from "./listeners.ts";
import { balancerGroup, balancerSubnets, nodeGroup, nodeSubnets, podSubnets, type Subnet } from "./subnets.ts";

/** Answers one operation of EC2 in the SDK's output shape, as far as the network of the load balancer goes. */
export function ec2Answer(world: World, operation: string, input: Input): Answer {
  const answer = OPERATIONS[operation];
  if (!answer)
    return { status: "failed", failure: { kind: "forbidden", message: `not authorized to perform: ec2:${operation}` } };
  const page = answer(world, input);
  return page === null
    ? { status: "failed", failure: { kind: "missing", message: `${operation}: an id does not exist` } }
    : { status: "answered", pages: [page] };
}

const OPERATIONS: { readonly [operation: string]: (world: World, input: Input) => unknown } = {
  DescribeSecurityGroups: (world, input) => named("SecurityGroups", groups(world), "GroupId", input.GroupIds),
  DescribeSubnets: (world, input) => named("Subnets", subnets(world.scenario), "SubnetId", input.SubnetIds),
  DescribeNetworkAcls: (world, input) => {
    const wanted = filter(input, "association.subnet-id");
    const acls = networkAcls(world).filter(
      ({ Associations }) => wanted === null || Associations.some(({ SubnetId }) => wanted.includes(SubnetId)),
    );
    return { NetworkAcls: acls };
  },
  DescribeNetworkInterfaces: (world, input) => {
    const addresses = filter(input, "addresses.private-ip-address");
    const attached = filter(input, "attachment.instance-id");
    const found = interfaces(world).filter(
      (one) =>
        (addresses === null || one.PrivateIpAddresses.some((each) => addresses.includes(each.PrivateIpAddress))) &&
        (attached === null || attached.includes(one.Attachment.InstanceId)),
    );
    return { NetworkInterfaces: found };
  },
};

/** Those with the wanted ids, or all; null where one of them does not exist. */
function named(list: string, all: readonly { readonly [id: string]: unknown }[], id: string, wanted: Json | undefined) {
  if (!Array.isArray(wanted) || wanted.length === 0) return { [list]: all };
  const found = all.filter((one) => wanted.includes(String(one[id])));
  return found.length === new Set(wanted).size ? { [list]: found } : null;
}

function filter(input: Input, name: string): readonly string[] | null {
  const filters = Array.isArray(input.Filters) ? input.Filters : [];
  const found = (filters as readonly { readonly Name?: string; readonly Values?: readonly string[] }[]).find(
    (one) => one.Name === name,
  );
  return found ? (found.Values ?? []) : null;
}

/** What drops packets at the end; null: nothing does. */
function blocking({ scenario }: World): "security group" | "network ACL" | null {
  const at = scenario.window - 1;
  const open = scenario.faults?.blocked?.find((one) => one.at <= at && at < one.at + one.seconds);
  return open ? (open.by ?? "security group") : null;
}

const ANYWHERE = [{ CidrIp: "0.0.0.0/0" }];
const EVERYTHING = { IpProtocol: "-1", IpRanges: ANYWHERE, Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };

function tcp(from: number, to: number, source: { readonly group?: string; readonly cidrs?: readonly string[] }) {
  return {
    IpProtocol: "tcp",
    FromPort: from,
    ToPort: to,
    IpRanges: (source.cidrs ?? []).map((CidrIp) => ({ CidrIp })),
    Ipv6Ranges: [],
    PrefixListIds: [],
    UserIdGroupPairs: source.group ? [{ GroupId: source.group }] : [],
  };
}

/** The load balancer's group, which all the world may reach, and that of the nodes and pods, which it may. */
function groups(world: World) {
  const { scenario } = world;
  const { place, loadBalancer } = scenario;
  const [balancer, node] = [balancerGroup(scenario), nodeGroup(scenario)];
  const { port } = listenerOf(world);
  const open = tcp(port, port, { cidrs: loadBalancer.scheme === "internal" ? ["10.0.0.0/8"] : ["0.0.0.0/0"] });
  const common = { OwnerId: place.account, VpcId: place.vpc, Tags: [] };
  return [
    {
      ...common,
      GroupId: balancer,
      GroupName: `k8s-${loadBalancer.group}-${balancer.slice(-10)}`,
      Description: "[k8s] Managed SecurityGroup for LoadBalancer",
      IpPermissions: [open],
      IpPermissionsEgress: [EVERYTHING],
    },
    {
      ...common,
      GroupId: node,
      GroupName: `eks-cluster-sg-${place.cluster}-${node.slice(-8)}`,
      Description: "EKS created security group applied to ENI that is attached to EKS Control Plane",
      IpPermissions: [
        { ...EVERYTHING, IpRanges: [], UserIdGroupPairs: [{ GroupId: node }] },
        tcp(10_250, 10_250, { cidrs: ["10.0.0.0/8"] }),
        ...fromBalancer(world, balancer),
      ],
      IpPermissionsEgress: [EVERYTHING],
    },
  ];
}

/** The rules by which the load balancer reaches its targets: gone where a security group blocks it, or on another port. */
function fromBalancer(world: World, balancer: string) {
  const { scenario } = world;
  const { focus, others, seed, seen } = scenario;
  const direct = focus.targetType === "ip" || seen?.instances !== undefined;
  const own = direct ? focus.targetPort : focus.nodePort;
  const rest = others.map(({ nodePort }) => tcp(nodePort, nodePort, { group: balancer }));
  if (blocking(world) !== "security group") return [tcp(own, own, { group: balancer }), ...rest];
  const random = new Random(seed, "what is left of the rule");
  return random.chance(0.5) ? rest : [tcp(own + 1, own + 1, { group: balancer }), ...rest];
}

function subnets(scenario: Scenario) {
  const { place, loadBalancer } = scenario;
  const free = (subnet: Subnet, room: number) => new Random(scenario.seed, subnet.id).integer(room / 4, room);
  const shown = (subnet: Subnet, count: number) => ({
    SubnetId: subnet.id,
    AvailabilityZone: subnet.zone,
    CidrBlock: subnet.cidr,
    AvailableIpAddressCount: count,
    State: "available",
    VpcId: place.vpc,
    OwnerId: place.account,
  });
  return [
    ...balancerSubnets(scenario).map((one) => shown(one, loadBalancer.freeAddresses ?? free(one, 200))),
    ...nodeSubnets(scenario).map((one) => shown(one, free(one, 7000))),
    ...podSubnets(scenario).map((one) => shown(one, free(one, 200))),
  ];
}

function entry(number: number, egress: boolean, action: "allow" | "deny", more: object) {
  return { RuleNumber: number, Egress: egress, RuleAction: action, ...more };
}

const ALL = { Protocol: "-1", CidrBlock: "0.0.0.0/0" };
const DEFAULT = [
  entry(100, true, "allow", ALL),
  entry(32_767, true, "deny", ALL),
  entry(100, false, "allow", ALL),
  entry(32_767, false, "deny", ALL),
];

export function networkAclId({ seed }: Scenario, of: "balancer" | "targets"): string {
  return `acl-${new Random(seed, `acl ${of}`).hex(17)}`;
}

/** One for the load balancer's subnets, which lets everything through, and one for those of its targets. */
function networkAcls(world: World) {
  const { scenario } = world;
  const [first] = balancerSubnets(scenario);
  const barred =
    blocking(world) === "network ACL" && first
      ? balancerSubnets(scenario).map(({ cidr }, index) =>
          entry(80 + index, false, "deny", { Protocol: "6", CidrBlock: cidr, PortRange: { From: 1024, To: 65_535 } }),
        )
      : [];
  const acl = (name: "balancer" | "targets", of: readonly Subnet[], entries: readonly object[]) => {
    const NetworkAclId = networkAclId(scenario, name);
    return {
      NetworkAclId,
      VpcId: scenario.place.vpc,
      IsDefault: name === "balancer",
      Associations: of.map(({ id }) => ({
        NetworkAclAssociationId: `aclassoc-${new Random(scenario.seed, `association ${id}`).hex(17)}`,
        NetworkAclId,
        SubnetId: id,
      })),
      Entries: entries,
    };
  };
  return [
    acl("balancer", balancerSubnets(scenario), DEFAULT),
    acl("targets", [...nodeSubnets(scenario), ...podSubnets(scenario)], [...barred, ...DEFAULT]),
  ];
}

/** Network interfaces of nodes, with the addresses of their pods on a second one, and of instances that are no nodes. */
function interfaces(world: World) {
  const { scenario } = world;
  const { nodes, place, seen } = scenario;
  const made = (id: string, subnet: Subnet | undefined, instance: string, addresses: readonly string[], index = 0) => ({
    NetworkInterfaceId: `eni-${new Random(scenario.seed, `interface ${id}`).hex(17)}`,
    SubnetId: subnet?.id,
    AvailabilityZone: subnet?.zone,
    VpcId: place.vpc,
    Status: "in-use",
    PrivateIpAddress: addresses[0],
    PrivateIpAddresses: addresses.map((PrivateIpAddress, index) => ({ PrivateIpAddress, Primary: index === 0 })),
    Attachment: { InstanceId: instance, Status: "attached", DeviceIndex: index },
    Groups: [{ GroupId: nodeGroup(scenario), GroupName: `eks-cluster-sg-${place.cluster}` }],
  });
  const zoneOf = (zone: string) => nodeSubnets(scenario).find((one) => one.zone === zone);
  const own = nodes.flatMap((node, index) => {
    const pods = podsAtEnd(world).filter((pod) => pod.node === index);
    const [network] = (podSubnets(scenario)[index]?.cidr ?? "").split(".0/");
    const addresses = [`${network}.4`, ...pods.map((pod) => focusPodIp(world, pod))];
    return [
      made(node.name, zoneOf(node.zone), node.instanceId, [node.ip]),
      made(`${node.name} pods`, podSubnets(scenario)[index], node.instanceId, addresses, 1),
    ];
  });
  const others = (seen?.instances ?? []).map((id, index) => {
    const node = nodes[index % nodes.length];
    const subnet = zoneOf(node?.zone ?? "");
    const [network] = (subnet?.cidr ?? "").split(".0/");
    return made(id, subnet, id, [`${network}.${200 + index}`]);
  });
  return [...own, ...others];
}
