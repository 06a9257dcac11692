import type { Lookup } from "./environment.ts";
import { linesOf, shown, type Traced, trimmed, untold, withoutComment } from "./traced.ts";
import { variableOr } from "./variable.ts";

const DEEPEST = 6;

/**
 * The arguments of a setting in a Ruby settings file (`workers 4`, `threads 5, 5`), or null where it is not called. Read
 * are literals, `Integer(…)`, `.to_i`, `ENV.fetch("X", 4)`, `ENV.fetch("X") { 4 }`, `ENV["X"] || 4` and variables of the
 * file; everything else, and what stands under a condition, is not known.
 */
export function rubySetting(file: Traced, name: string, lookup: Lookup): readonly Traced[] | null {
  const called = lines(file).flatMap((line) => {
    const match = new RegExp(`^(\\s*)${name}(?:\\s+(?![=+*/-])|(?=\\())`).exec(shown(line));
    return match ? [{ isIndented: match[1] !== "", line, value: trimmed(line.slice(match[0].length)) }] : [];
  });
  const last = called.at(-1);
  if (!last) return null;
  const written = shown(last.line).trim();
  if (called.some(({ isIndented }) => isIndented) || / (?:if|unless) /.test(written))
    return [untold([{ what: `${written}, which is conditional`, look: null }])];
  const value = shown(last.value).startsWith("(") ? last.value.slice(1, -1) : last.value;
  return argumentsOf(value).map((one) => valueIn(one, { file, lookup, written }, 0));
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
  const inner = (start: number, end?: number) => valueIn(value.slice(start, end), scope, depth + 1);
  if (/^\d+$/.test(text)) return value;
  if (/^(["'])[^"']*\1$/.test(text)) return value.slice(1, -1);
  if (/^Integer\([^()]*(?:\([^()]*\)[^()]*)*\)$/.test(text)) return inner("Integer(".length, -1);
  if (/^\(.*\)\.to_i$/.test(text)) return inner(1, -").to_i".length);
  if (/\.to_i$/.test(text)) return inner(0, -".to_i".length);
  const or = text.indexOf("||");
  const read = /^ENV\[\s*(["'])(\w+)\1\s*\]/.exec(text);
  if (read && or !== -1) return variableOr(read[2] ?? "", scope.lookup, inner(or + 2));
  if (read && read[0].length === text.length) return variableOr(read[2] ?? "", scope.lookup, null);
  const fetched = /^ENV\.fetch\(\s*(["'])(\w+)\1\s*(\)\s*(?:\{|do)|,|\))/.exec(text);
  if (fetched) {
    const [head, , name = "", sign = ""] = fetched;
    if (sign === ")") return variableOr(name, scope.lookup, null);
    return variableOr(name, scope.lookup, inner(head.length, /end$/.test(text) ? -3 : -1));
  }
  return /^[a-z_]\w*$/.test(text) ? (assigned(text, scope, depth) ?? unknown) : unknown;
}

function assigned(name: string, scope: Scope, depth: number): Traced | null {
  const last = lines(scope.file).findLast((line) => new RegExp(`^${name}\\s*=(?!=)`).test(shown(line)));
  return last ? valueIn(last.slice(shown(last).indexOf("=") + 1), scope, depth + 1) : null;
}

/** "5, 5" → two; a comma within brackets or braces belongs to what stands there. */
function argumentsOf(text: Traced): Traced[] {
  const all: Traced[number][][] = [[]];
  let depth = 0;
  for (const glyph of text) {
    if (/[([{]/.test(glyph.char ?? "")) depth += 1;
    if (/[)\]}]/.test(glyph.char ?? "")) depth -= 1;
    if (glyph.char === "," && depth === 0) all.push([]);
    else all.at(-1)?.push(glyph);
  }
  return all;
}

function lines(file: Traced): Traced[] {
  return linesOf(file).map(withoutComment);
}
