import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { Change, Fix } from "../model/judgement.ts";
import { plural } from "../model/words.ts";
import { type Manifest, type Manifests, seemsToMake } from "./documents.ts";
import { edited } from "./edited.ts";
import { isObject, type JsonObject, same } from "./json.ts";
import { patched, patchFor } from "./patched.ts";

/** How many places a sentence names. */
const NAMED = 3;

/**
 * The fixes with a diff at each change of a Kubernetes object that stands in exactly one of the documents, and with the
 * reason where it does not. Each diff is against the file as it is.
 */
export function withDiffs(fixes: readonly Fix[], manifests: Manifests): Fix[] {
  return fixes.map((fix) => ({ ...fix, changes: fix.changes.map((change) => withDiff(change, manifests)) }));
}

function withDiff(change: Change, manifests: Manifests): Change {
  const object = objectOf(change.target);
  const patch = objectIn(change.patch);
  if (!object || !patch) return change;
  const found = standing(object, manifests.objects);
  const [one] = found;
  if (!one) return { ...change, manifest: missing(object, manifests) };
  if (found.length > 1) {
    const places = named(found.map(({ file }) => file.path));
    return {
      ...change,
      manifest: `it is in ${plural(found.length, "document")} (${places}): which of them decides is not known, so there is no diff`,
    };
  }
  return { ...change, ...diffOf(one, object, patch) };
}

interface ObjectNamed {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** "Deployment default/data-service"; null for what is no object of Kubernetes, an alarm for example. */
function objectOf(target: string): ObjectNamed | null {
  const [, kind, namespace, name] = /^([A-Z][A-Za-z]+) ([a-z0-9.-]+)\/([a-z0-9.-]+)$/.exec(target) ?? [];
  return kind && namespace && name ? { kind, namespace, name } : null;
}

/** The patch as an object; null for one that is words, as of a rollback to an earlier version. */
function objectIn(patch: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(patch);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * The documents of this object. A manifest without a namespace is one of "default"; if no document names the namespace,
 * those that leave it to whoever applies them (kubectl -n, Kustomize) are meant.
 */
function standing({ kind, namespace, name }: ObjectNamed, objects: readonly Manifest[]): Manifest[] {
  const alike = objects.filter((one) => one.kind === kind && one.name === name);
  const exact = alike.filter((one) => (one.namespace ?? "default") === namespace);
  return exact.length > 0 ? exact : alike.filter((one) => one.namespace === null);
}

function missing({ kind, name }: ObjectNamed, { objects, templates }: Manifests): string {
  const made = templates.filter((file) => seemsToMake(file, kind, name));
  if (made.length > 0)
    return `it seems to be made by a template (${named(made.map(({ path }) => path))}): make the change there or in the template's values`;
  return `it is in none of the folder's manifests (${objects.length} were read)`;
}

function diffOf(manifest: Manifest, { namespace }: ObjectNamed, given: JsonObject): Pick<Change, "diff" | "manifest"> {
  const { file, object } = manifest;
  const patch = patchFor(object, given);
  if (!patch) return { manifest: `${file.path} sets no CPU utilisation as its target: make the change there by hand` };
  const wanted = patched(object, patch);
  if (!isObject(wanted) || same(object, wanted)) return { manifest: `${file.path} has it already` };
  const text = edited(manifest, wanted);
  if (text === null)
    return {
      manifest: `it is in ${file.path}, where this cannot be written without changing another place (an anchor, for example): make the change there by hand`,
    };
  const open = manifest.namespace === null && namespace !== "default" ? ", which names no namespace" : "";
  const diff = createTwoFilesPatch(`a/${file.path}`, `b/${file.path}`, file.text, text, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return { diff, manifest: `it is in ${file.path}${open}` };
}

function named(paths: readonly string[]): string {
  const distinct = [...new Set(paths)];
  return [...distinct.slice(0, NAMED), ...(distinct.length > NAMED ? ["…"] : [])].join(", ");
}
