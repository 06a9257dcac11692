import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Terminal } from "../../app/terminal.ts";
import { epoch } from "../../model/time.ts";
import { Marks } from "../../redaction/marks.ts";
import { nodesIn, RedactingSource } from "../../redaction/recording.ts";
import { Tokens } from "../../redaction/tokens.ts";
import { sessionId } from "../../sessions/id.ts";
import { readRecording } from "../../sources/recording/recording.ts";
import { Replayer } from "../../sources/recording/replay.ts";
import { EXIT } from "../exit.ts";
import { newFolder, orDiscard } from "../new-folder.ts";
import { aboutOf, investigateRedacted, type RecordOptions, rulesOf, writeWhole, written } from "./record.ts";

export type RedactOptions = Pick<RecordOptions, "also" | "strict" | "out">;

/**
 * Redoes the redaction of a recording into a new folder. The investigation is run on it once more, so that the new
 * recording holds exactly the questions that its own answers lead to. Answers the exit code.
 */
export async function redact(
  folder: string,
  options: RedactOptions,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<number> {
  const { manifest, answers, identity } = await readRecording(folder);
  const texts = await Promise.all(manifest.files.map((name) => readFile(join(folder, name), "utf8")));
  const result = await newFolder(options.out);
  const tokens = new Tokens(texts.join("\n"));
  tokens.inOrder(
    "host",
    [...answers.values()].flatMap((one) => (one.status === "answered" ? nodesIn(one.pages) : [])),
  );
  const redacting = new RedactingSource(
    new Replayer({ answers }),
    tokens,
    rulesOf(options),
    new Marks(randomBytes(32).toString("hex")),
  );
  const asked = {
    alarmName: manifest.alarm,
    now: manifest.now,
    window: { start: epoch(manifest.window.start), end: epoch(manifest.window.end) },
    allowExec: manifest.allowExec,
  };
  const source = { kind: "fixture", fixture: manifest.id, description: manifest.title } as const;
  const id = sessionId(`${identity} ${JSON.stringify(rulesOf(options))}`, asked);
  const session = await orDiscard(result, investigateRedacted(redacting, { id, ...asked, source }, terminal, stop));
  if (session.outcome === "interrupted") {
    await result.discard();
    terminal.err.write("lbdoctor: interrupted; no recording was written\n");
    return EXIT.interrupted;
  }
  const about = {
    ...aboutOf(session, redacting.text(manifest.provenance)),
    title: redacting.text(manifest.title),
    ...(manifest.expected && { expected: manifest.expected }),
  };
  await writeWhole(options.out, result, about, redacting);
  terminal.out.write(`${written(options.out, redacting)}\n`);
  return 0;
}
