import type { Lookup } from "./environment.ts";
import { linesOf, shown, type Traced, trimmed } from "./traced.ts";
import { variableOr } from "./variable.ts";

/**
 * What a key is set to in a file of `key = value` or `key: value` lines (ini, TOML, YAML): the last one that counts, with
 * `$(NAME)` (uWSGI) and `${NAME}` (PHP) replaced by the environment. Null where it is not set. A file with sections is
 * read in the named one alone, where it has that.
 */
export function iniSetting(
  file: Traced,
  keys: readonly string[],
  lookup: Lookup,
  section: RegExp | null = null,
): Traced | null {
  let here: string | null = null;
  let found: Traced | null = null;
  for (const line of linesOf(file)) {
    const text = shown(line);
    here = /^\s*\[([^\]]+)\]/.exec(text)?.[1] ?? /^(uwsgi):\s*$/.exec(text)?.[1] ?? here;
    if (section && here !== null && !section.test(here)) continue;
    const match = /^\s*["']?([\w.-]+)["']?\s*[=:]\s*/.exec(text);
    if (!match || !keys.includes(match[1] ?? "")) continue;
    found = expanded(unquoted(trimmed(withoutIniComment(line.slice(match[0].length)))), lookup);
  }
  return found;
}

function withoutIniComment(value: Traced): Traced {
  const end = value.findIndex(({ char }) => char === "#" || char === ";");
  return end === -1 ? value : value.slice(0, end);
}

function unquoted(value: Traced): Traced {
  return /^(["']).*\1$/.test(shown(value)) ? value.slice(1, -1) : value;
}

function expanded(value: Traced, lookup: Lookup): Traced {
  const match = /^\$(?:\((\w+)\)|\{(\w+)\})$/.exec(shown(value));
  return match ? variableOr(match[1] ?? match[2] ?? "", lookup, null) : value;
}
