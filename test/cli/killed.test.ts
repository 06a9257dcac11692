import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { commandLine } from "../sources/command-line.ts";
import { emptyFolder, lbdoctor, ROOT, start } from "./lbdoctor.ts";

/*
 * A session never claims less than what was shown: an investigation is killed at many moments, and every step that it had
 * told as ended must stand as ended in what is kept. `KILLS=100 npx vitest run test/cli/killed.test.ts` for more.
 */

const KILLS = Number(process.env.KILLS ?? 8);
const ALARM = "k8s-api-prod-core-7db0ccf2c3-target-response-time";
const OFFLINE = ["investigate", ALARM, "--fixture", `${ROOT}fixtures/worker-ceiling`, "--plain"];

interface Shown {
  readonly stdout: string;
  /** The titles of the steps that were told as ended. */
  readonly steps: readonly string[];
}

/** What a process had shown when it was killed: so many ms after its start, or at once after so many lines. */
async function killed(child: ChildProcessWithoutNullStreams, at: { ms: number } | { lines: number }): Promise<Shown> {
  child.stdin.end();
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
    if ("lines" in at && stderr.split("\n").length > at.lines) child.kill("SIGKILL");
  });
  const closed = new Promise((resolve) => child.on("close", resolve));
  if ("ms" in at) {
    await Promise.race([closed, sleep(at.ms)]);
    child.kill("SIGKILL");
  }
  await closed;
  return { stdout, steps: [...stderr.matchAll(/^(.+?): (?:not )?done\b/gm)].map(([, title = ""]) => title) };
}

/** The steps that were shown as ended, and of those the ones that the kept session does not know as ended. */
async function lost({ steps, stdout }: Shown, state: string): Promise<{ shown: number; lost: string[] }> {
  if (steps.length === 0) return { shown: 0, lost: [] };
  const { stdout: kept, stderr, code } = await lbdoctor(["show", "--json"], { state });
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  const session = JSON.parse(kept);
  const ended = session.steps.filter(({ state: one }: { state: string }) => one === "done" || one === "skipped");
  const known = new Set(ended.map(({ title }: { title: string }) => title));
  const verdict = stdout !== "" && session.outcome === "interrupted" ? ["the verdict"] : [];
  return { shown: steps.length, lost: [...steps.filter((title) => !known.has(title)), ...verdict] };
}

/** A share of one for each run, spread without a pattern and the same every time. */
const share = (run: number) => (run * 0.618_034) % 1;

test("killed at any moment offline, the session holds every step that was shown", { timeout: 600_000 }, async () => {
  let shown = 0;
  for (let run = 0; run < KILLS; run += 1) {
    const state = emptyFolder();
    const at = run % 2 === 0 ? { lines: 1 + Math.floor(share(run) * 10) } : { ms: 120 + share(run) * 250 };
    const result = await lost(await killed(start(OFFLINE, { state }), at), state);
    expect([run, at, result.lost]).toEqual([run, at, []]);
    shown += result.shown;
  }
  // Where nothing had been shown, nothing was tried.
  expect(shown).toBeGreaterThan(KILLS);
});

test("killed at any moment live, the session holds every step that was shown", { timeout: 600_000 }, async () => {
  const { start: begin, alarm, when, run: call, home } = await commandLine({ delay: 40 });
  // The server makes its answers when they are first asked for.
  await call("investigate", alarm, ...when, "--json");
  let shown = 0;
  for (let run = 0; run < KILLS; run += 1) {
    const at = run % 2 === 0 ? { lines: 1 + Math.floor(share(run) * 10) } : { ms: 250 + share(run) * 900 };
    const result = await lost(await killed(begin("investigate", alarm, ...when, "--plain"), at), home);
    expect([run, at, result.lost]).toEqual([run, at, []]);
    shown += result.shown;
  }
  expect(shown).toBeGreaterThan(KILLS);
});
