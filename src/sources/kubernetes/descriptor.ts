import type { Question } from "../../model/question.ts";
import { clusterMask } from "../../redaction/rules.ts";
import { mayAsk, NOBODY, type Permission, type SourceCheck, type SourceDescriptor } from "../descriptor.ts";
import type { Source } from "../port.ts";
import { commandOf, shortOf } from "./command.ts";
import type { LiveKubernetes } from "./live.ts";
import { placeholder } from "./placeholders.ts";
import {
  execIn,
  getConfigMap,
  listAutoModeBindings,
  listAutoscalers,
  listEvents,
  listHttpRoutes,
  listNodes,
  listPods,
  listReplicaSets,
  listServices,
  listTargetGroupBindings,
  listWorkloads,
  podSnapshot,
} from "./questions.ts";

export const KUBERNETES: SourceDescriptor<LiveKubernetes> = {
  id: "kubernetes",
  title: "the cluster's API",
  place: "the cluster",
  isAws: false,
  operations: ["list", "get", "exec"],
  kinds,
  permissions,
  roles: [
    {
      name: "lbdoctor",
      comment: "Everything that an investigation reads. Bind it cluster-wide: a target group may serve any namespace.",
      operations: ["list", "get"],
    },
    {
      name: "lbdoctor-exec",
      comment:
        "Opt-in, for --allow-exec: `cat /sys/fs/cgroup/cpu.max` and `ps` in one pod. RBAC cannot limit which commands.",
      operations: ["exec"],
      consent: "exec",
    },
  ],
  command: commandOf,
  short: shortOf,
  mask: clusterMask,
  redaction: { namesHosts: ({ input }) => input.resource === "nodes" },
  describe({ operation, input }) {
    const where = input.namespace === undefined ? "" : ` in ${String(input.namespace)}`;
    if (operation === "exec") return `exec ${(input.command as string[]).join(" ")} in pod ${String(input.pod)}`;
    const name = input.name === undefined ? "" : ` ${String(input.name)}`;
    return `${operation} ${String(input.resource)}${name}${where}`;
  },
  placeholder,
  remedies: {
    unreachable: "connect to the VPN, then run it again (if AWS answers and the cluster does not, it is the network)",
    unauthenticated: "log in to the cluster again (aws eks update-kubeconfig)",
  },
  checks: [
    {
      name: "cluster",
      async check(_, opened) {
        const { server, context } = await (await opened()).cluster();
        return { state: "ok", says: `context ${context}, ${server.host}` };
      },
    },
    ...[
      listServices(),
      listNodes(),
      listTargetGroupBindings(),
      listPods("default", `app=${NOBODY}`),
      listWorkloads("Deployment", "default"),
      listReplicaSets("default"),
      listAutoscalers("default"),
      listEvents("default"),
      podSnapshot("default", `app=${NOBODY}`),
    ].map(({ question }) => mayList(question)),
  ],
  async open({ options, aws: { limits, stop, tally } }) {
    const { LiveKubernetes } = await import("./live.ts");
    return new LiveKubernetes({ ...options, limits, stop, tally });
  },
  early: async ({ opened }) => (await opened(KUBERNETES)).cluster(),
};

function kinds(): Question[] {
  return [
    listServices(),
    listTargetGroupBindings(),
    listAutoModeBindings(),
    listHttpRoutes(),
    listPods("ns", "app=x"),
    listWorkloads("Deployment", "ns"),
    listWorkloads("StatefulSet", "ns"),
    listWorkloads("DaemonSet", "ns"),
    listReplicaSets("ns"),
    listAutoscalers("ns"),
    listEvents("ns"),
    listNodes(),
    podSnapshot("ns", "app=x"),
    getConfigMap("ns", "x"),
    execIn("ns", "pod", "container", []),
  ].map(({ question }) => question);
}

function permissions({ operation, input }: Question): Permission[] {
  // The WebSocket that execs begins as a GET; newer API servers check "create" for it as well, as for SPDY's POST.
  if (operation === "exec") return [{ kind: "rbac", group: "", resource: "pods/exec", verbs: ["create", "get"] }];
  const [version, ...rest] = String(input.apiVersion).split("/").reverse();
  const group = rest[0] ?? (version === "v1" ? "" : String(version));
  return [{ kind: "rbac", group, resource: String(input.resource), verbs: [operation] }];
}

/** A kind that the cluster does not know is told, and is no fault. */
function mayList(question: Question): SourceCheck<Source> {
  const { apiVersion, resource, labelSelector } = question.input;
  const name = `may list ${String(apiVersion).startsWith("metrics.") ? "pod metrics" : String(resource)}`;
  // Asks for the whole list only where the API takes no selector that fits nothing.
  const input = labelSelector ? question.input : { ...question.input, fieldSelector: `metadata.name=${NOBODY}` };
  return mayAsk(
    name,
    () => ({ ...question, input }),
    ({ message }) => ({ state: "note", says: message }),
  );
}
