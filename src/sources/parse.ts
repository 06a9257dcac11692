import { Malformed } from "../model/malformed.ts";
import type { Parsed } from "../model/question.ts";
import { type Epoch, epoch } from "../model/time.ts";
import { oneLine } from "../model/visible.ts";
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
  if (!Array.isArray(list)) throw new Malformed(`${where} is missing or not a list`);
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
  if (pages.length === 0) throw new Malformed(`${key}: the answer has no pages`);
  return { value, flaws };
}

/** `page[key]`, or undefined where the page is no object. */
export function field(page: unknown, key: string): unknown {
  return typeof page === "object" && page !== null ? (page as Record<string, unknown>)[key] : undefined;
}

function firstIssue(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  if (!issue) return "does not fit";
  const path = oneLine(issue.path.map(String).join("."));
  return path ? `${path}: ${issueWords(issue)}` : issueWords(issue);
}

/** What is wrong in a place, in words: zod's own, but for a value that is not there or no number. */
export function issueWords({ message }: Pick<z.core.$ZodIssue, "message">): string {
  return (
    message
      .replace(/^Invalid input: /, "")
      // JSON has no such number; it is what 1e999 becomes.
      .replace(/, received (?:-?Infinity|NaN)$/, ", received a number that is out of range")
      .replace(/^expected (?:nonoptional|(.+)), received undefined$/, (_, type?: string) =>
        type === undefined ? "is missing" : `is missing (expected ${type})`,
      )
  );
}

/** What a schema holds, as `read` has it. */
export function mapped<S extends z.ZodMiniType, T>(schema: S, read: (value: z.output<S>) => T) {
  return z.pipe(schema, z.transform(read));
}

/** Names with what belongs to them. Without a prototype: a name from outside may be "constructor" or "__proto__". */
export function dictionary<T>(entries: Iterable<readonly [name: string, value: T]>): { readonly [name: string]: T } {
  const named: { [name: string]: T } = Object.create(null);
  for (const [name, value] of entries) named[name] = value;
  return named;
}

/** An object of strings, as a dictionary; the names may be any. */
export const strings = z.pipe(
  z.unknown(),
  z.transform((value, { issues }): { readonly [name: string]: string } => {
    const entries = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : null;
    const odd = entries?.find(([, one]) => typeof one !== "string");
    if (entries !== null && odd === undefined) return dictionary(entries);
    const message = odd ? "expected string" : "expected an object of strings";
    issues.push({ code: "custom", input: value, message, path: odd ? [odd[0]] : [] });
    return z.NEVER;
  }),
);
/** The same for labels, whose values are names. */
export const labels = strings.check(
  z.refine((all) => Object.values(all).every((value) => value.length <= LONGEST_NAME), {
    error: "expected shorter values",
  }),
);
/** The same, empty where it is absent. */
export const labelsOrNone = mapped(z.nullish(labels), (value) => value ?? dictionary<string>([]));
/** An object of strings, empty where it is absent. */
export const stringsOrNone = mapped(z.nullish(strings), (value) => value ?? dictionary<string>([]));

/** A list, empty where it is absent. */
export function listOf<S extends z.ZodMiniType>(schema: S) {
  return mapped(z.nullish(z.array(schema)), (value) => value ?? []);
}

/** The longest name that a vendor gives: an ARN of AWS (IAM quotas). What is longer would only fill pages and patterns. */
const LONGEST_NAME = 2_048;

/** What something is called. */
export const name = z.string().check(z.maxLength(LONGEST_NAME));
/** The same, or null where it is absent. */
export const nameOrNull = mapped(z.nullish(name), (value) => value ?? null);
/** A string, or null where it is absent. */
export const text = mapped(z.nullish(z.string()), (value) => value ?? null);
/** CloudWatch takes values of so much either way (API reference, MetricDatum); with larger ones arithmetic would overflow. */
const LARGEST_VALUE = 2 ** 360;

/**
 * Whether it can be the value of a metric that is read here: seconds, counts, bytes and shares come nowhere near the largest
 * whole number that is exact, and squares and sums of what is larger would overflow.
 */
export function isMetricValue(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/** A figure of CloudWatch, such as a threshold, or null where it is absent. */
export const number = mapped(
  z.nullish(z.number().check(z.minimum(-LARGEST_VALUE), z.maximum(LARGEST_VALUE))),
  (value) => value ?? null,
);
/** How many of something, or null where it is absent. Vendors hold counts in 32 bits (Kubernetes API, int32). */
export const count = mapped(
  z.nullish(z.int().check(z.nonnegative(), z.maximum(2 ** 31 - 1))),
  (value) => value ?? null,
);
/** A port of TCP, or null where it is absent. */
export const port = mapped(z.nullish(z.int().check(z.nonnegative(), z.maximum(65_535))), (value) => value ?? null);

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
