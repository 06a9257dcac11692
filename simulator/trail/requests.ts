import type { Input } from "../../src/model/question.ts";
import { Random } from "../random.ts";
import { alarmDimensions, type Happened, RESPONSE_TIME } from "../world.ts";
import { ruleArn, securityGroups } from "./names.ts";
import type { Attributes, Change } from "./spec.ts";

/** A call as CloudTrail records it: its service, and what it was given and answered. */
export interface Recorded {
  readonly source: string;
  readonly request: Input;
  readonly response: Input | null;
  readonly resources: readonly { readonly ResourceType: string; readonly ResourceName: string }[];
}

/** The resources that a call is about; see `elsewhere` in names.ts for those of others. */
export interface Subjects {
  readonly loadBalancer: string;
  readonly listener: string;
  /** Of the service, and of the one beside it. */
  readonly targetGroups: readonly [string, string];
  readonly rule: string;
  readonly host: string;
  readonly alarm: string;
  readonly securityGroups: { readonly balancer: string; readonly targets: string };
}

export function subjectsHere(world: Happened): Subjects {
  const { arns, scenario } = world;
  const [added] = scenario.loadBalancer.rules ?? [];
  return {
    loadBalancer: arns.loadBalancer,
    listener: arns.listener,
    targetGroups: [arns.targetGroups[0] ?? "", arns.targetGroups[1] ?? arns.targetGroups[0] ?? ""],
    rule: ruleArn(arns.listener, added ? "added0" : 0),
    host: added?.host ?? scenario.focus.host,
    alarm: scenario.alarm.name,
    securityGroups: securityGroups(scenario),
  };
}

/** Request and response elements of a change, in the services' own forms. */
export function recorded(world: Happened, what: Change, on: Subjects): Recorded {
  switch (what.call) {
    case "ModifyRule":
      return modifyRule(what, on);
    case "SetRulePriorities":
      return elb(
        on.rule,
        { rulePriorities: [{ ruleArn: on.rule, priority: what.priority }] },
        { rules: [{ ruleArn: on.rule, priority: String(what.priority) }] },
      );
    case "ModifyTargetGroupAttributes": {
      const attributes = listed(what.attributes);
      return elb(on.targetGroups[0], { targetGroupArn: on.targetGroups[0], attributes }, { attributes });
    }
    case "ModifyLoadBalancerAttributes": {
      const attributes = listed(what.attributes);
      return elb(on.loadBalancer, { loadBalancerArn: on.loadBalancer, attributes }, { attributes });
    }
    case "ModifyTargetGroup": {
      const timing = {
        healthCheckIntervalSeconds: what.check.intervalSeconds,
        healthCheckTimeoutSeconds: what.check.timeoutSeconds,
      };
      const told = { targetGroupArn: on.targetGroups[0], ...timing };
      return elb(on.targetGroups[0], told, { targetGroups: [told] });
    }
    case "ModifyListener": {
      const told = { listenerArn: on.listener, sslPolicy: what.sslPolicy };
      return elb(on.listener, told, {
        listeners: [{ ...told, loadBalancerArn: on.loadBalancer, port: 443, protocol: "HTTPS" }],
      });
    }
    case "SetSecurityGroups": {
      const groups = [on.securityGroups.balancer];
      return elb(
        on.loadBalancer,
        { loadBalancerArn: on.loadBalancer, securityGroups: groups },
        { securityGroupIds: groups },
      );
    }
    case "RevokeSecurityGroupIngress":
    case "AuthorizeSecurityGroupIngress":
      return ingress(what.port, on);
    case "PutMetricAlarm":
      return putAlarm(world, on);
    default:
      return ofOtherServices(world, what, on);
  }
}

function modifyRule(what: Change & { call: "ModifyRule" }, on: Subjects): Recorded {
  const host = { field: "host-header", hostHeaderConfig: { values: [on.host] } };
  const stickiness = { targetGroupStickinessConfig: { enabled: false } };
  if ("paths" in what) {
    const conditions = [host, { field: "path-pattern", pathPatternConfig: { values: what.paths } }];
    const response = { rules: [{ ruleArn: on.rule, priority: "1", isDefault: false, conditions }] };
    return elb(on.rule, { ruleArn: on.rule, conditions }, response);
  }
  const targetGroups = what.weights.map((weight, index) => ({ targetGroupArn: on.targetGroups[index] ?? "", weight }));
  const actions = [{ type: "forward", order: 1, forwardConfig: { targetGroups, ...stickiness } }];
  const response = { rules: [{ ruleArn: on.rule, priority: "1", isDefault: false, conditions: [host], actions }] };
  return elb(on.rule, { ruleArn: on.rule, actions }, response);
}

