/** The widest line that the formatter leaves alone. */
const WIDTH = 120;

/** A module's text with one more default import, sorted by path as the linter wants it. */
export function withImport(text: string, name: string, path: string): string {
  const lines = text.split("\n");
  const imports = lines.flatMap((line, index) => {
    const from = /^(?:import|\}).* from "([^"]+)";$/.exec(line)?.[1];
    return from === undefined ? [] : [{ from, index }];
  });
  const before = imports.filter(({ from }) => from < path).at(-1);
  return lines.toSpliced((before?.index ?? -1) + 1, 0, `import ${name} from "${path}";`).join("\n");
}

/**
 * A module's text with one more entry at the end of a list of names that begins after `opening`, before what a comment
 * keeps last. Null where there is no such list.
 */
export function withEntry(text: string, opening: string, entry: string): string | null {
  const at = text.indexOf(`${opening}[`);
  const end = text.indexOf("]", at + opening.length);
  if (at === -1 || end === -1) return null;
  const [head, list, tail] = [
    text.slice(0, at + opening.length + 1),
    text.slice(at + opening.length + 1, end),
    text.slice(end),
  ];
  const indent = /^ */.exec(head.slice(head.lastIndexOf("\n") + 1))?.[0] ?? "";
  if (list.includes("\n")) {
    const lines = list.split("\n");
    const last = lines.findIndex((line) => line.trim().startsWith("// Last"));
    return head + lines.toSpliced(last === -1 ? -1 : last, 0, `${indent}  ${entry},`).join("\n") + tail;
  }
  const entries = [...list.split(",").map((one) => one.trim()), entry].filter((one) => one !== "");
  const line = head.slice(head.lastIndexOf("\n") + 1) + entries.join(", ") + tail.slice(0, tail.indexOf("\n"));
  if (line.length <= WIDTH) return head + entries.join(", ") + tail;
  return `${head}\n${entries.map((one) => `${indent}  ${one},\n`).join("")}${indent}${tail}`;
}
