import { diffArrays } from "diff";

/** Parts of a path that say where a setting stands in an object, and nothing about the setting. */
const PLACES = new Set(["spec", "template", "metadata", "annotations", "data", "resources", "containers"]);

/**
 * What a patch changes, as the lines of a diff: "- workers = 1", "+ workers = 2". `now` holds today's values in the shape of
 * the patch; what it does not hold is told as added, and what is as it is already is not told.
 */
export function changedLines(now: unknown, patch: unknown): string[] {
  return settings(now, patch, []);
}

function settings(now: unknown, then: unknown, path: readonly string[]): string[] {
  if (isObject(then)) {
    const before = isObject(now) ? now : {};
    return Object.entries(then).flatMap(([key, value]) => settings(before[key], value, [...path, key]));
  }
  if (isNamed(then)) {
    const before = isNamed(now) ? now : [];
    return then.flatMap((one) =>
      entry(
        before.find(({ name }) => name === one.name),
        one,
        path,
      ),
    );
  }
  if (typeof then === "string" && then.includes("\n")) return textLines(typeof now === "string" ? now : "", then);
  const label = path.filter((part) => !PLACES.has(part)).join(".");
  const told = (sign: string, value: unknown) =>
    value === undefined || value === null ? [] : [`${sign} ${label}: ${shown(value)}`];
  return JSON.stringify(now) === JSON.stringify(then) ? [] : [...told("-", now), ...told("+", then)];
}

/** One of a list of named things: a variable is told as "NAME: value", of a container only what changes. */
function entry(now: Named | undefined, { name, ...then }: Named, path: readonly string[]): string[] {
  const keys = Object.keys(then);
  const isVariable = keys.length === 1 && keys[0] === "value";
  const before: { readonly [key: string]: unknown } = now ?? {};
  return isVariable ? settings(before.value, then.value, [name]) : settings(before, then, path);
}

/** The lines of a file that go and come. */
function textLines(now: string, then: string): string[] {
  return diffArrays(now.split("\n"), then.split("\n")).flatMap(({ added, removed, value }) =>
    added || removed ? value.map((line) => `${added ? "+" : "-"} ${line}`) : [],
  );
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

interface Named {
  readonly name: string;
  readonly [key: string]: unknown;
}

function isNamed(value: unknown): value is readonly Named[] {
  return (
    Array.isArray(value) && value.length > 0 && value.every((one) => isObject(one) && typeof one.name === "string")
  );
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
