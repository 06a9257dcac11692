import { type Document, isCollection, isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { Parsed } from "./documents.ts";
import { isList, isObject, type Json, type JsonObject, same } from "./json.ts";
import { mannerOf } from "./text.ts";

/**
 * The text with one document written anew by the YAML library: comments stay, blanks may move. For what cannot be changed
 * piece by piece, such as an alias.
 */
export function rewritten(text: string, { document }: Parsed, wanted: JsonObject): string | null {
  const [from, , to] = document.contents?.range ?? [0, 0, 0];
  const source = text.slice(from, to);
  const copy = parseDocument(source, { merge: true, compat: "yaml-1.1" });
  if (copy.errors.length > 0 || !isMap(copy.contents)) return null;
  const { eol, step, indentSeq } = mannerOf(source, copy);
  try {
    change(copy, [], wanted);
    const lines = copy.toString({ lineWidth: 0, indent: step, indentSeq, flowCollectionPadding: false });
    return text.slice(0, from) + lines.replaceAll(/\r?\n/g, eol) + text.slice(to);
  } catch {
    // An anchor that its aliases have lost, for one: then there is no such text.
    return null;
  }
}

/** Makes the value at this path mean `wanted`, and touches nothing that does already. */
function change(document: Document.Parsed, path: readonly (string | number)[], wanted: Json): void {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const now: unknown = isCollection(node) || isScalar(node) ? node.toJS(document) : undefined;
  if (same(now, wanted)) return;
  if (isMap(node) && isObject(wanted) && isObject(now)) {
    for (const key of Object.keys(now)) if (!Object.hasOwn(wanted, key)) document.deleteIn([...path, key]);
    for (const [key, value] of Object.entries(wanted)) {
      if (!(Object.hasOwn(now, key) && same(now[key], value))) change(document, [...path, key], value);
    }
  } else if (isSeq(node) && isList(wanted) && wanted.length >= node.items.length) {
    for (const [index, value] of wanted.entries()) change(document, [...path, index], value);
  } else document.setIn(path, isObject(wanted) || isList(wanted) ? document.createNode(wanted) : wanted);
}
