import type { Lookup } from "./environment.ts";
import { linesOf, shown, type Traced, trimmed, untold, withoutComment } from "./traced.ts";
import { variableOr } from "./variable.ts";

/** Names that stand for names that stand for …: more than this is no setting that anybody wrote. */
const DEEPEST = 6;

/**
 * What a name is set to in a Python settings file, or null where it is not. Read are literals, `int(…)`, `os.environ.get`,
 * `os.getenv`, `os.environ[…]`, `… or …` and other names of the file; everything else, what stands under a condition, and
 * what another module or a sum may set afterwards, is not known. The last assignment counts.
 */
export function pythonSetting(file: Traced, name: string, lookup: Lookup, depth = 0): Traced | null {
  const lines = linesOf(file);
  const assigned = lines.flatMap((line) => {
    const match = new RegExp(`^(\\s*)${name}\\s*(?::\\s*[\\w.]+\\s*)?=(?!=)\\s*`).exec(shown(line));
    return match ? [{ isIndented: match[1] !== "", line, value: line.slice(match[0].length) }] : [];
  });
  const last = assigned.at(-1);
  const otherwise = lines.findLast((line) => setsOtherwise(shown(withoutComment(line)), name));
  if (otherwise && (!last || lines.indexOf(otherwise) > lines.indexOf(last.line)))
    return untold([{ what: `${shown(otherwise).trim()}, which may set ${name}`, look: null }]);
  if (!last) return null;
  if (assigned.some(({ isIndented }) => isIndented))
    return untold([{ what: `${shown(last.line).trim()}, which is conditional`, look: null }]);
  return valueIn(withoutComment(last.value), { file, lookup, written: shown(last.line).trim() }, depth);
}

/** Whether a line sets a name otherwise: `workers += 2`, `threads, workers = 2, 4`, `from shared import *`. */
function setsOtherwise(line: string, name: string): boolean {
  const imported = /^\s*from\s+\S+\s+import\s+(.*)$/.exec(line)?.[1];
  if (imported !== undefined) return imported.startsWith("*") || imported.split(/\W+/).includes(name);
  const equals = line.indexOf("=");
  const before = line.slice(0, Math.max(0, equals)).trim();
  const targets = before.replace(/[-+*/%&|^@<>]+$/, "");
  const names = targets.split(",").map((one) => one.replace(/[()[\]\s]/g, ""));
  return (targets !== before || names.length > 1) && names.includes(name);
}

interface Scope {
  readonly file: Traced;
  readonly lookup: Lookup;
  readonly written: string;
}

function valueIn(given: Traced, scope: Scope, depth: number): Traced {
  const value = trimmed(given);
  const text = shown(value);
  const unknown = untold([{ what: scope.written, look: null }]);
  if (depth > DEEPEST) return unknown;
  if (/^\d+$/.test(text)) return value;
  if (/^(["'])[^"']*\1$/.test(text)) return value.slice(1, -1);
  const call = /^(?:int|float|str)\(/.exec(text)?.[0];
  if (call !== undefined && isOneCall(text)) return valueIn(value.slice(call.length, -1), scope, depth + 1);
  if (text.startsWith("(") && isOneCall(text)) return valueIn(value.slice(1, -1), scope, depth + 1);
  const or = text.indexOf(" or ");
  if (or !== -1) {
    const name = environmentName(text.slice(0, or))?.name;
    return name === undefined
      ? unknown
      : variableOr(name, scope.lookup, valueIn(value.slice(or + 4), scope, depth + 1), false);
  }
  const environment = isOneCall(text) ? environmentName(text) : null;
  if (environment) {
    const { name, fallback } = environment;
    return variableOr(
      name,
      scope.lookup,
      fallback === null ? null : valueIn(value.slice(fallback, -1), scope, depth + 1),
    );
  }
  if (/^[A-Za-z_]\w*$/.test(text)) return pythonSetting(scope.file, text, scope.lookup, depth + 1) ?? unknown;
  return unknown;
}

/** `os.environ.get("X", …)`: its name, and where its fallback begins. */
function environmentName(text: string): { name: string; fallback: number | null } | null {
  const match = /^\s*(?:os\.)?(?:environ\.get|getenv|environ\[)\(?\s*(["'])(\w+)\1\s*(,\s*(?:default\s*=\s*)?)?/.exec(
    text,
  );
  return match ? { name: match[2] ?? "", fallback: match[3] === undefined ? null : match[0].length } : null;
}

/** Whether the first bracket closes at the very end: "int(a)", not "int(a) * int(b)". */
function isOneCall(text: string): boolean {
  let depth = 0;
  for (const [index, char] of [...text].entries()) {
    if (/[([]/.test(char)) depth += 1;
    if (/[)\]]/.test(char)) {
      depth -= 1;
      if (depth === 0) return index === text.length - 1;
    }
  }
  return false;
}
