import { type Document, parseAllDocuments } from "yaml";
import { isObject, type JsonObject } from "./json.ts";

/** A file of the user's folder: its path relative to it, with slashes, and its text. */
export interface ManifestFile {
  readonly path: string;
  readonly text: string;
}

/** A Kubernetes object as it stands in a file. */
export interface Manifest {
  readonly file: ManifestFile;
  /** Which document of the file it is. */
  readonly index: number;
  readonly object: JsonObject;
  readonly kind: string;
  readonly name: string;
  /** Null where the manifest leaves it to whoever applies it. */
  readonly namespace: string | null;
}

export interface PassedOver {
  readonly path: string;
  readonly why: string;
}

/** What a folder holds: the objects, the files that only a tool makes objects of, and what was not read. */
export interface Manifests {
  readonly objects: readonly Manifest[];
  readonly templates: readonly ManifestFile[];
  readonly passedOver: readonly PassedOver[];
}

const TEMPLATE = "{{";

/** Reads files as documents; whatever one of them holds, it is an object, no object, or a reason to pass it over. */
export function manifestsOf(files: readonly ManifestFile[]): Manifests {
  const objects: Manifest[] = [];
  const templates: ManifestFile[] = [];
  const passedOver: PassedOver[] = [];
  for (const file of files) {
    if (file.text.includes(TEMPLATE)) {
      templates.push(file);
      passedOver.push({ path: file.path, why: `is a template: it contains ${TEMPLATE}` });
      continue;
    }
    const read = documentsOf(file.text);
    if (typeof read === "string") passedOver.push({ path: file.path, why: read });
    else objects.push(...read.flatMap(({ value }, index) => manifestOf(file, index, value)));
  }
  return { objects, templates, passedOver };
}

/** A document with what it means. */
export interface Parsed {
  readonly document: Document.Parsed;
  readonly value: unknown;
}

/** The documents of a text; a sentence's end where it is no YAML. */
export function documentsOf(text: string): readonly Parsed[] | string {
  try {
    const parsed = parseAllDocuments(text, { merge: true, prettyErrors: true, logLevel: "error" });
    const documents = "empty" in parsed ? [] : parsed;
    for (const { errors } of documents) {
      const [error] = errors;
      if (error) return `is not YAML: ${error.message.split("\n")[0]?.replace(/:$/, "")}`;
    }
    // Aliases that unfold without end are refused here.
    return documents.map((document) => ({ document, value: document.toJS() }));
  } catch (error) {
    return `is not YAML that can be read: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`;
  }
}

function manifestOf(file: ManifestFile, index: number, object: unknown): Manifest[] {
  if (!isObject(object) || !isObject(object.metadata)) return [];
  const { kind, metadata } = object;
  const { name, namespace } = metadata;
  if (typeof kind !== "string" || typeof name !== "string") return [];
  return [{ file, index, object, kind, name, namespace: typeof namespace === "string" ? namespace : null }];
}

/** Whether a template seems to make this object: its kind and its name stand in one part of it, as they are. */
export function seemsToMake({ text }: ManifestFile, kind: string, name: string): boolean {
  const has = (part: string, key: string, value: string) =>
    part.split("\n").some((line) => {
      const [left, right] = [line.slice(0, line.indexOf(":")).trim(), line.slice(line.indexOf(":") + 1).trim()];
      return left === key && right.replace(/^["']|["']$/g, "") === value;
    });
  return text.split(/^---/m).some((part) => has(part, "kind", kind) && has(part, "name", name));
}
