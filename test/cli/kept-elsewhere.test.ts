import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { smallLine } from "../../src/sessions/line.ts";
import { read } from "../sessions/kept-by.ts";
import { keptIn } from "../sessions/kept-in.ts";
import { commandLine } from "../sources/command-line.ts";
import { BIN, complaint, emptyFolder, lbdoctor, ROOT, sessionsIn } from "./lbdoctor.ts";
import { ALARM, smallRecording } from "./small-recording.ts";

/* Sessions of other versions, and places where none can be kept. */

const MAIN = ["k8s-api-prod-core-7db0ccf2c3-target-response-time", "--fixture", `${ROOT}fixtures/worker-ceiling`];

/** The main incident investigated, with its page. */
async function main(): Promise<{ state: string; id: string; page: string; path: string }> {
  const state = emptyFolder();
  await lbdoctor(["investigate", ...MAIN, "--plain"], { state });
  const { stdout: page } = await lbdoctor(["show", "--plain"], { state });
  const [name = ""] = readdirSync(sessionsIn(state));
  return { state, id: name.replace(".jsonl", ""), page, path: join(sessionsIn(state), name) };
}

test("a session of before journals is judged by its evidence, whatever else stands in it", async () => {
  const { state, id, page, path } = await main();
  const { opening, exchanges } = await read(state, id);
  const old = {
    schemaVersion: 1,
    opening,
    exchanges: exchanges.map((one) => ({ key: "any", step: "any", ...one })),
    facts: { alarm: "something else" },
    findings: [],
    verdict: { rootCause: "cpu-throttling", confidence: "likely", headline: "It said this then." },
    outcome: "cause",
    user: [{ at: "2026-06-26T11:00:00Z", type: "noted", finding: "pod-cpu.evenness", text: "seen by hand" }],
  };
  rmSync(path);
  writeFileSync(join(sessionsIn(state), `${id}.json`), JSON.stringify(old));
  expect(await lbdoctor(["show", "--plain"], { state })).toEqual({ code: 0, stdout: page, stderr: "" });
  expect((await keptIn(state))[0]?.user).toEqual(old.user);
  // The list says what was said then.
  expect((await lbdoctor(["sessions"], { state })).stdout).toContain("likely: cpu-throttling · It said this then.");
});

test("what another version made of the same evidence is told where it differs, and only there", async () => {
  const { state, page, path } = await main();
  const lines = readFileSync(path, "utf8").split("\n");
  const [first] = JSON.parse(lines[0] ?? "");
  const [last] = JSON.parse(lines.at(-2) ?? "");
  const other = smallLine({ ...first, opening: { ...first.opening, version: "0.0.1" } }).toString();
  const shown = (said: object) => {
    const end = smallLine({ type: "ended", said }).toString();
    writeFileSync(path, `${other}${lines.slice(1, -2).join("\n")}\n${end}`);
    return lbdoctor(["show", "--plain"], { state });
  };
  expect(await shown(last.said)).toEqual({ code: 0, stdout: page, stderr: "" });
  const differing = await shown({ ...last.said, rootCause: "cpu-throttling" });
  expect(differing.stdout).toBe(page);
  const { outcome } = last.said;
  expect(differing.stderr.replace(/\d+\.\d+\.\d+:/, "<this>:")).toBe(
    `lbdoctor: kept by lbdoctor 0.0.1, which said ${outcome}: cpu-throttling; judged again by <this>: ${outcome}: worker-concurrency-ceiling\n`,
  );
  expect((await shown({ ...last.said, outcome: "open", rootCause: null })).stderr).toContain("which said open;");
});

test("what was asked live is shown again byte for byte, with the servers gone", async () => {
  const line = await commandLine();
  const { stdout } = await line.run("investigate", line.alarm, ...line.when, "--allow-exec", "--json");
  expect(JSON.parse(stdout).verdict.rootCause).toBe("worker-concurrency-ceiling");
  await line.loopback.close();
  expect(await line.run("show", "--json")).toEqual({ code: 0, stdout, stderr: "" });
});

describe("where no session can be kept", () => {
  test("a full disk is told in one sentence, the result is printed, and nothing stays behind", async () => {
    const state = emptyFolder();
    const { stdout: page } = await lbdoctor(["investigate", ...MAIN, "--plain"], { state: emptyFolder() });
    // Files may be 64 kB here; a full disk cannot be had without being root.
    const words = [BIN, "investigate", ...MAIN, "--plain"];
    const child = spawn("sh", ["-c", 'ulimit -f 128; exec "$0" "$@"', process.execPath, ...words], {
      env: { PATH: process.env.PATH, XDG_STATE_HOME: state },
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text) => {
      stdout += text;
    });
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    const [code] = await once(child, "close");
    expect({ stdout, code }).toEqual({ stdout: page, code: 0 });
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(
      /^lbdoctor: this session could not be kept: \S+: cannot be written \(a file may not be that large here\)$/,
    );
    expect(readdirSync(sessionsIn(state))).toEqual([]);
  });

  test.each([[""], ["somewhere/relative"]])(
    "HOME=%j: the result comes with a warning, and what reads sessions says why",
    async (home) => {
      const folder = emptyFolder();
      mkdirSync(join(folder, "here"));
      const recording = await smallRecording();
      const environment = { HOME: home, XDG_STATE_HOME: undefined };
      const usual = await lbdoctor(["investigate", ALARM, "--fixture", recording]);
      const ran = await lbdoctor(["investigate", ALARM, "--fixture", recording], {
        environment,
        cwd: join(folder, "here"),
      });
      expect(ran).toMatchObject({ code: usual.code, stdout: usual.stdout });
      expect(complaint(ran)).toMatch(
        /^lbdoctor: this session could not be kept: there is nowhere to keep sessions: HOME is /,
      );
      for (const words of [["sessions"], ["show"], ["resume"], ["postmortem"], ["verify", "x"]]) {
        const reading = await lbdoctor(words, { environment, cwd: join(folder, "here") });
        expect([words, reading.code, reading.stdout]).toEqual([words, 2, ""]);
        expect(reading.stderr).toMatch(/^lbdoctor: there is nowhere to keep sessions: [^\n]+\n$/);
      }
      expect(readdirSync(join(folder, "here"))).toEqual([]);
    },
  );
});
