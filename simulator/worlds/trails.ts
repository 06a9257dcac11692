import type { Input } from "../../src/model/question.ts";
import { networkAclId } from "../answers/ec2.ts";
import { balancerGroup, balancerSubnets, nodeGroup } from "../answers/subnets.ts";
import type { Scenario, TrailRecord } from "../scenario.ts";
import { arnsOf } from "../world.ts";

/*
 * What CloudTrail records of the changes that make a world's trouble, in the words of each service's requests. Times are
 * seconds into the window.
 */

type Call = Pick<TrailRecord, "name" | "source" | "request" | "response">;

/** A call of the AWS Load Balancer Controller, or of somebody by hand. */
function called({ place }: Scenario, at: number, by: "controller" | "person", call: Call): TrailRecord {
  const session = by === "controller" ? "aws-load-balancer-controller/1761000000000000000" : "Admin/alex";
  return { at, arn: `arn:aws:sts::${place.account}:assumed-role/${session}`, ...call };
}

const ELB = "elasticloadbalancing";

/** The rule that sends `host` and `path` to the focus service is added; where it was taken back, `until`. */
export function ruleAdded(
  scenario: Scenario,
  {
    host,
    path,
    at,
    until,
  }: { readonly host: string; readonly path: string; readonly at: number; readonly until?: number },
): TrailRecord[] {
  const { listener, targetGroups } = arnsOf(scenario);
  const ruleArn = listener.replace(":listener/", ":listener-rule/").concat("/added0");
  const conditions = [
    { field: "host-header", values: [host], hostHeaderConfig: { values: [host] } },
    { field: "path-pattern", values: [path], pathPatternConfig: { values: [path] } },
  ];
  const actions = [{ type: "forward", targetGroupArn: targetGroups[0] ?? "", order: 1 }];
  const request = { listenerArn: listener, priority: 1, conditions, actions };
  const response = { rules: [{ ruleArn, priority: "1", conditions, actions, isDefault: false }] };
  return [
    called(scenario, at - 2, "controller", { name: "CreateRule", source: ELB, request, response }),
    ...(until === undefined
      ? []
      : [called(scenario, until - 2, "controller", { name: "DeleteRule", source: ELB, request: { ruleArn } })]),
  ];
}

/** The listener gets another policy, or another certificate. */
export function listenerModified(
  scenario: Scenario,
  at: number,
  change: { readonly sslPolicy: string } | { readonly certificates: readonly { readonly certificateArn: string }[] },
): TrailRecord[] {
  const { listener: listenerArn } = arnsOf(scenario);
  return [
    called(scenario, at - 2, "person", { name: "ModifyListener", source: ELB, request: { listenerArn, ...change } }),
  ];
}

/** A Classic Load Balancer's health check asks for a path, as it has done for some days, and for another one since. */
export function checksSet(
  scenario: Scenario,
  at: number,
  paths: readonly [before: string, after: string],
): TrailRecord[] {
  const { focus, loadBalancer } = scenario;
  const { interval, timeout, unhealthyAfter = 2, healthyAfter = 2 } = focus.healthCheck;
  const set = (path: string, when: number) => {
    const healthCheck = {
      target: `HTTP:${focus.targetPort}${path}`,
      interval,
      timeout,
      unhealthyThreshold: unhealthyAfter,
      healthyThreshold: healthyAfter,
    };
    const request = { loadBalancerName: loadBalancer.name, healthCheck };
    return called(scenario, when, "person", { name: "ConfigureHealthCheck", source: ELB, request });
  };
  return [set(paths[0], -9 * 86_400), set(paths[1], at)];
}

/** What somebody else changed a minute before: of another load balancer, whatever its type. */
export function nextDoor(scenario: Scenario, at: number): TrailRecord[] {
  const { region, account } = scenario.place;
  const arn = `arn:aws:elasticloadbalancing:${region}:${account}`;
  const call = (name: string, request: Input): TrailRecord => ({
    at: at - 60,
    arn: `arn:aws:iam::${account}:user/sam`,
    name,
    source: ELB,
    request,
  });
  return [
    call("ModifyListener", {
      listenerArn: `${arn}:listener/app/other/0123456789abcdef/0123456789abcdef`,
      sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
    }),
    call("ConfigureHealthCheck", {
      loadBalancerName: "other",
      healthCheck: { target: "TCP:80", interval: 10, timeout: 5, unhealthyThreshold: 2, healthyThreshold: 2 },
    }),
  ];
}

/** Proxy Protocol is turned on or off for the targets. */
export function proxyProtocolSet(scenario: Scenario, at: number, on: boolean): TrailRecord[] {
  const { targetGroups } = arnsOf(scenario);
  const attributes = [{ key: "proxy_protocol_v2.enabled", value: String(on) }];
  const request = { targetGroupArn: targetGroups[0] ?? "", attributes };
  return [called(scenario, at - 3, "controller", { name: "ModifyTargetGroupAttributes", source: ELB, request })];
}

/** What the load balancer may reach is taken from it, and given back where it is mended. */
export function wayBarred(scenario: Scenario): TrailRecord[] {
  const { faults, focus, window, seen } = scenario;
  return (faults?.blocked ?? []).flatMap(({ at, seconds, by = "security group" }) => {
    const mended = at + seconds < window;
    if (by === "network ACL")
      return [...entriesMade(scenario, at), ...(mended ? entriesGone(scenario, at + seconds) : [])];
    const port = focus.targetType === "ip" || seen?.instances ? focus.targetPort : focus.nodePort;
    const groups = { items: [{ groupId: balancerGroup(scenario) }] };
    const items = [
      { ipProtocol: "tcp", fromPort: port, toPort: port, groups, ipRanges: {}, ipv6Ranges: {}, prefixListIds: {} },
    ];
    const request = { groupId: nodeGroup(scenario), ipPermissions: { items } };
    const call = (when: number, name: string) => called(scenario, when, "person", { name, source: "ec2", request });
    return [
      call(at - 1, "RevokeSecurityGroupIngress"),
      ...(mended ? [call(at + seconds - 1, "AuthorizeSecurityGroupIngress")] : []),
    ];
  });
}

function entriesMade(scenario: Scenario, at: number): TrailRecord[] {
  return balancerSubnets(scenario).map(({ cidr }, index) => {
    const request = {
      networkAclId: networkAclId(scenario, "targets"),
      ruleNumber: 80 + index,
      egress: false,
      ruleAction: "deny",
      icmpTypeCode: {},
      portRange: { from: 1024, to: 65_535 },
      aclProtocol: "6",
      cidrBlock: cidr,
    };
    return called(scenario, at - 1, "person", { name: "CreateNetworkAclEntry", source: "ec2", request });
  });
}

function entriesGone(scenario: Scenario, at: number): TrailRecord[] {
  return balancerSubnets(scenario).map((_, index) => {
    const request = { networkAclId: networkAclId(scenario, "targets"), ruleNumber: 80 + index, egress: false };
    return called(scenario, at - 1, "person", { name: "DeleteNetworkAclEntry", source: "ec2", request });
  });
}

/** A target group was deleted, so long before the window's end. */
export function groupDeleted(scenario: Scenario, dimension: string, ago: number): TrailRecord[] {
  const { targetGroups } = arnsOf(scenario);
  const targetGroupArn = (targetGroups[0] ?? "").replace(/targetgroup\/.*$/, dimension);
  const request = { targetGroupArn };
  return [called(scenario, scenario.window - ago, "controller", { name: "DeleteTargetGroup", source: ELB, request })];
}
