import { join } from "node:path";
import { type Answer, FAILURE_KINDS, type Question } from "../model/question.ts";
import type { Opening, Session } from "../model/session.ts";
import type { UserAct } from "../model/user.ts";
import { CAUSES } from "../model/vocabulary.ts";
import type { SourceDescriptor } from "../sources/descriptor.ts";
import { heldFile, readJson, unusable } from "../sources/recording/json-file.ts";
import * as z from "../sources/zod.ts";
import { evidenceOf, type SessionFiles } from "./files.ts";
import { recordsIn } from "./records.ts";

/** Of the journals; what lbdoctor kept as one JSON document before was version 1. */
export const FORMAT = 2;

/**
 * What the version that made the investigation said in the end. It is there to be listed, and compared with what a later
 * version makes of the same evidence; nothing else is taken from it.
 */
export interface Conclusion {
  /** One of Outcome; that of a later version may be another word. */
  readonly outcome: string;
  readonly rootCause: string | null;
  readonly confidence: string | null;
  readonly headline: string | null;
}

/** A session as it is kept: what it started from, what it was told, what a person did. Everything else follows from it. */
export interface KeptSession {
  readonly opening: Opening;
  readonly exchanges: readonly { readonly question: Question; readonly answer: Answer }[];
  readonly user: readonly UserAct[];
  /** Null where the process was killed. */
  readonly conclusion: Conclusion | null;
}

/** What there is to keep of a session that has ended. */
export function conclude({ outcome, verdict }: Session): Conclusion {
  const interrupted = outcome === null || outcome === "interrupted";
  if (interrupted || !verdict)
    return { outcome: outcome ?? "interrupted", rootCause: null, confidence: null, headline: null };
  const { rootCause, confidence, headline } = verdict;
  return { outcome, rootCause, confidence, headline };
}

/** Reads a session from its files. Throws an Unusable that names the file and the place. */
export async function readKept(folder: string, files: SessionFiles): Promise<KeptSession> {
  const evidence = evidenceOf(files);
  if (!evidence) throw unusable(join(folder, `${files.id}.jsonl`), "no longer exists; only its notes do");
  const path = join(folder, evidence.name);
  const run = evidence.name.endsWith(".jsonl") ? await readJournal(path) : await readOld(path);
  return { ...run, user: await readUser(folder, files) };
}

/** What a person did in a session, in order. Throws an Unusable where it cannot be read. */
export async function readUser(folder: string, { old, user }: Pick<SessionFiles, "old" | "user">): Promise<UserAct[]> {
  const before = old ? actsOf(await readJson(join(folder, old.name)), join(folder, old.name)) : [];
  if (!user) return before;
  const path = join(folder, user.name);
  const acts: UserAct[] = [];
  for await (const record of recordsIn(path)) acts.push(heldFile(userRecord, record, path).act as UserAct);
  return [...before, ...acts];
}

async function readJournal(path: string): Promise<Omit<KeptSession, "user">> {
  let opening: Opening | null = null;
  let conclusion: Conclusion | null = null;
  const exchanges: KeptSession["exchanges"][number][] = [];
  const sources = await knownSources();
  for await (const record of recordsIn(path)) {
    if (!opening) {
      opening = openingOf(record, path);
      continue;
    }
    const held = heldFile(laterRecord, record, path);
    if (held.type === "ended") conclusion = held.said;
    else exchanges.push(...exchangeOf(held, sources));
  }
  if (!opening) throw unusable(path, "is not a session: it has no complete line");
  return { opening, exchanges, conclusion };
}

/** What the first record of a journal says. Throws an Unusable. */
export function openingOf(record: unknown, path: string): Opening {
  return heldFile(firstRecord, record, path).opening as Opening;
}

/** What the last record of a journal says; null where it is another one. */
export function conclusionOf(record: unknown): Conclusion | null {
  const last = laterRecord.safeParse(record);
  return last.success && last.data.type === "ended" ? last.data.said : null;
}

/** A session of before: everything stands in it, and only the evidence is taken. Throws an Unusable. */
export async function readOld(path: string): Promise<Omit<KeptSession, "user">> {
  const { opening, exchanges, outcome, verdict } = heldFile(oldSession, await readJson(path), path);
  const sources = await knownSources();
  const answered = exchanges.flatMap(({ question, answer }) =>
    answer ? exchangeOf({ question, answer }, sources) : [],
  );
  const { rootCause, confidence, headline } = verdict ?? { rootCause: null, confidence: null, headline: null };
  const ended = outcome === "cause" ? (confidence === "confirmed" ? "established" : "likely") : outcome;
  const said = { outcome: OLD_OUTCOMES[ended ?? ""] ?? ended ?? "", rootCause, confidence, headline };
  const conclusion = outcome === null ? null : said;
  return { opening: opening as Opening, exchanges: answered, conclusion };
}

