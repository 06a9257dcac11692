import {
  type Ask,
  listed,
  listPods,
  listReplicaSets,
  plural,
  type Question,
  type Service,
  selectorOf,
  shellQuoted,
} from "../../../src/playbook.ts";
import { ownerOf } from "../workload/owner.ts";
import type { Backend } from "./fact.ts";

export interface GoOn {
  readonly statement: string;
  readonly measures: { readonly [name: string]: string | number | null };
  /** The command with which a person goes on. */
  readonly next: string;
  readonly proof: readonly Question[];
}

/** From the backend to its pods: who made them, how many are ready, and how to look at them. */
export async function goneOnWith(
  { name, service: named }: Backend,
  services: readonly Service[],
  ask: Ask,
): Promise<GoOn> {
  const nothing = { measures: {}, proof: [] };
  if (!named) return { ...nothing, statement: `which Service ${name} is does not show in its name`, next: ROUTES };
  const { namespace } = named;
  const where = `kubectl -n ${shellQuoted(namespace)}`;
  const service = services.find(({ metadata }) => metadata.namespace === namespace && metadata.name === named.name);
  const selector = service?.spec.selector ?? {};
  if (Object.keys(selector).length === 0) {
    const next = `${where} get service,endpointslices -l ${shellQuoted(`kubernetes.io/service-name=${named.name}`)}`;
    return { ...nothing, statement: `the pods of Service ${name} are not known by a selector`, next };
  }
  const labels = selectorOf(selector);
  const next = `${where} top pods --containers -l ${shellQuoted(labels)}`;
  const podsAsked = listPods(namespace, labels);
  const [pods, sets] = await Promise.all([ask(podsAsked), ask(listReplicaSets(namespace))]);
  if (!pods.ok) return { ...nothing, statement: `the pods of Service ${name} could not be read`, next };
  const owner = ownerOf(pods.value, sets.ok ? sets.value : []);
  const ready = pods.value.filter(({ status }) =>
    (status.conditions ?? []).some((one) => one.type === "Ready" && one.status === "True"),
  ).length;
  const made = owner && owner.kind !== "Pod" ? `, of ${owner.kind} ${owner.name}` : "";
  const containers = pods.value.flatMap(({ status }) => status.containerStatuses ?? []);
  const restarts = containers.reduce((all, { restartCount }) => all + restartCount, 0);
  const endings = [...new Set(containers.flatMap(({ lastState }) => lastState?.terminated?.reason ?? []))];
  // How often in their lives; when the last one was, the API does not tell of all of them.
  const restarted =
    restarts === 0
      ? "never restarted"
      : `${plural(restarts, "restart")} so far${endings.length > 0 ? ` (the last ones: ${listed(endings)})` : ""}`;
  return {
    statement: `Service ${name} has ${plural(pods.value.length, "pod")}${made}, ${ready} ready, ${restarted}`,
    measures: { pods: pods.value.length, ready, restarts, owner: owner?.name ?? null },
    next,
    proof: [podsAsked.question],
  };
}

const ROUTES = "kubectl get ingresses,httproutes --all-namespaces";
