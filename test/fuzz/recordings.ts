import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import type { Random } from "../../simulator/random.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld } from "../../simulator/world.ts";
import { investigate } from "../../src/api.ts";
import { originOf } from "../../src/app/origin.ts";
import { type Answer, FAILURE_KINDS } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import { iso } from "../../src/model/time.ts";
import { Unusable } from "../../src/model/unusable.ts";
import { type Recorded, writeRecording } from "../../src/sources/recording/recording.ts";
import { mutate, mutateText, renaming } from "./mutate.ts";
import { checkSentence, checkSession, Fault } from "./oracles.ts";

/* Recordings from strangers: the answers of the incidents, changed, read and judged as --fixture does it. */

/** Seconds at the end of each incident that are recorded: enough for some episodes, and quickly judged. */
const PART = 5_400;

interface Base {
  readonly session: Session;
  readonly recorded: readonly Recorded[];
}

let made: Promise<readonly Base[]> | null = null;

/** Small recordings of the incidents, made once. */
export function bases(): Promise<readonly Base[]> {
  made ??= Promise.all(
    (Object.keys(INCIDENTS) as (keyof typeof INCIDENTS)[]).map(async (name) => {
      const world = buildWorld(INCIDENTS[name]());
      const { now } = world.scenario;
      const session = await solveWorld(world, undefined, undefined, { start: now - PART, end: now });
      const recorded = session.exchanges.flatMap(({ question, answer }) => (answer ? [{ question, answer }] : []));
      return { session, recorded };
    }),
  );
  return made;
}

/** A changed recording, in memory or as files, and everything that is said of it. */
export async function recordingCase(random: Random): Promise<void> {
  const base = random.pick(await bases());
  const recorded = changed(base.recorded, random);
  if (random.chance(0.15)) await throughFiles(base, recorded, random);
  else {
    const answers = new Map(recorded.map(({ question, answer }) => [keyOf(question), answer]));
    const missing: Answer = { status: "failed", failure: { kind: "not-recorded", message: "not in the recording" } };
    const session = await investigate({
      source: { ask: async (question) => answers.get(keyOf(question)) ?? missing },
      opening: base.session.opening,
    });
    checkSession(session, random.chance(0.25));
  }
}

/** Not questionKey(), which remembers the key of a question that is changed here. */
function keyOf({ source, operation, input }: Recorded["question"]): string {
  return JSON.stringify([source, operation, Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function changed(base: readonly Recorded[], random: Random): Recorded[] {
  let recorded = base;
  if (random.chance(0.25)) {
    const text = JSON.stringify(base);
    const names = renaming(text, random);
    if (names) recorded = JSON.parse(text.replaceAll(`"${names[0]}"`, `"${names[1]}"`)) as Recorded[];
  }
  const list = [...recorded];
  for (let count = random.pick([0, 1, 1, 2, 3, 8]); count > 0; count -= 1) {
    const at = random.integer(0, list.length - 1);
    const { question, answer } = list[at] as Recorded;
    const copy = structuredClone(answer);
    list[at] = { question, answer: copy };
    const failure = { kind: random.pick(FAILURE_KINDS), message: "a failure" };
    if (random.chance(0.1)) list[at] = { question, answer: { status: "failed", failure } };
    else if (random.chance(0.05) && copy.status === "answered")
      list[at] = { question, answer: { ...copy, cut: failure } };
    else if (copy.status === "answered") {
      for (let times = random.pick([1, 1, 1, 2, 6]); times > 0; times -= 1) mutate(copy.pages, random);
    }
  }
  return list;
}

async function throughFiles({ session }: Base, recorded: readonly Recorded[], random: Random): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "lbdoctor-fuzz-"));
  try {
    const { alarmName, now, window } = session.opening;
    const about = { id: "f", title: "t", description: "d", provenance: "p", alarm: alarmName, now, allowExec: true };
    await writeRecording(folder, { ...about, window: { start: iso(window.start), end: iso(window.end) } }, recorded);
    spoil(folder, random);
    const { source, opening } = await originOf(alarmName, { fixture: folder });
    const whole = { ...opening, version: "0" };
    checkSession(await investigate({ source, opening: whole }), false);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    checkSentence(error.message);
    if (!error.message.includes(folder)) throw new Fault(`a sentence without its file: ${error.message}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function spoil(folder: string, random: Random): void {
  const path = join(folder, random.pick(["manifest.json", "manifest.json", "elbv2.json", "kubernetes.json"]));
  const text = readFileSync(path, "utf8");
  if (random.chance(0.5)) {
    writeFileSync(path, mutateText(text, random));
    return;
  }
  const value: unknown = JSON.parse(text);
  for (let times = random.pick([1, 1, 2]); times > 0; times -= 1) mutate(value, random);
  writeFileSync(path, JSON.stringify(value));
}
