import type { Lookup } from "./environment.ts";
import { type Traced, untold } from "./traced.ts";

/**
 * A variable with what is used where nothing sets it: `${X:-4}`, `os.environ.get("X", "4")`, `ENV.fetch("X") { 4 }`. An
 * object that was not read and may set it makes it unknown; that the image itself may set it is only remembered.
 */
export function variableOr(name: string, lookup: Lookup, fallback: Traced | null, emptyCounts = true): Traced {
  const found = lookup(name);
  if (found.state === "set" && (emptyCounts || found.value.length > 0)) return found.value;
  const unread = found.state === "unset" ? found.unread : [];
  const strong = unread.filter(({ weak }) => !weak);
  if (strong.length > 0) return untold(strong);
  // The author counts on a variable that nothing seen here sets: what it holds is not known.
  if (fallback === null) return untold(unread.map((one) => ({ ...one, weak: false })));
  const origin = { in: "fallback", name } as const;
  return fallback.map((one) => ({
    ...one,
    origin: one.char === null ? null : origin,
    unread: [...one.unread, ...unread],
  }));
}
