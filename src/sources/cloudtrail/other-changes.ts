import type { SettingChange, Touched } from "../../model/facts/changes.ts";
import { listOf, name } from "../parse.ts";
import * as z from "../zod.ts";
import { type CallChange, nameIn, type RecordedCall } from "./call.ts";

/* Calls of CloudWatch, Auto Scaling, EKS, ECS, AWS WAF and ACM that change what an alarm on a load balancer rests on. */

const optional = z.nullish(name);
const figure = z.nullish(z.number());

/** Throws a ZodError where the parameters do not fit; null for a call that is of no interest. */
export function otherChange(event: RecordedCall, service: string): CallChange | null {
  switch (service) {
    case "monitoring":
      return event.name === "PutMetricAlarm" ? alarmChange(event) : null;
    case "autoscaling":
      return groupChange(event);
    case "eks":
      return clusterChange(event);
    case "ecs":
      return event.name === "UpdateService" ? serviceChange(event) : null;
    case "wafv2":
      return firewallChange(event);
    default:
      return service === "acm" ? certificateChange(event) : null;
  }
}

const alarm = z.object({ alarmName: name });

/** What was set, the alarm's own history tells with what it was before; this says who did it. */
function alarmChange({ request }: RecordedCall): CallChange {
  const { alarmName } = alarm.parse(request);
  return {
    kind: "alarm",
    what: `alarm ${alarmName} set`,
    touches: [{ kind: "alarm", id: alarmName }],
    settings: [],
  };
}

const group = z.object({ autoScalingGroupName: name, minSize: figure, maxSize: figure, desiredCapacity: figure });

function groupChange({ request }: RecordedCall): CallChange {
  const { autoScalingGroupName, ...sizes } = group.parse(request);
  return {
    kind: "scaling",
    what: `Auto Scaling group ${autoScalingGroupName} changed`,
    touches: [{ kind: "Auto Scaling group", id: autoScalingGroupName }],
    settings: figures(sizes),
  };
}

const cluster = z.object({
  name: optional,
  clusterName: optional,
  nodegroupName: optional,
  addonName: optional,
  addonVersion: optional,
  version: optional,
  releaseVersion: optional,
  scalingConfig: z.nullish(z.object({ minSize: figure, maxSize: figure, desiredSize: figure })),
});

/** Nodes, the cluster and its add-ons; whoever logs in and what is only read changes nothing. */
function clusterChange({ name: call, request }: RecordedCall): CallChange | null {
  if (!/^(Create|Update|Delete)(Cluster|Nodegroup|Addon|Fargate)/.test(call)) return null;
  const { scalingConfig, nodegroupName, addonName, ...asked } = cluster.parse(request);
  const whose = asked.clusterName ?? asked.name ?? "not told";
  const what = nodegroupName ? `node group ${nodegroupName}` : addonName ? `add-on ${addonName}` : `cluster ${whose}`;
  const done = call.startsWith("Create") ? "created" : call.startsWith("Delete") ? "deleted" : "changed";
  const texts = { version: asked.version, releaseVersion: asked.releaseVersion, addonVersion: asked.addonVersion };
  return {
    kind: scalingConfig ? "scaling" : "other",
    what: `${what} ${done}`,
    touches: [
      { kind: "cluster", id: whose },
      ...(nodegroupName ? [{ kind: "node group", id: nodegroupName } as const] : []),
    ],
    settings: [...figures(scalingConfig ?? {}), ...figures(texts)],
  };
}

const service = z.object({ service: name, cluster: optional, taskDefinition: optional, desiredCount: figure });
const deployments = z.object({
  service: z.object({
    loadBalancers: listOf(z.object({ targetGroupArn: optional })),
    deployments: listOf(z.object({ status: optional, taskDefinition: optional, desiredCount: figure })),
  }),
});

/** The answer holds the deployment that begins (PRIMARY) beside the one that still runs (ACTIVE): what was before. */
function serviceChange({ request, response }: RecordedCall): CallChange {
  const asked = service.parse(request);
  const found = deployments.safeParse(response).data?.service;
  const old = found?.deployments.find(({ status }) => status === "ACTIVE");
  const groups = (found?.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
  const settings: SettingChange[] = [
    ...(asked.taskDefinition
      ? [
          {
            name: "taskDefinition",
            ...(old?.taskDefinition && { before: lastOf(old.taskDefinition) }),
            after: lastOf(asked.taskDefinition),
          },
        ]
      : []),
    ...figures({ desiredCount: asked.desiredCount }),
  ];
  return {
    kind: asked.taskDefinition ? "rollout" : "scaling",
    what: `ECS service ${lastOf(asked.service)} changed`,
    touches: [
      { kind: "ECS service", id: asked.service },
      ...groups.map((id): Touched => ({ kind: "target group", id })),
    ],
    settings,
  };
}

function lastOf(arn: string): string {
  return arn.split("/").at(-1) ?? arn;
}

const acl = z.object({ webACLArn: optional, resourceArn: optional, name: optional, id: optional });

function firewallChange({ name: call, request }: RecordedCall): CallChange | null {
  if (!/^(Update|Associate|Disassociate|Delete|Create)/.test(call)) return null;
  const { webACLArn, resourceArn, name: called, id } = acl.parse(request);
  const whose = webACLArn ?? called ?? id;
  const object = /WebACL/.test(call) ? "web ACL" : call.replace(/^[A-Z][a-z]+/, "");
  const done = /^(?:As|Disas)soc/.test(call) ? (call.startsWith("A") ? "put before" : "taken from") : "changed";
  const balancer = resourceArn && /:loadbalancer\//.test(resourceArn) ? resourceArn : null;
  const at = done === "changed" || !resourceArn ? "" : ` ${nameIn(resourceArn)}`;
  return {
    kind: "firewall",
    what: `${object} ${whose ? nameOfAcl(whose) : ""} ${done}${at}`.replace(/\s+/g, " "),
    touches: [
      ...(whose ? [{ kind: "web ACL", id: whose } as const] : []),
      ...(balancer ? [{ kind: "load balancer", id: balancer } as const] : []),
    ],
    settings: [],
  };
}

/** "arn:aws:wafv2:…:regional/webacl/shop/0123" → "shop" */
function nameOfAcl(arn: string): string {
  return /webacl\/([^/]+)/.exec(arn)?.[1] ?? arn;
}

const certificate = z.object({ certificateArn: optional, domainName: optional });

/** One that is requested, or imported under no ARN, is new: no listener shows it yet. */
function certificateChange({ name: call, request, response }: RecordedCall): CallChange | null {
  if (!/^(Import|Delete|Request|Renew|Revoke)Certificate$/.test(call)) return null;
  const { certificateArn, domainName } = certificate.parse(request ?? {});
  if (!certificateArn && /^(Import|Request)/.test(call)) {
    const arn = certificate.safeParse(response).data?.certificateArn;
    return {
      kind: "other",
      what: `certificate ${domainName ?? arn ?? ""} created`.replace(/\s+/g, " "),
      touches: arn ? [{ kind: "certificate", id: arn }] : [],
      settings: [],
    };
  }
  return {
    kind: "certificate",
    what: `certificate ${domainName ?? certificateArn ?? ""} ${call.startsWith("Delete") ? "deleted" : "changed"}`,
    touches: certificateArn ? [{ kind: "certificate", id: certificateArn }] : [],
    settings: [],
  };
}

function figures(all: { readonly [name: string]: number | string | null | undefined }): SettingChange[] {
  return Object.entries(all).flatMap(([setting, after]) =>
    after === null || after === undefined ? [] : [{ name: setting, after: String(after) }],
  );
}
