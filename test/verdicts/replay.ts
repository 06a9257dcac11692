import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { investigate } from "../../src/api.ts";
import { type Answer, type Question, questionKey } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import { epoch } from "../../src/model/time.ts";
import { type Recording, readRecording } from "../../src/sources/recording/recording.ts";
import { Replayer } from "../../src/sources/recording/replay.ts";

const folder = fileURLToPath(new URL("../../fixtures/", import.meta.url));

/** The names of the simulated incidents; measured ones lie a folder deeper. */
export const fixtures = readdirSync(folder)
  .filter((name) => existsSync(`${folder}${name}/manifest.json`))
  .sort();

export function recorded(name: string): Promise<Recording> {
  return readRecording(`${folder}${name}`);
}

/** Investigates a recording; `meddle` may take answers away or change them on their way. */
export function replay(
  recording: Recording,
  meddle: (question: Question, answer: Answer) => Answer = (_, answer) => answer,
): Promise<Session> {
  const { manifest } = recording;
  const replayer = new Replayer(recording);
  return investigate({
    source: { ask: async (question) => meddle(question, await replayer.ask(question)) },
    opening: {
      id: manifest.id,
      version: "0",
      alarmName: manifest.alarm,
      now: manifest.now,
      window: { start: epoch(manifest.window.start), end: epoch(manifest.window.end) },
      allowExec: manifest.allowExec,
      source: { kind: "fixture", fixture: manifest.id, description: manifest.description },
    },
  });
}

/** An answer that did not come. */
export const lost: Answer = { status: "failed", failure: { kind: "timeout", message: "no answer within 10 s" } };

/** Takes one question's answer away. */
export function without(key: string) {
  return (question: Question, answer: Answer): Answer => (questionKey(question) === key ? lost : answer);
}
