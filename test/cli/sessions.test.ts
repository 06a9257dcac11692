import { chmod, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { complaint, emptyFolder, lbdoctor, sessionsIn } from "./lbdoctor.ts";
import { ALARM, smallRecording } from "./small-recording.ts";

/** Investigates the small recording and answers the id of the session. */
async function investigated(state: string, changed = {}): Promise<string> {
  const words = ["investigate", ALARM, "--fixture", await smallRecording(changed), "--json"];
  return JSON.parse((await lbdoctor(words, { state })).stdout).session;
}

test("an investigation is kept in a file that only its owner can read", async () => {
  const state = emptyFolder();
  const id = await investigated(state);
  expect(id).toMatch(/^2026-03-04-checkout-latency-[0-9a-f]{8}$/);
  expect(await readdir(sessionsIn(state))).toEqual([`${id}.jsonl`]);
  expect((await stat(join(sessionsIn(state), `${id}.jsonl`))).mode & 0o777).toBe(0o600);
  expect((await stat(sessionsIn(state))).mode & 0o777).toBe(0o700);
});

test("the same recording twice gives the same bytes, on standard output and in the session's file", async () => {
  const folder = await smallRecording();
  const run = async (form: string) => {
    const state = emptyFolder();
    const { stdout } = await lbdoctor(["investigate", ALARM, "--fixture", folder, form], { state });
    const [name = ""] = await readdir(sessionsIn(state));
    return { stdout, name, file: await readFile(join(sessionsIn(state), name), "utf8") };
  };
  for (const form of ["--json", "--plain"]) expect(await run(form)).toEqual(await run(form));
});

test("other evidence, another window or another permission is another session", async () => {
  const state = emptyFolder();
  const folder = await smallRecording();
  const ids = new Set<string>();
  for (const options of [[], ["--window", "2h"], ["--allow-exec"]]) {
    const { stdout } = await lbdoctor(["investigate", ALARM, "--fixture", folder, "--json", ...options], { state });
    ids.add(JSON.parse(stdout).session);
  }
  const other = await smallRecording({}, { Threshold: 0.9 });
  ids.add(JSON.parse((await lbdoctor(["investigate", ALARM, "--fixture", other, "--json"], { state })).stdout).session);
  expect(ids.size).toBe(4);
});

test("what is only said about a recording is no evidence: another title is the same session", async () => {
  const state = emptyFolder();
  expect(await investigated(state, { title: "Another title" })).toBe(await investigated(state));
});

test("show prints what investigate printed, byte for byte, and as a page also what that left for later", async () => {
  const state = emptyFolder();
  const words = ["investigate", ALARM, "--fixture", await smallRecording()];
  const { stdout } = await lbdoctor([...words, "--json"], { state });
  expect(await lbdoctor(["show", "--json"], { state })).toEqual({ code: 0, stdout, stderr: "" });
  const { stdout: short } = await lbdoctor([...words, "--plain"], { state });
  const { stdout: whole } = await lbdoctor(["show", "--plain"], { state });
  const verdict = (page: string) => page.slice(0, page.indexOf("\nOPEN "));
  expect(verdict(whole)).toBe(verdict(short));
  expect(short).not.toContain("\nFINDINGS ");
  expect(whole).toContain("\nFINDINGS ");
});

test("a session is found by the beginning of its id, if only one begins like that", async () => {
  const state = emptyFolder();
  const first = await investigated(state);
  const page = await lbdoctor(["show", first], { state });
  expect(await lbdoctor(["show", "2026-03"], { state })).toEqual(page);
  await lbdoctor(["investigate", ALARM, "--fixture", await smallRecording(), "--window", "2h"], { state });
  const ambiguous = await lbdoctor(["show", "2026-03"], { state });
  expect(complaint(ambiguous)).toMatch(/^lbdoctor: 2026-03 matches 2 sessions: 2026-03-04-/);
  expect(ambiguous.code).toBe(2);
  expect(await lbdoctor(["show", first], { state })).toEqual(page);
});

test("an unknown session is told in one sentence", async () => {
  const ran = await lbdoctor(["show", "2020-01-01-nothing"]);
  expect(ran.stderr).toBe("lbdoctor: there is no session 2020-01-01-nothing; `lbdoctor sessions` lists them\n");
  expect(ran.code).toBe(2);
});

test("before the first investigation there is nothing to show, and the list is empty", async () => {
  const state = emptyFolder();
  expect(complaint(await lbdoctor(["show"], { state }))).toContain("no investigation has been kept yet");
  expect(await lbdoctor(["sessions"], { state })).toMatchObject({
    code: 0,
    stdout: "No investigations yet.\n",
  });
});

test("a damaged session is told with its file and place, and costs the list nothing", async () => {
  const state = emptyFolder();
  const id = await investigated(state);
  await writeFile(join(sessionsIn(state), "2026-01-01-cut-00000000.json"), '{"schemaVersion": 1, "opening"');
  await writeFile(join(sessionsIn(state), "2026-01-02-newer-00000000.json"), '{"schemaVersion": 7}');
  const cut = await lbdoctor(["show", "2026-01-01"], { state });
  expect(complaint(cut)).toMatch(/2026-01-01-cut-00000000\.json:1:\d+: is not JSON: the file ends too early$/);
  expect(cut.code).toBe(2);
  expect(complaint(await lbdoctor(["show", "2026-01-02"], { state }))).toContain(
    "schemaVersion: this lbdoctor reads sessions of version 1, not 7",
  );
  const { stdout, code } = await lbdoctor(["sessions"], { state });
  expect(stdout).toContain(`${id}\n  ${ALARM}\n  not established.\n`);
  expect(stdout.match(/^ {2}damaged:/gm)).toHaveLength(2);
  expect(code).toBe(0);
});

test("a session whose process was killed is listed and shown as interrupted", async () => {
  const state = emptyFolder();
  const id = await investigated(state);
  const folder = sessionsIn(state);
  const lines = (await readFile(join(folder, `${id}.jsonl`), "utf8")).split("\n");
  await rm(join(folder, `${id}.jsonl`));
  // Its last record was being written when it came.
  await writeFile(join(folder, `${id}.0a1b2c3d.jsonl`), `${lines[0]}\n${lines[1]?.slice(0, 200)}`);
  expect((await lbdoctor(["sessions"], { state })).stdout).toContain(
    `${id}\n  ${ALARM}\n  not established: interrupted before there was a verdict.\n`,
  );
  const shown = await lbdoctor(["show"], { state });
  expect(shown.stdout).toContain("CAUSE     not established: interrupted before there was a verdict");
  expect(shown.stderr).toBe("");
});

test("sessions --json is a list, the newest investigation first", async () => {
  const state = emptyFolder();
  const first = await investigated(state);
  const folder = await smallRecording();
  const words = ["investigate", ALARM, "--fixture", folder, "--window", "2h", "--json"];
  const second = JSON.parse((await lbdoctor(words, { state })).stdout).session;
  const list = JSON.parse((await lbdoctor(["sessions", "--json"], { state })).stdout);
  expect(list.map(({ session }: { session: string }) => session)).toEqual([second, first]);
  expect(list[0]).toMatchObject({ alarm: ALARM, now: "2026-03-04T12:00:00Z", outcome: "open", rootCause: null });
});

test("a state folder that cannot be written costs a warning, not the investigation", async () => {
  const state = emptyFolder();
  const folder = await smallRecording();
  const usual = await lbdoctor(["investigate", ALARM, "--fixture", folder]);
  // A file where the folder should be cannot be written into, not even by root.
  await mkdir(join(state, "lbdoctor"));
  await writeFile(join(state, "lbdoctor", "sessions"), "");
  const ran = await lbdoctor(["investigate", ALARM, "--fixture", folder], { state });
  expect(ran).toMatchObject({ code: usual.code, stdout: usual.stdout });
  expect(complaint(ran)).toMatch(
    /^lbdoctor: this session could not be kept: \S+\/sessions: is a file, or is inside one, not a folder$/,
  );
});

test("a relative XDG_STATE_HOME counts as unset", async () => {
  const home = emptyFolder();
  const environment = { HOME: home, XDG_STATE_HOME: "somewhere" };
  await lbdoctor(["investigate", ALARM, "--fixture", await smallRecording()], { environment });
  expect(await readdir(join(home, ".local", "state", "lbdoctor", "sessions"))).toHaveLength(1);
});

test("a sessions folder that others could read is closed to them", async () => {
  const state = emptyFolder();
  await mkdir(sessionsIn(state), { recursive: true });
  await chmod(sessionsIn(state), 0o755);
  await investigated(state);
  expect((await stat(sessionsIn(state))).mode & 0o777).toBe(0o700);
});

test("the list tells when it was and how long ago it was kept, and on standard error which rule keeps it", async () => {
  const state = emptyFolder();
  const id = await investigated(state);
  const path = join(sessionsIn(state), `${id}.jsonl`);
  const age = async (seconds: number) => {
    const then = Date.now() / 1000 - seconds;
    await utimes(path, then, then);
    return lbdoctor(["sessions"], { state, environment: { LBDOCTOR_KEEP: "30" } });
  };
  expect((await age(0)).stdout).toBe(`${id}\n  ${ALARM}\n  not established.\n  2026-03-04 12:00 UTC · kept just now\n`);
  const old = await age(3 * 86_400);
  expect(old.stdout).toContain("2026-03-04 12:00 UTC · kept 3 days ago\n");
  expect(old.stderr).toBe(
    `lbdoctor: 1 session in ${sessionsIn(state)}; kept: the newest 30 (LBDOCTOR_KEEP, or --prune)\n`,
  );
});

test("sessions --prune removes what the given rule does not keep, and says so", async () => {
  const state = emptyFolder();
  const ids: string[] = [];
  for (const window of ["1h", "2h", "3h"]) {
    const words = ["investigate", ALARM, "--fixture", await smallRecording(), "--window", window, "--json"];
    ids.push(JSON.parse((await lbdoctor(words, { state })).stdout).session);
  }
  await utimes(join(sessionsIn(state), `${ids[0]}.jsonl`), 1, 1);
  const older = await lbdoctor(["sessions", "--prune", "--older-than", "30d"], { state });
  expect(older.stdout).toMatch(/^removed 1 session \(0\.\d MB\), 2 left\n$/);
  const newest = await lbdoctor(["sessions", "--prune", "--keep", "1", "--json"], { state });
  expect(JSON.parse(newest.stdout)).toEqual({ removed: [ids[1]], left: 1 });
  expect((await lbdoctor(["sessions", "--prune"], { state })).stdout).toBe("removed 0 sessions (0.0 MB), 1 left\n");
  expect((await lbdoctor(["show", ids[2] ?? ""], { state })).code).toBe(0);
});

test.each([
  [["--keep", "5"], {}, "--keep and --older-than need --prune"],
  [["--prune", "--keep", "all"], {}, "--keep expects a number of sessions, like 50"],
  [["--prune", "--older-than", "soon"], {}, "--older-than soon: expected a duration like 90m, 6h, 2d or 1h30m"],
  [[], { LBDOCTOR_KEEP: "a few" }, "LBDOCTOR_KEEP a few: expected a number like 200, days like 90d, both, or all"],
])("sessions %j with %j is told in one sentence", async (words, environment, sentence) => {
  const ran = await lbdoctor(["sessions", ...words], { environment });
  expect(ran).toEqual({ code: 2, stdout: "", stderr: `lbdoctor: ${sentence}\n` });
});
