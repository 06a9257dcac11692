import type { Question } from "../model/question.ts";
import { field } from "../sources/parse.ts";

/** Kinds of the resources that are served, with their groups: what kubectl's discovery asks for. */
const RESOURCES = [
  { apiVersion: "v1", name: "services", kind: "Service", namespaced: true, short: "svc" },
  { apiVersion: "v1", name: "pods", kind: "Pod", namespaced: true, short: "po" },
  { apiVersion: "v1", name: "nodes", kind: "Node", namespaced: false, short: "no" },
  { apiVersion: "v1", name: "configmaps", kind: "ConfigMap", namespaced: true, short: "cm" },
  { apiVersion: "v1", name: "events", kind: "Event", namespaced: true, short: "ev" },
  { apiVersion: "apps/v1", name: "deployments", kind: "Deployment", namespaced: true, short: "deploy" },
  { apiVersion: "apps/v1", name: "statefulsets", kind: "StatefulSet", namespaced: true, short: "sts" },
  { apiVersion: "apps/v1", name: "daemonsets", kind: "DaemonSet", namespaced: true, short: "ds" },
  { apiVersion: "apps/v1", name: "replicasets", kind: "ReplicaSet", namespaced: true, short: "rs" },
  {
    apiVersion: "autoscaling/v2",
    name: "horizontalpodautoscalers",
    kind: "HorizontalPodAutoscaler",
    namespaced: true,
    short: "hpa",
  },
  {
    apiVersion: "elbv2.k8s.aws/v1beta1",
    name: "targetgroupbindings",
    kind: "TargetGroupBinding",
    namespaced: true,
    short: "tgb",
  },
  { apiVersion: "metrics.k8s.io/v1beta1", name: "pods", kind: "PodMetrics", namespaced: true, short: "" },
] as const;

/** What a path of the API server asks for. */
export type KubeRequest =
  | { readonly kind: "discovery"; readonly body: unknown }
  | { readonly kind: "question"; readonly question: Question; readonly limit: number; readonly offset: number }
  | { readonly kind: "proxy"; readonly namespace: string; readonly service: string; readonly rest: string }
  | { readonly kind: "unknown" };

export function readPath(url: URL): KubeRequest {
  const found = discovery(url.pathname);
  if (found) return { kind: "discovery", body: found };
  const proxied = /^\/api\/v1\/namespaces\/([^/]+)\/services\/([^/]+)\/proxy\/(.*)$/.exec(url.pathname);
  if (proxied) {
    const [, namespace = "", service = "", rest = ""] = proxied;
    return { kind: "proxy", namespace, service: decodeURIComponent(service), rest: `/${rest}${url.search}` };
  }
  const parts = /^\/(?:api|apis\/([^/]+))\/([^/]+)\/(?:namespaces\/([^/]+)\/)?([^/]+)(?:\/([^/]+))?$/.exec(
    url.pathname,
  );
  if (!parts) return { kind: "unknown" };
  const [, group, version = "", namespace, resource = "", name] = parts;
  const apiVersion = group === undefined ? version : `${group}/${version}`;
  const where: { [key: string]: string } = namespace === undefined ? {} : { namespace };
  const limit = Number(url.searchParams.get("limit") ?? 0) || Number.POSITIVE_INFINITY;
  const offset = Number(url.searchParams.get("continue") ?? 0);
  if (name !== undefined)
    return { kind: "question", question: asks("get", { apiVersion, resource, ...where, name }), limit, offset };
  const selectors = Object.fromEntries(
    ["labelSelector", "fieldSelector"].flatMap((key) => {
      const value = url.searchParams.get(key);
      return value ? [[key, value]] : [];
    }),
  );
  return { kind: "question", question: asks("list", { apiVersion, resource, ...where, ...selectors }), limit, offset };
}

function asks(operation: "list" | "get", input: Question["input"]): Question {
  return { source: "kubernetes", operation, input };
}

function discovery(path: string): unknown {
  const groups = [...new Set(RESOURCES.flatMap(({ apiVersion }) => (apiVersion === "v1" ? [] : [apiVersion])))];
  // From minor 30 on kubectl execs by WebSocket; before, by SPDY, which is not spoken here.
  if (path === "/version") return { major: "1", minor: "31", gitVersion: "v1.31.0" };
  if (path === "/api") return { kind: "APIVersions", versions: ["v1"] };
  if (path === "/apis")
    return {
      kind: "APIGroupList",
      apiVersion: "v1",
      groups: groups.map((groupVersion) => {
        const [name, version] = groupVersion.split("/");
        const only = { groupVersion, version };
        return { name, versions: [only], preferredVersion: only };
      }),
    };
  const version = /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))$/.exec(path);
  const wanted = version?.[1] ?? version?.[2];
  if (wanted === undefined) return null;
  return {
    kind: "APIResourceList",
    groupVersion: wanted,
    resources: RESOURCES.filter(({ apiVersion }) => apiVersion === wanted).map(({ name, kind, namespaced, short }) => ({
      name,
      kind,
      namespaced,
      singularName: "",
      shortNames: short === "" ? [] : [short],
      verbs: ["get", "list"],
    })),
  };
}

function kindOf(apiVersion: unknown, resource: unknown): string {
  return RESOURCES.find((one) => one.apiVersion === apiVersion && one.name === resource)?.kind ?? "Object";
}

/** A page of a list, with where the next one begins. */
export function pageOfList(
  { input: { apiVersion, resource } }: Question,
  items: readonly unknown[],
  offset: number,
  limit: number,
): object {
  const more = offset + limit < items.length;
  return {
    kind: `${kindOf(apiVersion, resource)}List`,
    apiVersion,
    metadata: { resourceVersion: "1", ...(more && { continue: String(offset + limit) }) },
    items: items.slice(offset, offset + limit),
  };
}

/**
 * Whether an object fits a label or field selector, in all its forms (Kubernetes, Labels and Selectors): "a=b", "a!=b",
 * "a in (b,c)", "a notin (b,c)", "a", "!a", joined by commas. `look`: its value of a key, undefined without one. What is
 * no selector fits nothing; without one everything fits.
 */
export function isSelected(selector: unknown, look: (key: string) => unknown): boolean {
  if (typeof selector !== "string" || selector === "") return true;
  return selector.split(/,(?![^(]*\))/).every((term) => fits(look, term));
}

const TERM = /^\s*(!?)\s*([\w./-]+)\s*(?:(==?|!=)\s*([\w.:-]*)|(in|notin)\s*\(([^)]*)\))?\s*$/;

function fits(look: (key: string) => unknown, term: string): boolean {
  const [whole, absent, key = "", sign, single = "", set, list = ""] = TERM.exec(term) ?? [];
  if (whole === undefined) return false;
  const value = look(key);
  if (sign === undefined && set === undefined) return (value === undefined) === (absent === "!");
  const wanted = set === undefined ? [single] : list.split(",").map((one) => one.trim());
  // What has no such label is not one of those either.
  return wanted.some((one) => one === value) === (sign !== "!=" && set !== "notin");
}

/** What kubectl prints where it asks for a Table (Accept: …;as=Table). */
export function table(items: readonly unknown[]): object {
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata: {},
    columnDefinitions: [
      { name: "Name", type: "string", format: "name", description: "", priority: 0 },
      { name: "Status", type: "string", format: "", description: "", priority: 0 },
    ],
    rows: items.map((item) => ({
      cells: [field(field(item, "metadata"), "name"), field(field(item, "status"), "phase") ?? ""],
      object: { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: field(item, "metadata") },
    })),
  };
}
