import type { FocusService, Scenario } from "../../simulator/scenario.ts";
import type { Fix } from "../../src/model/judgement.ts";
import { quantity } from "../../src/model/quantity.ts";
import { readPutAlarm } from "./alarms.ts";

/** A patch's part of a Deployment, an autoscaler, a Service or a ConfigMap; what a fix does not touch is absent. */
interface Patch {
  readonly data?: { readonly [file: string]: string };
  readonly metadata?: { readonly annotations?: { readonly [key: string]: string | null } };
  readonly spec?: {
    readonly replicas?: number;
    readonly minReplicas?: number;
    readonly maxReplicas?: number;
    readonly targetCPUUtilizationPercentage?: number;
    readonly template?: {
      readonly spec: {
        readonly topologySpreadConstraints?: readonly unknown[];
        readonly containers?: readonly {
          readonly args?: readonly string[];
          readonly command?: readonly string[];
          readonly env?: readonly { readonly name: string; readonly value: string }[];
          readonly resources?: {
            readonly limits?: { readonly cpu?: string | null };
            readonly requests?: { readonly cpu?: string };
          };
        }[];
      };
    };
  };
}

/**
 * The scenario with a fix's changes made in it: read from the patches and commands themselves, so that what is tested is
 * what a person would apply.
 */
export function withFix(scenario: Scenario, fix: Fix): Scenario {
  return fix.changes.reduce(applied, scenario);
}

function applied(scenario: Scenario, { target, patch, command }: Fix["changes"][number]): Scenario {
  if (command.startsWith("aws cloudwatch put-metric-alarm")) return withAlarm(scenario, command);
  if (command.startsWith("aws cloudwatch delete-alarms")) return scenario;
  if (command.startsWith("aws eks update-nodegroup-config")) return withNodes(scenario, command);
  if (command.startsWith("kubectl rollout undo")) return { ...scenario, focus: { ...scenario.focus, rollouts: [] } };
  if (command.startsWith("helm rollback") || command.startsWith("git revert"))
    return { ...scenario, focus: { ...scenario.focus, rollouts: [] } };
  const change = JSON.parse(patch) as Patch;
  const [kind] = target.split(" ");
  return { ...scenario, focus: withoutPinning(patched(scenario.focus, kind ?? "", change)) };
}

/** A load balancer picks a target for each request; only kube-proxy, behind a NodePort, picks a pod for each connection. */
export function withoutPinning(focus: FocusService): FocusService {
  if (focus.targetType === "instance") return focus;
  const bursts = focus.traffic.bursts.map(({ connections: _, ...burst }) => burst);
  return { ...focus, traffic: { ...focus.traffic, bursts } };
}

function patched(focus: FocusService, kind: string, { data, metadata, spec }: Patch): FocusService {
  switch (kind) {
    case "ConfigMap":
      return withWorkers(focus, Object.values(data ?? {}).join("\n"));
    case "HorizontalPodAutoscaler": {
      const { autoscaler } = focus;
      if (!autoscaler || !spec) throw new Error("there is no autoscaler to change");
      const min = spec.minReplicas ?? autoscaler.min;
      const max = spec.maxReplicas ?? autoscaler.max;
      const target = spec.targetCPUUtilizationPercentage ?? autoscaler.target;
      return { ...focus, replicas: Math.max(min, focus.replicas), autoscaler: { ...autoscaler, min, max, target } };
    }
    case "Service": {
      const annotations = metadata?.annotations ?? {};
      const attributes = annotations["alb.ingress.kubernetes.io/target-group-attributes"] ?? "";
      return {
        ...focus,
        ...(annotations["alb.ingress.kubernetes.io/target-type"] === "ip" ? { targetType: "ip" } : {}),
        ...(attributes.includes("least_outstanding_requests") ? { algorithm: "least_outstanding_requests" } : {}),
      };
    }
    case "Deployment":
      return withTemplate({ ...focus, replicas: spec?.replicas ?? focus.replicas }, spec);
    default:
      throw new Error(`no change of a ${kind} is known`);
  }
}

function withTemplate(focus: FocusService, spec: Patch["spec"]): FocusService {
  const template = spec?.template?.spec;
  const container = template?.containers?.[0];
  const { limits, requests } = container?.resources ?? {};
  const words = [...(container?.command ?? []), ...(container?.args ?? [])].join(" ");
  const variables = (container?.env ?? []).map(({ name, value }) => `${name}=${value}`).join("\n");
  return withWorkers(
    {
      ...focus,
      spread: focus.spread || (template?.topologySpreadConstraints?.length ?? 0) > 0,
      cpuLimit: limits?.cpu === undefined ? focus.cpuLimit : limits.cpu === null ? null : quantity(limits.cpu),
      cpuRequest: requests?.cpu === undefined ? focus.cpuRequest : (quantity(requests.cpu) ?? focus.cpuRequest),
    },
    `${words}\n${variables}`,
  );
}

function withWorkers(focus: FocusService, text: string): FocusService {
  const count = /(?:^\s*workers\s*=\s*|--workers[= ]|-w |WEB_CONCURRENCY=)(\d+)/m.exec(text)?.[1];
  return count === undefined ? focus : { ...focus, server: { ...focus.server, processes: Number(count) } };
}

/** New nodes of a group carry its daemonsets and nobody else yet. */
function withNodes(scenario: Scenario, command: string): Scenario {
  const name = /--nodegroup-name (\S+)/.exec(command)?.[1];
  const desired = Number(/desiredSize=(\d+)/.exec(command)?.[1]);
  const group = scenario.nodes.filter((node) => node.group === name);
  const [like] = group;
  if (!like) throw new Error(`there is no node group ${name}`);
  const added = Array.from({ length: desired - group.length }, (_, index) => ({
    ...like,
    name: `${like.name}-new-${index}`,
    ip: `10.250.0.${index + 1}`,
    instanceId: `${like.instanceId}${index}`,
    tenantRequest: 0,
    tenantUse: 0.1,
    tenantBusy: [],
  }));
  return { ...scenario, nodes: [...scenario.nodes, ...added] };
}

/** The watched alarm with its new definition; alarms beside it are judged by alarms.ts. */
function withAlarm(scenario: Scenario, command: string): Scenario {
  const { name, statistic, threshold, evaluationPeriods, datapointsToAlarm, treatMissingData, leastRequests } =
    readPutAlarm(command);
  if (name !== scenario.alarm.name) return scenario;
  const changed = { statistic, threshold, evaluationPeriods, datapointsToAlarm, treatMissingData };
  return {
    ...scenario,
    alarm: { ...scenario.alarm, ...changed, ...(leastRequests === undefined ? {} : { leastRequests }) },
  };
}
