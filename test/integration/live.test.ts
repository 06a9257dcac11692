import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Question } from "../../src/model/question.ts";
import { epoch, iso } from "../../src/model/time.ts";
import { onArrival } from "../../src/redaction/arrival.ts";
import { RedactingSource } from "../../src/redaction/recording.ts";
import { Tokens } from "../../src/redaction/tokens.ts";
import { readRecording, writeRecording } from "../../src/sources/recording/recording.ts";
import { Replayer } from "../../src/sources/recording/replay.ts";
import { keptIn } from "../sessions/kept-in.ts";
import { Rounds } from "./rounds.ts";
import { Served } from "./served.ts";
import { INCIDENT_NAMES, investigated, online, said, WorldSource, worldOf } from "./worlds.ts";

test.each(INCIDENT_NAMES)("%s live over the wire says what its replay says", async (incident) => {
  const world = worldOf(incident);
  const source = new WorldSource(world);
  const wire = await online({ source });
  try {
    const live = wire.live();
    const session = await investigated(world, live);
    // Free text is masked when it arrives, by the marks of this one investigation.
    const masked = { ask: async (question: Question) => onArrival(question, await source.ask(question), live.marks) };
    const replayed = await investigated(world, masked);
    expect(session.gaps.filter(({ what }) => !what.includes("the access log is off"))).toEqual([]);
    expect(said(session)).toEqual(said(replayed));
    // Nothing is asked twice: pages aside, and what looks for Prometheus aside.
    const questions = wire.loopback.asked.filter((key) => !/ list .*"resource":"services"/.test(key));
    expect(questions.filter((key, index) => questions.indexOf(key) !== index)).toEqual([]);
  } finally {
    await wire.close();
  }
});

test.each(INCIDENT_NAMES)("%s recorded live is redacted, and replays to the same words", async (incident) => {
  const world = worldOf(incident);
  const { scenario } = world;
  const wire = await online({ source: new WorldSource(world) });
  const folder = mkdtempSync(join(tmpdir(), "lbdoctor-record-"));
  try {
    const live = wire.live();
    const redacting = new RedactingSource(live, new Tokens(), { words: [], strict: false }, live.marks);
    const session = await investigated(world, redacting);
    const unredacted = await investigated(world, new WorldSource(world));
    expect(session.verdict?.rootCause).toBe(unredacted.verdict?.rootCause);
    expect(session.hypotheses.map(({ cause, status }) => [cause, status])).toEqual(
      unredacted.hypotheses.map(({ cause, status }) => [cause, status]),
    );
    const about = {
      id: incident,
      title: "",
      description: "",
      provenance: "",
      alarm: scenario.alarm.name,
      now: iso(scenario.now),
      window: { start: iso(scenario.now - scenario.window), end: iso(scenario.now) },
      allowExec: true,
    };
    await writeRecording(folder, about, redacting.recorded);
    const recording = await readRecording(folder);
    expect(said(await investigated(world, new Replayer(recording)))).toEqual(said(session));
    expect(epoch(recording.manifest.now)).toBe(scenario.now);
    const written = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("\n");
    const secrets = [scenario.place.account, ...scenario.nodes.flatMap(({ ip, instanceId }) => [ip, instanceId])];
    for (const secret of secrets) expect([secret, around(written, secret)]).toEqual([secret, null]);
    expect(written).toMatch(/‹text:\d+:[0-9a-f]{5}›/);
  } finally {
    await wire.close();
    rmSync(folder, { recursive: true });
  }
});

/** The text around a secret; null where it does not occur. */
function around(text: string, secret: string): string | null {
  const at = text.indexOf(secret);
  return at < 0 ? null : text.slice(Math.max(0, at - 60), at + 60);
}

/**
 * Alarm → target groups → their metrics → their targets → pods → the pods' CPU → their nodes' CPU: each needs a name, or
 * the proof that it is this cluster's, that only the one before it tells.
 */
const LONGEST_CHAIN = 7;

test("no question waits for an answer that it does not need", async () => {
  const world = worldOf("worker-ceiling");
  const rounds = new Rounds(new WorldSource(world));
  const session = await investigated(world, rounds);
  expect(session.outcome).toBe("established");
  expect(rounds.rounds).toBe(LONGEST_CHAIN);
});

describe("the built command line", () => {
  /** Every request takes so long, milliseconds. */
  const DELAY = 100;
  let served: Served;
  let interrupted = 0;
  beforeAll(async () => {
    served = await Served.start("small", DELAY);
    // The server makes its answers when they are first asked for.
    await served.run(inject("bin"), "--json", "--allow-exec");
  });
  afterAll(() => served?.close());

  test("finds the cause live, and tells what it cost", async () => {
    const { code, stdout, stderr } = await served.run(inject("bin"), "--json", "--allow-exec", "--verbose");
    expect(code).toBe(0);
    expect(JSON.parse(stdout).verdict.rootCause).toBe("worker-concurrency-ceiling");
    expect(stderr).toMatch(/\d+ requests: \d+ to CloudWatch, .*; \d+ CloudWatch metrics, at most 0\.\d+ USD/);
  });

  test.each([0, 150, 300])("Ctrl-C after %d ms ends within half a second and keeps the session", async (after) => {
    const child = served.spawn(inject("bin"), "--plain");
    child.stdout?.resume();
    child.stderr?.resume();
    const ended = once(child, "exit");
    // Before its handler is there, the signal would just kill the process.
    await once(child.stderr as NodeJS.ReadableStream, "data");
    await sleep(after);
    const signalled = performance.now();
    child.kill("SIGINT");
    const [code] = await ended;
    const took = performance.now() - signalled;
    expect(code).toBe(130);
    expect(took).toBeLessThan(500);
    const outcomes = (await keptIn(served.folder)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === "interrupted")).toHaveLength(++interrupted);
  });
});
