/** Wide enough for a dozen figures or one small object, and still read without scrolling. */
const LINE = 120;

/**
 * JSON that a person can read and a diff can show: what holds only plain values stands on one line if it fits; a longer
 * list of plain values fills its lines; everything else has one line for each of its parts. `at` is the column where the
 * value starts.
 */
export function readableJson(value: unknown, indent = "", at = 0): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const list = Array.isArray(value);
  const [open, close] = list ? "[]" : "{}";
  const parts = Object.entries(value).filter(([, part]) => part !== undefined);
  if (parts.length === 0) return `${open}${close}`;
  const label = (key: string) => (list ? "" : `${JSON.stringify(key)}: `);
  const inner = `${indent}  `;
  if (parts.every(([, part]) => isPlain(part))) {
    const items = parts.map(([key, part]) => label(key) + readableJson(part));
    const line = `${open}${items.join(", ")}${close}`;
    // One more column, for the comma behind it.
    if (at + line.length < LINE) return line;
    if (list) return `${open}\n${filled(items, inner)}\n${indent}${close}`;
  }
  const lines = parts.map(([key, part]) => {
    const start = inner + label(key);
    return start + readableJson(part, inner, start.length);
  });
  return `${open}\n${lines.join(",\n")}\n${indent}${close}`;
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value !== "object" || Object.keys(value).length === 0;
}

/** As many items on each line as fit. */
function filled(items: readonly string[], indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const [index, item] of items.entries()) {
    const text = index === items.length - 1 ? item : `${item},`;
    if (line === indent) line += text;
    else if (line.length + 1 + text.length <= LINE) line += ` ${text}`;
    else {
      lines.push(line);
      line = indent + text;
    }
  }
  return [...lines, line].join("\n");
}
