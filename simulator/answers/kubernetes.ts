import type { Answer, Input } from "../../src/model/question.ts";
import { isSelected } from "../../src/served/kube.ts";
import { insideOf } from "../behind.ts";
import type { Beside } from "../faults.ts";
import { podBase } from "../prometheus/scrape.ts";
import { podsAtEnd, type World } from "../world.ts";
import { autoscalers, configMaps, nodes, podMetrics } from "./objects/cluster.ts";
import { endpointSlices, events } from "./objects/events.ts";
import type { KubernetesObject } from "./objects/meta.ts";
import { ingresses, services, targetGroupBindings } from "./objects/network.ts";
import { httpRoutes } from "./objects/routes.ts";
import { deployments, pods, replicaSets } from "./objects/workloads.ts";

/** How many objects the API server gives at once when it is asked in pages, as kubectl does. */
const PER_PAGE = 500;

interface List {
  readonly kind: string;
  readonly make: (world: World) => KubernetesObject[];
  /** Whether the cluster has such a resource, where not every one has. */
  readonly served?: (world: World) => boolean;
}

const LISTS: { readonly [resource: string]: List } = {
  "v1 services": { kind: "ServiceList", make: services },
  "v1 pods": { kind: "PodList", make: pods },
  "v1 nodes": { kind: "NodeList", make: nodes },
  "v1 configmaps": { kind: "ConfigMapList", make: configMaps },
  "v1 events": { kind: "EventList", make: events },
  "networking.k8s.io/v1 ingresses": { kind: "IngressList", make: ingresses },
  "discovery.k8s.io/v1 endpointslices": { kind: "EndpointSliceList", make: endpointSlices },
  "apps/v1 deployments": { kind: "DeploymentList", make: deployments },
  "apps/v1 replicasets": { kind: "ReplicaSetList", make: replicaSets },
  "apps/v1 statefulsets": { kind: "StatefulSetList", make: () => [] },
  "apps/v1 daemonsets": { kind: "DaemonSetList", make: () => [] },
  "autoscaling/v2 horizontalpodautoscalers": { kind: "HorizontalPodAutoscalerList", make: autoscalers },
  "elbv2.k8s.aws/v1beta1 targetgroupbindings": { kind: "TargetGroupBindingList", make: targetGroupBindings },
  "gateway.networking.k8s.io/v1 httproutes": {
    kind: "HTTPRouteList",
    make: httpRoutes,
    served: ({ scenario }) => scenario.behind?.controller === "envoy-gateway",
  },
  "metrics.k8s.io/v1beta1 pods": { kind: "PodMetricsList", make: podMetrics },
};

export function kubernetesAnswer(world: World, operation: string, input: Input): Answer {
  if (operation === "exec") {
    const inside = insideOf(world.scenario);
    return exec(inside && input.namespace === inside.scenario.focus.namespace ? inside : world, input);
  }
  const key = `${input.apiVersion} ${input.resource}`;
  const list = LISTS[key];
  if (!list || list.served?.(world) === false)
    return missing(
      `the server doesn't have a resource type "${String(input.resource)}" in ${String(input.apiVersion)}`,
    );
  const objects = [...list.make(world), ...insideObjects(world, list)].filter((one) => !hidden(world, one));
  if (operation === "get") {
    const found = objects.find(
      (one) =>
        one.metadata.name === input.name &&
        (input.namespace === undefined || one.metadata.namespace === input.namespace),
    );
    return found
      ? { status: "answered", pages: [found] }
      : missing(`${String(input.resource)} "${String(input.name)}" not found`);
  }
  const kept = objects.filter((one) => selected(one, input));
  return { status: "answered", pages: listPages(String(input.apiVersion), list.kind, kept) };
}

/** The objects of a backend that is simulated by itself; its Service is among the cluster's already. */
function insideObjects({ scenario }: World, { kind, make }: List): readonly KubernetesObject[] {
  const inside = insideOf(scenario);
  if (!inside || !OF_A_WORKLOAD.has(kind)) return [];
  return make(inside).filter(({ metadata }) => metadata.namespace === inside.scenario.focus.namespace);
}

const OF_A_WORKLOAD: ReadonlySet<string> = new Set([
  "PodList",
  "EventList",
  "EndpointSliceList",
  "ConfigMapList",
  "DeploymentList",
  "ReplicaSetList",
  "HorizontalPodAutoscalerList",
  "PodMetricsList",
]);

/** Whether it belongs to a focus service that does not run in this cluster. */
function hidden({ scenario }: World, { metadata }: KubernetesObject): boolean {
  const { focus, seen } = scenario;
  if (!seen?.hidden || metadata.namespace !== focus.namespace) return false;
  const names = [focus.service, focus.targetGroup, focus.autoscaler?.name, focus.orphanedAutoscaler?.name];
  return (
    names.includes(metadata.name) ||
    metadata.name.startsWith(`${focus.deployment}-`) ||
    metadata.name === focus.deployment
  );
}