/** The words of before for what is called otherwise now. */
const OLD_OUTCOMES: { readonly [outcome: string]: string } = {
  "no-cause": "open",
  "no-such-alarm": "no-alarm",
  "aws-unreadable": "unread",
};

function actsOf(session: unknown, path: string): UserAct[] {
  return (heldFile(oldUser, session, path).user ?? []) as UserAct[];
}

/** Loaded only here: the list of sessions needs no source, and should not wait for them. */
async function knownSources(): Promise<readonly SourceDescriptor[]> {
  return (await import("../sources/descriptors.ts")).SOURCES;
}

/** One exchange; none where another version asked what this one does not know, and so will not ask. */
function exchangeOf(
  { question, answer }: z.infer<typeof exchange>,
  sources: readonly Pick<SourceDescriptor, "id" | "operations">[],
): KeptSession["exchanges"][number][] {
  const known = sources.find(({ id }) => id === question.source);
  if (!known?.operations.includes(question.operation)) return [];
  const { source, operation, input } = question;
  return [{ question: { source, operation, input: input as Question["input"] }, answer }];
}

const nullable = z.nullable(z.string());
// Loose: what a later version wants to know of the start must not be lost here.
const opening = z.looseObject({
  id: z.string(),
  version: z.string(),
  alarmName: z.string(),
  now: z.string(),
  window: z.object({ start: z.number(), end: z.number() }),
  allowExec: z.boolean(),
  logs: z.optional(z.union([z.boolean(), z.literal("requests")])),
  source: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("fixture"), fixture: z.string(), description: z.string() }),
    z.object({ kind: z.literal("live"), region: nullable, account: nullable, context: nullable }),
  ]),
  access: z.optional(
    z.partial(
      z.object({
        profile: z.string(),
        kubeconfig: z.string(),
        prometheusUrl: z.string(),
        logs: z.string(),
        athena: z.string(),
        athenaWorkgroup: z.string(),
      }),
    ),
  ),
});
const failure = z.object({ kind: z.enum(FAILURE_KINDS), message: z.string() });
const exchange = z.object({
  question: z.object({ source: z.string(), operation: z.string(), input: z.looseObject({}) }),
  answer: z.discriminatedUnion("status", [
    // Pages stay as they are: the parsers of the sources hold them to their schemas, as in a live run.
    z.object({ status: z.literal("answered"), pages: z.array(z.unknown()), cut: z.exactOptional(failure) }),
    z.object({ status: z.literal("failed"), failure }),
  ]),
});
const at = z.string();
const act = z.discriminatedUnion("type", [
  z.object({ at, type: z.literal("noted"), finding: z.string(), text: z.string() }),
  z.object({ at, type: z.literal("added"), id: z.string(), statement: z.string() }),
  z.object({
    at,
    type: z.literal("ruled"),
    cause: z.enum(CAUSES),
    ruling: z.enum(["accepted", "rejected", "withdrawn"]),
    reason: z.string(),
  }),
  z.object({ at, type: z.literal("asked-again"), step: z.string() }),
  z.object({ at, type: z.literal("allowed-exec") }),
]);

const version = (expected: number) =>
  z.literal(expected, {
    error: ({ input }) =>
      `this lbdoctor reads sessions of version ${expected}, not ${JSON.stringify(input) ?? "(none)"}`,
  });
const firstRecord = z.object({ type: z.literal("opened"), format: version(FORMAT), opening });
const laterRecord = z.discriminatedUnion("type", [
  z.extend(exchange, { type: z.literal("answered") }),
  z.object({
    type: z.literal("ended"),
    said: z.object({ outcome: z.string(), rootCause: nullable, confidence: nullable, headline: nullable }),
  }),
]);
const userRecord = z.object({ type: z.literal("user"), act });
const oldUser = z.object({ user: z.optional(z.array(act)) });
const oldSession = z.object({
  schemaVersion: version(1),
  opening,
  exchanges: z.array(z.object({ ...exchange.shape, answer: z.nullable(exchange.shape.answer) })),
  outcome: nullable,
  verdict: z.nullable(z.object({ rootCause: nullable, confidence: nullable, headline: nullable })),
});
