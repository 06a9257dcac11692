import { alarmGiven } from "../../app/alarm-given/given.ts";
import { type LiveOriginOptions, liveOrigin } from "../../app/live-origin.ts";
import { version } from "../../app/package.ts";
import { runInvestigation } from "../../app/run.ts";
import type { Terminal } from "../../app/terminal.ts";
import type { Opening, Session } from "../../model/session.ts";
import { iso } from "../../model/time.ts";
import { visible } from "../../model/visible.ts";
import { plural } from "../../model/words.ts";
import { RedactingSource } from "../../redaction/recording.ts";
import { TOKEN_KINDS, type TokenKind, Tokens } from "../../redaction/tokens.ts";
import type { Source } from "../../sources/port.ts";
import { type Manifest, writeRecording } from "../../sources/recording/recording.ts";
import { EXIT } from "../exit.ts";
import { lookedAt, tellTrouble } from "../first.ts";
import { newFolder, notWritten, orDiscard } from "../new-folder.ts";
import { printSession } from "../printed.ts";

export interface RecordOptions extends LiveOriginOptions {
  readonly out: string;
  /** Words that are masked wherever they stand. */
  readonly also?: readonly string[];
  readonly strict?: boolean;
  readonly color?: boolean;
}

/** Investigates live and writes what was asked and answered, redacted, as a recording. Answers the exit code. */
export async function record(
  given: string,
  options: RecordOptions,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<number> {
  const alarm = await alarmGiven(given, process.stdin);
  const folder = await newFolder(options.out);
  const origin = liveOrigin(alarm, options, terminal.environment, stop);
  const { opening, source: live } = origin;
  const first = await orDiscard(folder, lookedAt(live, live, alarm, terminal, stop));
  if (first.alarm === "missing" || typeof first.alarm === "object") {
    await folder.discard();
    await tellTrouble(first.alarm, live, alarm, terminal);
    origin.end();
    return first.alarm === "missing" ? EXIT["no-alarm"] : EXIT.unread;
  }
  const redacting = new RedactingSource(first.source, new Tokens(), rulesOf(options), live.marks);
  const session = await orDiscard(folder, investigateRedacted(redacting, opening, terminal, stop));
  origin.end();
  if (session.outcome === "interrupted") {
    await folder.discard();
    terminal.err.write("lbdoctor: interrupted; no recording was written\n");
    return EXIT.interrupted;
  }
  await printSession(session, { brief: true }, options, terminal);
  await writeWhole(options.out, folder, aboutOf(session, "recorded live"), redacting);
  terminal.err.write(`lbdoctor: ${written(options.out, redacting)}\n`);
  return EXIT[session.outcome ?? "open"];
}

export function rulesOf({ also, strict }: Pick<RecordOptions, "also" | "strict">) {
  return { words: also ?? [], strict: strict ?? false };
}

/** The investigation on a redacting source: names that the user gave are masked before the engine, and so the disk, sees them. */
export async function investigateRedacted(
  redacting: RedactingSource,
  opening: Omit<Opening, "version">,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<Session> {
  const { source, access: _, ...rest } = opening;
  const masked: Opening = {
    ...rest,
    version: version(),
    alarmName: redacting.text(opening.alarmName),
    source: source.kind === "live" ? { ...source, account: null, context: null } : source,
  };
  return runInvestigation({ source: redacting as Source, opening: masked }, terminal, stop);
}

/** What the manifest says of a recorded session. */
export function aboutOf(session: Session, provenance: string): Omit<Manifest, "version" | "files"> {
  const { opening, verdict } = session;
  return {
    id: opening.id,
    title: verdict?.rootCause ? `${verdict.rootCause}: ${opening.alarmName}` : opening.alarmName,
    description: verdict?.summary ?? "",
    provenance: `${provenance} at ${opening.now} by lbdoctor ${opening.version}, redacted`,
    alarm: opening.alarmName,
    now: opening.now,
    window: { start: iso(opening.window.start), end: iso(opening.window.end) },
    allowExec: opening.allowExec,
  };
}

const WORDS: Record<TokenKind, readonly [one: string, many: string]> = {
  account: ["account id", "account ids"],
  address: ["address", "addresses"],
  host: ["host name", "host names"],
  id: ["resource id", "resource ids"],
  email: ["mail address", "mail addresses"],
  word: ["given word", "given words"],
};

/** "recorded 41 answers in DIR; masked: 1 account id, …" */
export function written(folder: string, { recorded, masked, counts }: RedactingSource): string {
  const parts = TOKEN_KINDS.flatMap((kind) => (counts[kind] > 0 ? [plural(counts[kind], ...WORDS[kind])] : []));
  const all = [
    ...parts,
    ...(masked > 0 ? [plural(masked, "text that lbdoctor does not use", "texts that lbdoctor does not use")] : []),
  ];
  const what = all.length > 0 ? `masked: ${all.join(", ")}` : "nothing was found to mask";
  return `recorded ${plural(recorded.length, "answer")} in ${visible(folder)}; ${what}. Read it before you share it`;
}

/** Writes the recording into its new folder; half of one is taken away again. Throws an Unusable. */
export async function writeWhole(
  out: string,
  folder: Awaited<ReturnType<typeof newFolder>>,
  about: Omit<Manifest, "version" | "files">,
  { recorded }: RedactingSource,
): Promise<void> {
  try {
    await writeRecording(out, about, recorded);
  } catch (error) {
    await folder.discard();
    throw notWritten(out, error);
  }
}