function elb(resource: string, request: Input, response: Input): Recorded {
  const [kind = ""] = resource.split(":").slice(5).join(":").split("/");
  const types: { readonly [kind: string]: string } = {
    loadbalancer: "LoadBalancer",
    targetgroup: "TargetGroup",
    listener: "Listener",
    "listener-rule": "ListenerRule",
  };
  const type = `AWS::ElasticLoadBalancingV2::${types[kind] ?? "LoadBalancer"}`;
  return {
    source: "elasticloadbalancing",
    request,
    response,
    resources: [{ ResourceType: type, ResourceName: resource }],
  };
}

function listed(attributes: Attributes) {
  return Object.entries(attributes).map(([key, value]) => ({ key, value }));
}

function ingress(port: number, { securityGroups }: Subjects): Recorded {
  const permission = {
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    groups: { items: [{ groupId: securityGroups.balancer }] },
    ipRanges: {},
    ipv6Ranges: {},
    prefixListIds: {},
  };
  return {
    source: "ec2",
    request: { groupId: securityGroups.targets, ipPermissions: { items: [permission] } },
    response: { requestId: new Random(port, securityGroups.targets).uuid(), _return: true },
    resources: [{ ResourceType: "AWS::EC2::SecurityGroup", ResourceName: securityGroups.targets }],
  };
}

function putAlarm(world: Happened, { alarm: alarmName }: Subjects): Recorded {
  const { alarm } = world.scenario;
  const own = alarmName === alarm.name;
  const dimensions = Object.entries(own ? alarmDimensions(world) : { LoadBalancer: "app/other/0123456789abcdef" });
  const request = {
    alarmName,
    metricName: alarm.metric ?? RESPONSE_TIME,
    namespace: "AWS/ApplicationELB",
    ...(alarm.statistic.startsWith("p") ? { extendedStatistic: alarm.statistic } : { statistic: alarm.statistic }),
    threshold: alarm.threshold,
    period: alarm.period,
    evaluationPeriods: alarm.evaluationPeriods,
    datapointsToAlarm: alarm.datapointsToAlarm,
    comparisonOperator: alarm.comparison ?? "GreaterThanThreshold",
    treatMissingData: alarm.treatMissingData,
    dimensions: dimensions.map(([name, value]) => ({ name, value })),
    alarmActions: [world.arns.topic],
    oKActions: [world.arns.topic],
  };
  return { source: "monitoring", request, response: null, resources: [] };
}

type Rest = Change & {
  call: "ImportCertificate" | "UpdateAutoScalingGroup" | "UpdateNodegroupConfig" | "UpdateWebACL";
};

function ofOtherServices({ scenario }: Happened, what: Rest, on: Subjects): Recorded {
  const { account, region, cluster } = scenario.place;
  const random = new Random(scenario.seed, `${what.call} ${on.alarm}`);
  const here = { source: "", resources: [] };
  switch (what.call) {
    case "ImportCertificate": {
      const certificateArn = `arn:aws:acm:${region}:${account}:certificate/${random.uuid()}`;
      return { ...here, source: "acm", request: { certificateArn }, response: { certificateArn } };
    }
    case "UpdateAutoScalingGroup": {
      const { minSize, maxSize } = what;
      const autoScalingGroupName = `eks-${scenario.nodes[0]?.group ?? "on-demand"}-${random.uuid()}`;
      return { ...here, source: "autoscaling", request: { autoScalingGroupName, minSize, maxSize }, response: null };
    }
    case "UpdateNodegroupConfig": {
      const { minSize, maxSize } = what;
      const request = {
        name: cluster,
        nodegroupName: scenario.nodes[0]?.group ?? "on-demand",
        scalingConfig: { minSize, maxSize },
        clientRequestToken: random.uuid(),
      };
      const update = { id: random.uuid(), status: "InProgress", type: "ConfigUpdate", errors: [] };
      return { ...here, source: "eks", request, response: { update } };
    }
    case "UpdateWebACL": {
      const request = {
        name: "edge",
        scope: "REGIONAL",
        id: random.uuid(),
        lockToken: random.uuid(),
        defaultAction: { allow: {} },
      };
      return { ...here, source: "wafv2", request, response: { nextLockToken: random.uuid() } };
    }
  }
}
