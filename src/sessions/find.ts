import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { FAILURE_KINDS, OPERATIONS, type SourceName } from "../model/question.ts";
import { OUTCOMES, type Session } from "../model/session.ts";
import { Unusable } from "../model/unusable.ts";
import { visible } from "../model/visible.ts";
import { CAUSES, FACTORS } from "../model/vocabulary.ts";
import { fileTrouble, heldFile, readJson } from "../sources/recording/json-file.ts";
import * as z from "../sources/zod.ts";
import { fileOf } from "./store.ts";

/** A session as it lies in the folder; `session` is null where the file is damaged, `damage` says how. */
export interface Kept {
  readonly id: string;
  /** When it was last written, milliseconds: the order in which investigations were made. */
  readonly written: number;
  readonly session: Session | null;
  readonly damage: string | null;
}

/** All kept sessions, the newest investigation first. */
export async function keptSessions(folder: string): Promise<Kept[]> {
  const kept = await Promise.all((await files(folder)).map(({ id, written }) => keptSession(folder, id, written)));
  return kept.sort(newestFirst);
}

/** The session of this id, or of this beginning of an id if it is the only one; without either the newest. */
export async function readSession(folder: string, wanted: string | null): Promise<Session> {
  const found = (await files(folder)).sort(newestFirst);
  if (wanted === null) {
    const [newest] = found;
    if (!newest) throw new Unusable("no investigation has been kept yet; `lbdoctor investigate` makes one");
    return readFileOf(folder, newest.id);
  }
  const matching = found.filter(({ id }) => id.startsWith(wanted));
  const exact = matching.find(({ id }) => id === wanted) ?? matching[0];
  if (!exact) throw new Unusable(`there is no session ${visible(wanted)}; \`lbdoctor sessions\` lists them`);
  if (matching.length > 1 && exact.id !== wanted) {
    const some = matching.slice(0, 3).map(({ id }) => id);
    const more = matching.length > 3 ? ", …" : "";
    throw new Unusable(`${visible(wanted)} is the beginning of ${matching.length} sessions: ${some.join(", ")}${more}`);
  }
  return readFileOf(folder, exact.id);
}

/** What a person did in the session of this id, if it is kept already; a damaged file has nothing to tell. */
export async function keptUser(folder: string, id: string): Promise<Session["user"]> {
  try {
    return (await readFileOf(folder, id)).user;
  } catch (error) {
    if (error instanceof Unusable) return undefined;
    throw error;
  }
}

async function files(folder: string): Promise<{ id: string; written: number }[]> {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
    return await Promise.all(
      names.map(async (name) => {
        const { mtimeMs } = await stat(join(folder, name));
        return { id: name.slice(0, -".json".length), written: mtimeMs };
      }),
    );
  } catch (error) {
    // Before the first investigation there is no folder; that is an empty list.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw new Unusable(`${visible(folder)}: ${fileTrouble(error)}`);
  }
}

async function keptSession(folder: string, id: string, written: number): Promise<Kept> {
  try {
    return { id, written, session: await readFileOf(folder, id), damage: null };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { id, written, session: null, damage: error.message };
  }
}

async function readFileOf(folder: string, id: string): Promise<Session> {
  const path = fileOf(folder, id);
  const written = await readJson(path);
  // The schema holds what the reports print; facts and raw answers are taken as they were written.
  heldFile(schema, written, path);
  return written as Session;
}

function newestFirst(a: { id: string; written: number }, b: { id: string; written: number }): number {
  return b.written - a.written || (a.id < b.id ? 1 : -1);
}

const strings = z.array(z.string());
const schema = z.object({
  schemaVersion: z.literal(1, {
    error: ({ input }) => `this lbdoctor reads sessions of version 1, not ${JSON.stringify(input) ?? "(none)"}`,
  }),
  opening: z.object({
    id: z.string(),
    version: z.string(),
    alarmName: z.string(),
    now: z.string(),
    window: z.object({ start: z.number(), end: z.number() }),
    allowExec: z.boolean(),
    source: z.looseObject({ kind: z.enum(["fixture", "live"]) }),
    access: z.optional(z.partial(z.object({ profile: z.string(), kubeconfig: z.string(), prometheusUrl: z.string() }))),
  }),
  steps: z.array(z.object({ id: z.string(), title: z.string(), state: z.string(), note: z.nullable(z.string()) })),
  exchanges: z.array(z.looseObject({ key: z.string(), answer: z.nullable(z.looseObject({ status: z.string() })) })),
  facts: z.looseObject({}),
  findings: z.array(
    z.object({
      id: z.string(),
      step: z.string(),
      statement: z.string(),
      measures: z.looseObject({}),
      reproduce: strings,
    }),
  ),
  hypotheses: z.array(
    z.object({
      cause: z.enum(CAUSES),
      title: z.string(),
      claim: z.string(),
      status: z.string(),
      because: z.string(),
      evidence: strings,
      explains: z.array(z.number()),
    }),
  ),
  factors: z.array(z.object({ factor: z.enum(FACTORS), statement: z.string(), evidence: strings })),
  verdict: z.nullable(
    z.object({
      rootCause: z.nullable(z.enum(CAUSES)),
      confidence: z.string(),
      headline: z.string(),
      summary: z.string(),
      service: z.nullable(z.object({ namespace: z.string(), name: z.string() })),
      factors: z.array(z.enum(FACTORS)),
      explains: z.object({ episodes: z.number(), of: z.number() }),
    }),
  ),
  fixes: z.array(z.looseObject({ id: z.string(), title: z.string() })),
  gaps: z.array(
    z.object({
      id: z.string(),
      step: z.string(),
      source: z.enum(Object.keys(OPERATIONS) as [SourceName, ...SourceName[]]),
      kind: z.enum(FAILURE_KINDS),
      what: z.string(),
      consequence: z.string(),
      remedy: z.string(),
    }),
  ),
  outcome: z.nullable(z.enum(OUTCOMES)),
});
