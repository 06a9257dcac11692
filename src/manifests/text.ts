import { type Document, isMap, isSeq, type Node, Document as YamlDocument } from "yaml";
import type { Json } from "./json.ts";

/** How a file is written: what is put into it looks like the rest. */
export interface Manner {
  readonly eol: string;
  /** Blanks a level. */
  readonly step: number;
  /** Whether the dashes of a list stand further in than the key above them. */
  readonly indentSeq: boolean;
}

/** The manner of a document, told by the first nested map and the first list in it. */
export function mannerOf(text: string, { contents }: Document.Parsed): Manner {
  let step: number | null = null;
  let indentSeq: boolean | null = null;
  const look = (node: unknown): void => {
    if (isSeq(node) && !node.flow) for (const item of node.items) look(item);
    if (!isMap(node) || node.flow) return;
    for (const { key, value } of node.items) {
      const [outer, inner] = [columnOf(text, startOf(key)), columnOf(text, startOf(value))];
      if (isMap(value) && !value.flow && inner > outer) step ??= inner - outer;
      if (isSeq(value) && !value.flow) indentSeq ??= inner > outer;
      look(value);
    }
  };
  look(contents);
  return { eol: text.includes("\r\n") ? "\r\n" : "\n", step: step ?? 2, indentSeq: indentSeq ?? true };
}

/** Where a node begins in the text; -1 for one that is not from it. */
export function startOf(node: unknown): number {
  return rangeOf(node)?.[0] ?? -1;
}

export function rangeOf(node: unknown): Node["range"] {
  const isNode = node !== null && typeof node === "object" && "range" in node;
  return isNode ? (node as Node).range : null;
}

export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** The offset behind the line in which this one is; the end of the text for its last line. */
export function lineEnd(text: string, offset: number): number {
  // The end of a block of text is the beginning of the next line already.
  if (offset > 0 && text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

/** The end of what a node holds, without the comments and blanks behind it. */
export function contentEnd(node: unknown): number {
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1);
    if (last) return Math.max(contentEnd(last.key), contentEnd(last.value));
  }
  if (isSeq(node) && !node.flow && node.items.length > 0) return contentEnd(node.items.at(-1));
  return rangeOf(node)?.[1] ?? -1;
}

/** A value as the lines of a block, each with this many blanks before it. */
export function block(value: Json, column: number, { eol, step, indentSeq }: Manner): string {
  const lines = written(value, { indent: step, indentSeq }).split("\n");
  return lines.map((line) => (line === "" ? "" : " ".repeat(column) + line)).join(eol);
}

/** A value on one line, as it stands inside braces and brackets or behind a key. */
export function inline(value: Json): string {
  // Text of several lines has one form that needs none of them.
  if (typeof value === "string" && /[\n\r]/.test(value)) return JSON.stringify(value);
  return written(value, { collectionStyle: "flow" });
}

/** YAML of a value, as parsers of YAML 1.1 read it too: Kubernetes' takes "yes" for a boolean. */
function written(value: Json, style: { indent?: number; indentSeq?: boolean; collectionStyle?: "flow" }): string {
  const document = new YamlDocument(value, { compat: "yaml-1.1", aliasDuplicateObjects: false });
  return document.toString({ ...style, lineWidth: 0, flowCollectionPadding: false }).trimEnd();
}

/** A text under its "|" again, with the blanks that the lines had; null where it needs another sign than that. */
export function literal(source: string, value: string, { eol }: Manner): string | null {
  const [head = "", ...lines] = source.split(/\r?\n/);
  const first = lines.find((line) => line.trim() !== "");
  const indent = /^ */.exec(first ?? "")?.[0] ?? "";
  const tail = /(?:\r?\n)*$/.exec(source)?.[0] ?? "";
  if (indent === "" || /\r/.test(value)) return null;
  const body = value.replace(/\n+$/, "").split("\n");
  return [head, ...body.map((line) => (line === "" ? "" : indent + line))].join(eol) + tail;
}
