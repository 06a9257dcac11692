import { investigate } from "../../src/api.ts";
import { readPages } from "../../src/cli/pages.ts";
import type { Answer, Question } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import { epoch } from "../../src/model/time.ts";
import { readRecording } from "../../src/sources/recording/recording.ts";
import { Replayer } from "../../src/sources/recording/replay.ts";

/** What stands between the recording and the investigation. */
export type Meddle = (question: Question, answer: Answer) => Answer;

/** The session of a recorded incident. */
export async function recorded(fixture: string, meddle: Meddle = (_, answer) => answer): Promise<Session> {
  const { manifest, answers } = await readRecording(`fixtures/${fixture}`);
  const replayer = new Replayer({ answers });
  return investigate({
    source: { ask: async (question) => meddle(question, await replayer.ask(question)) },
    opening: {
      id: fixture,
      version: "0",
      alarmName: manifest.alarm,
      now: manifest.now,
      window: { start: epoch(manifest.window.start), end: epoch(manifest.window.end) },
      allowExec: manifest.allowExec,
      source: { kind: "fixture", fixture, description: manifest.title },
    },
  });
}

/**
 * The text of a place in a session. A place is a kind and an id: "finding pod-cpu.evenness", "commands pod-cpu.evenness",
 * "hypothesis uneven-pod-load", "factor quota-unusable", "fix more-workers", "verdict". Empty where it is not there.
 */
export function textAt(session: Session, place: string): string {
  const [kind = "", id = ""] = place.split(" ");
  switch (kind) {
    case "finding": {
      const found = session.findings.find((one) => one.id === id);
      return found ? `${found.statement} ${JSON.stringify(found.measures)}` : "";
    }
    case "commands":
      return session.findings.find((one) => one.id === id)?.reproduce.join("\n") ?? "";
    case "hypothesis":
      return session.hypotheses
        .filter(({ cause }) => cause === id)
        .map(({ status, because }) => `${status}: ${because}`)
        .join("");
    case "factor":
      return session.factors
        .filter(({ factor }) => factor === id)
        .map(({ statement }) => statement)
        .join("");
    case "fix":
      return session.fixes
        .filter((fix) => fix.id === id)
        .map((fix) => everyText(fix).join("\n"))
        .join("");
    case "gaps":
      return session.gaps.map(({ what, remedy, consequence }) => `${what} ${remedy} ${consequence}`).join("\n");
    case "verdict":
      return `${session.verdict?.rootCause} ${session.verdict?.headline} ${session.verdict?.summary}`;
    default:
      throw new RangeError(`no kind of place: ${kind}`);
  }
}

function everyText(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(everyText) : [];
}

const pages = await readPages(new URL("../../playbooks/", import.meta.url));

/** The text of lbdoctor's page of this id, on one line. */
export function pageText(id: string): string {
  return (pages.find((page) => page.id === id)?.markdown ?? "").replace(/\s+/g, " ");
}

/** The questions that the seed asks, as the shared list counts them: section → how many. */
export const SECTIONS: { readonly [section: string]: number } = {
  A: 8,
  B: 4,
  C: 7,
  D: 6,
  E: 7,
  F: 5,
  G: 9,
  H: 12,
  I: 6,
  J: 8,
  K: 6,
  L: 7,
  M: 7,
  N: 6,
};
