/** Members that are numbers on the wire, where a form has only text. */
const NUMBERS = new Set(["MaxRecords", "Period", "PageSize"]);
const BOOLEANS = new Set(["ReturnData"]);

/** The input of an AWS Query request: "A.member.1.B=x" → {A: [{B: "x"}]}. */
export function inputOf(form: URLSearchParams): { [key: string]: unknown } {
  const root: Node = {};
  for (const [path, value] of form) {
    if (path === "Action" || path === "Version") continue;
    place(root, path.split("."), value);
  }
  return read(root) as { [key: string]: unknown };
}

interface Node {
  [key: string]: Node | string;
}

function place(node: Node, [key, ...rest]: readonly string[], value: string): void {
  if (key === undefined) return;
  if (rest.length === 0) {
    node[key] = value;
    return;
  }
  const inner = node[key];
  const next = typeof inner === "object" ? inner : {};
  node[key] = next;
  place(next, rest, value);
}

function read(node: Node | string, key = ""): unknown {
  if (typeof node === "string") return NUMBERS.has(key) ? Number(node) : BOOLEANS.has(key) ? node === "true" : node;
  const { member } = node;
  if (typeof member === "object") {
    const indices = Object.keys(member).sort((a, b) => Number(a) - Number(b));
    return indices.map((index) => read(member[index] ?? "", key));
  }
  return Object.fromEntries(Object.entries(node).map(([name, inner]) => [name, read(inner, name)]));
}
