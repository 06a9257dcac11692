import type { Lookup } from "./environment.ts";
import { shown, type Traced, traced, type Unread, untold } from "./traced.ts";
import { variableOr } from "./variable.ts";

/** What a `$…` or `` `…` `` at the beginning of a text stands for, and how many characters of the text it takes. */
export interface Expansion {
  readonly value: Traced;
  readonly length: number;
}

/** How deep expansions may stand in each other; a hostile text is not followed further. */
const DEEPEST = 8;

/** `$X`, `${X}`, `${X:-4}`, `${X-4}`, `${X:=4}`, `${X:+4}`, `$(…)`, `$((…))`, `` `…` `` (POSIX, 2.6 Word Expansions). */
export function expansion(text: Traced, lookup: Lookup, depth = 0): Expansion {
  const written = text.map(({ char }) => char ?? "\u0000").join("");
  if (written.startsWith("`")) {
    const end = written.indexOf("`", 1);
    const length = end === -1 ? text.length : end + 1;
    return { value: output(written.slice(1, length - 1)), length };
  }
  if (written.startsWith("$(")) {
    const length = closed(written, "(", ")");
    const inner = written.startsWith("$((") ? written.slice(3, length - 2) : written.slice(2, length - 1);
    return { value: written.startsWith("$((") ? arithmetic(inner) : output(inner), length };
  }
  if (written.startsWith("${")) {
    const length = closed(written.slice(1), "{", "}") + 1;
    return { value: braced(text.slice(2, length - 1), lookup, depth), length };
  }
  const name = /^\$([A-Za-z_]\w*)/.exec(written)?.[1];
  if (name !== undefined) return { value: variableOr(name, lookup, null), length: name.length + 1 };
  if (/^\$[@*#?$!\d-]/.test(written))
    return { value: untold([unknown(`the script's ${written.slice(0, 2)}`)]), length: 2 };
  return { value: text.slice(0, 1), length: 1 };
}

/** The length of a text up to the bracket that closes its first one; all of it where none does. */
function closed(written: string, open: string, close: string): number {
  let depth = 0;
  for (let at = 0; at < written.length; at += 1) {
    if (written[at] === open) depth += 1;
    if (written[at] === close) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return written.length;
}

function braced(inner: Traced, lookup: Lookup, depth: number): Traced {
  const match = /^([A-Za-z_]\w*)(?:(:?[-=+?])([\s\S]*))?$/.exec(inner.map(({ char }) => char ?? "\u0000").join(""));
  const name = match?.[1];
  if (name === undefined) return untold([unknown(`\${${shown(inner)}}`)]);
  const operator = match?.[2];
  if (operator === undefined) return variableOr(name, lookup, null);
  const word = inner.slice(name.length + operator.length);
  const emptyCounts = !operator.startsWith(":");
  if (operator.endsWith("+")) {
    const found = lookup(name);
    const isSet = found.state === "set" && (emptyCounts || found.value.length > 0);
    return isSet ? nested(word, lookup, depth) : [];
  }
  const fallback = operator.endsWith("?") ? null : nested(word, lookup, depth);
  return variableOr(name, lookup, fallback, emptyCounts);
}

function nested(word: Traced, lookup: Lookup, depth: number): Traced {
  if (depth >= DEEPEST) return untold([unknown("expansions within expansions")]);
  const out: Traced[number][] = [];
  for (let at = 0; at < word.length; ) {
    const char = word[at]?.char;
    if (char === "$" || char === "`") {
      const { value, length } = expansion(word.slice(at), lookup, depth + 1);
      out.push(...value);
      at += length;
    } else {
      if (char !== '"' && char !== "'") out.push(...word.slice(at, at + 1));
      at += 1;
    }
  }
  return out;
}

function output(command: string): Traced {
  const what = command.trim();
  return untold([
    unknown(
      /^nproc\b/.test(what)
        ? "$(nproc), the cores that the container sees (its node's, or its quota's),"
        : `the output of \`${what}\``,
    ),
  ]);
}

/** A sum of figures alone is worked out; anything else is not known. */
function arithmetic(inner: string): Traced {
  const match = /^\s*(\d{1,6})\s*(?:([*+-])\s*(\d{1,6}))?\s*$/.exec(inner);
  if (!match) return untold([unknown(`$((${inner.trim()}))`)]);
  const [a, b] = [Number(match[1]), Number(match[3] ?? 0)];
  const value = match[2] === "*" ? a * b : match[2] === "-" ? a - b : a + b;
  return traced(String(value), null);
}

function unknown(what: string): Unread {
  return { what, look: null };
}
