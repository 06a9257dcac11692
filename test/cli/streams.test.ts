import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { BIN, emptyFolder, lbdoctor, start } from "./lbdoctor.ts";
import { ALARM, smallRecording } from "./small-recording.ts";

test("a reader that stops reading is no error", async () => {
  const folder = await smallRecording();
  for (const form of ["--plain", "--json"]) {
    const child = start(["investigate", ALARM, "--fixture", folder, form]);
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(stderr).not.toMatch(/EPIPE|internal error/);
    expect(code).toBe(3);
  }
});

test("standard error that nobody reads costs nothing either", async () => {
  const child = start(["investigate", ALARM, "--fixture", await smallRecording(), "--json"]);
  child.stderr.destroy();
  let stdout = "";
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(JSON.parse(stdout).outcome).toBe("open");
  expect(code).toBe(3);
});

test("a disk that is full under standard output is told in one sentence", async () => {
  const child = spawn("sh", ["-c", `exec "$0" "$1" sessions > /dev/full`, process.execPath, BIN], {
    env: { PATH: process.env.PATH, XDG_STATE_HOME: emptyFolder() },
  });
  let stderr = "";
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(stderr).toBe("lbdoctor: standard output cannot be written (ENOSPC)\n");
  expect(code).toBe(1);
});

test("what is not printed to a terminal has no colours", async () => {
  const { stdout, stderr } = await lbdoctor(["investigate", ALARM, "--fixture", await smallRecording()], {
    environment: { TERM: "xterm-256color", FORCE_COLOR: "1" },
  });
  expect(stdout + stderr).not.toContain("\u001b");
});
