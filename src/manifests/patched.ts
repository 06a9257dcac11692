import { isList, isObject, type Json, type JsonObject } from "./json.ts";

/** Lists whose entries are told apart by a key (patchMergeKey in the Kubernetes API), so that a patch names only its own. */
const MERGED_BY: ReadonlyMap<string, string> = new Map([
  ["containers", "name"],
  ["initContainers", "name"],
  ["env", "name"],
  ["topologySpreadConstraints", "topologyKey"],
]);

/** The object with the patch applied: those lists by their keys, everything else as RFC 7386 has it. */
export function patched(object: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged = new Map<string, Json>(Object.entries(isObject(object) ? object : {}));
  for (const [key, change] of Object.entries(patch)) {
    const by = MERGED_BY.get(key);
    if (change === null) merged.delete(key);
    else if (by !== undefined && isList(change)) merged.set(key, mergedList(merged.get(key), change, by));
    else merged.set(key, patched(merged.get(key), change));
  }
  return Object.fromEntries(merged);
}

/** Entries that are there are changed in their place, new ones follow. */
function mergedList(list: Json | undefined, changes: readonly Json[], by: string): Json {
  const result: Json[] = isList(list) ? [...list] : [];
  for (const change of changes) {
    const key = isObject(change) ? change[by] : undefined;
    const index = result.findIndex((one) => key !== undefined && isObject(one) && one[by] === key);
    if (index < 0) result.push(patched(undefined, change));
    else result[index] = patched(result[index], change);
  }
  return result;
}

const CPU_TARGET = "targetCPUUtilizationPercentage";

/**
 * A fix names an autoscaler's CPU target as autoscaling/v1 has it. A manifest of another version holds it in its list of
 * metrics: the patch as that version needs it. Null where the manifest has no CPU target to change.
 */
export function patchFor(manifest: JsonObject, patch: JsonObject): JsonObject | null {
  const { spec } = patch;
  const version = String(manifest.apiVersion);
  if (manifest.kind !== "HorizontalPodAutoscaler" || version === "autoscaling/v1" || !isObject(spec)) return patch;
  const { [CPU_TARGET]: target, ...others } = spec;
  if (target === undefined) return patch;
  const metrics = isObject(manifest.spec) ? manifest.spec.metrics : undefined;
  if (!isList(metrics)) return null;
  let found = false;
  const changed = metrics.map((metric) => {
    const whole = withTarget(metric, target, version === "autoscaling/v2beta1");
    if (whole === null) return metric;
    found = true;
    return whole;
  });
  return found ? { ...patch, spec: { ...others, metrics: changed } } : null;
}

/** The metric with this CPU utilisation as its target; null where it is another metric, or not judged in percent. */
function withTarget(metric: Json, target: Json, early: boolean): Json | null {
  if (!isObject(metric) || metric.type !== "Resource" || !isObject(metric.resource)) return null;
  const { resource } = metric;
  if (resource.name !== "cpu") return null;
  if (early)
    return "targetAverageUtilization" in resource
      ? { ...metric, resource: { ...resource, targetAverageUtilization: target } }
      : null;
  if (!isObject(resource.target) || !("averageUtilization" in resource.target)) return null;
  return { ...metric, resource: { ...resource, target: { ...resource.target, averageUtilization: target } } };
}