function listPages(apiVersion: string, kind: string, objects: readonly KubernetesObject[]): unknown[] {
  const pages: unknown[] = [];
  for (let first = 0; first === 0 || first < objects.length; first += PER_PAGE) {
    const rest = objects.length - first - PER_PAGE;
    const metadata =
      rest > 0
        ? {
            resourceVersion: "884213907",
            continue: Buffer.from(`page ${first}`).toString("base64"),
            remainingItemCount: rest,
          }
        : { resourceVersion: "884213907" };
    pages.push({ apiVersion, kind, metadata, items: objects.slice(first, first + PER_PAGE) });
  }
  return pages;
}

function selected(object: KubernetesObject, input: Input): boolean {
  if (input.namespace !== undefined && object.metadata.namespace !== input.namespace) return false;
  const labels = object.metadata.labels ?? {};
  const fields: { readonly [path: string]: unknown } = {
    "metadata.name": object.metadata.name,
    "metadata.namespace": object.metadata.namespace,
    "spec.nodeName": (object.spec as { nodeName?: string } | undefined)?.nodeName,
    "status.phase": (object.status as { phase?: string } | undefined)?.phase,
    "status.podIP": (object.status as { podIP?: string } | undefined)?.podIP,
  };
  return (
    isSelected(input.labelSelector, (key) => labels[key]) && isSelected(input.fieldSelector, (path) => fields[path])
  );
}

/** The reading commands that lbdoctor may run in a container: cgroup files and the process list. */
function exec(world: World, input: Input): Answer {
  const { focus } = world.scenario;
  const pod = podsAtEnd(world).find((one) => one.name === input.pod);
  if (!pod || input.namespace !== focus.namespace) return missing(`pods "${String(input.pod)}" not found`);
  if (input.container !== undefined && input.container === focus.beside?.container)
    return execBeside(focus.beside, input);
  if (input.container !== undefined && input.container !== focus.container)
    return missing(`container ${String(input.container)} is not valid for pod ${pod.name}`);
  const command = (Array.isArray(input.command) ? input.command : []).map(String).join(" ");
  const quota = focus.cpuLimit === null ? "max" : String(Math.round(focus.cpuLimit * 100_000));
  const base = podBase(world, pod);
  const outputs: readonly { readonly command: RegExp; readonly out: () => string }[] = [
    { command: /^cat \/sys\/fs\/cgroup\/cpu\.max$/, out: () => `${quota} 100000\n` },
    {
      command: /^cat \/sys\/fs\/cgroup\/cpu\.stat$/,
      out: () => {
        const used = Math.round((base.cpu + (pod.cpu.at(-1) ?? 0)) * 1e6);
        const periods = Math.round(base.periods + (pod.periods.at(-1) ?? 0));
        const throttled = Math.round(base.throttled + (pod.throttled.at(-1) ?? 0));
        const counters = [
          `usage_usec ${used}`,
          `user_usec ${Math.round(used * 0.94)}`,
          `system_usec ${used - Math.round(used * 0.94)}`,
          `nr_periods ${focus.cpuLimit === null ? 0 : periods}`,
          `nr_throttled ${focus.cpuLimit === null ? 0 : throttled}`,
          `throttled_usec ${focus.cpuLimit === null ? 0 : throttled * 31_400}`,
          "nr_bursts 0",
          "burst_usec 0",
        ];
        return `${counters.join("\n")}\n`;
      },
    },
    {
      // ps lists itself too: it runs in the container while it looks.
      command: /^ps\b/,
      out: () => `    PID    PPID COMMAND\n${[...world.server.processList, `    531       0 ${command}`].join("\n")}\n`,
    },
  ];
  const known = outputs.find((one) => one.command.test(command));
  return known ? { status: "answered", pages: [{ stdout: known.out() }] } : missing(`"${command}" gave no output`);
}

/** The same of the container beside the serving one, as far as it does not move. */
function execBeside(beside: Beside, input: Input): Answer {
  const command = (Array.isArray(input.command) ? input.command : []).map(String).join(" ");
  const quota = beside.cpuLimit === null ? "max" : String(Math.round(beside.cpuLimit * 100_000));
  if (command === "cat /sys/fs/cgroup/cpu.max") return { status: "answered", pages: [{ stdout: `${quota} 100000\n` }] };
  if (!command.startsWith("ps")) return missing(`"${command}" gave no output`);
  const stdout = `    PID    PPID COMMAND\n      1       0 ${beside.command.join(" ")}\n    531       0 ${command}\n`;
  return { status: "answered", pages: [{ stdout }] };
}

function missing(message: string): Answer {
  return { status: "failed", failure: { kind: "missing", message } };
}
