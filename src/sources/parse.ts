import { Malformed } from "../model/malformed.ts";
import type { Parsed } from "../model/question.ts";
import { type Epoch, epoch } from "../model/time.ts";
import * as z from "./zod.ts";

/** What a parser throws where an answer cannot be understood; the engine makes it a `malformed` gap. */
export { Malformed };

/** Holds `raw` to the schema; throws a Malformed that names the place. */
export function held<T>(schema: z.ZodMiniType<T>, raw: unknown, where: string): T {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  throw new Malformed(`${where}: ${firstIssue(result.error)}`);
}

/**
 * Holds each item of a list to the schema and leaves out those that do not fit, so that one odd object does not cost the
 * others. What was left out is told as a flaw. A list that is not there is no empty list: it throws.
 */
export function items<T>(schema: z.ZodMiniType<T>, list: unknown, where: string): { kept: T[]; flaws: string[] } {
  if (!Array.isArray(list)) throw new Malformed(`${where} is missing or no list`);
  const kept: T[] = [];
  const flaws: string[] = [];
  for (const [index, item] of list.entries()) {
    const result = schema.safeParse(item);
    if (result.success) kept.push(result.data);
    else flaws.push(`${where}[${index}] left out: ${firstIssue(result.error)}`);
  }
  return { kept, flaws };
}

/** The lists of all pages under one key, as one list. */
export function pagedItems<T>(schema: z.ZodMiniType<T>, pages: readonly unknown[], key: string): Parsed<T[]> {
  const value: T[] = [];
  const flaws: string[] = [];
  for (const [index, page] of pages.entries()) {
    const found = items(schema, field(page, key), pages.length > 1 ? `page ${index + 1} ${key}` : key);
    value.push(...found.kept);
    flaws.push(...found.flaws);
  }
  if (pages.length === 0) throw new Malformed(`${key}: the answer has no page`);
  return { value, flaws };
}

/** `page[key]`, or undefined where the page is no object. */
export function field(page: unknown, key: string): unknown {
  return typeof page === "object" && page !== null ? (page as Record<string, unknown>)[key] : undefined;
}

function firstIssue(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  if (!issue) return "does not fit";
  const path = issue.path.map(String).join(".");
  return path ? `${path}: ${issue.message}` : issue.message;
}

/** What a schema holds, as `read` has it. */
export function mapped<S extends z.ZodMiniType, T>(schema: S, read: (value: z.output<S>) => T) {
  return z.pipe(schema, z.transform(read));
}

/** A list, empty where it is absent. */
export function listOf<S extends z.ZodMiniType>(schema: S) {
  return mapped(z.nullish(z.array(schema)), (value) => value ?? []);
}

/** A string, or null where it is absent. */
export const text = mapped(z.nullish(z.string()), (value) => value ?? null);
/** A finite number, or null where it is absent. */
export const number = mapped(z.nullish(z.number()), (value) => value ?? null);

/** A time in any of the forms in which an API gives it, as epoch seconds. */
export const instant = z.pipe(
  z.unknown(),
  z.transform((value, { issues }): Epoch => {
    try {
      return epoch(value);
    } catch {
      // A throw would leave safeParse and cost the whole answer; an issue costs this item.
      issues.push({ code: "custom", input: value, message: "expected a time" });
      return z.NEVER;
    }
  }),
);
/** The same, or null where it is absent. */
export const instantOrNull = mapped(
  z.union([z.undefined(), z.null(), instant]),
  (value): Epoch | null => value ?? null,
);
