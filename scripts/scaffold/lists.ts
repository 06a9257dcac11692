/** The widest line that the formatter leaves alone. */
const WIDTH = 120;

/** A module's text with one more import, sorted by path as the linter wants it. `names`: "slowDns", or "{ SLOW_DNS }". */
export function withImport(text: string, names: string, path: string): string {
  return withLine(text, /^(?:import|\}).* from "([^"]+)";$/, path, `import ${names} from "${path}";`);
}

/** A module's text that passes on all of one more module, sorted by path. */
export function withExport(text: string, path: string): string {
  return withLine(text, /^(?:export .*|\}) from "([^"]+)";$/, path, `export * from "${path}";`);
}

/** The text with a line more, behind the last of those that the pattern finds whose path is before this one. */
function withLine(text: string, pattern: RegExp, path: string, line: string): string {
  const lines = text.split("\n");
  const found = lines.flatMap((one, index) => {
    const from = pattern.exec(one)?.[1];
    return from === undefined ? [] : [{ from, index }];
  });
  const before = found.filter(({ from }) => from < path).at(-1);
  return lines.toSpliced((before?.index ?? -1) + 1, 0, line).join("\n");
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
