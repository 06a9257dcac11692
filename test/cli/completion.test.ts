import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { commandLine } from "../sources/command-line.ts";
import { BIN, emptyFolder, lbdoctor } from "./lbdoctor.ts";
import { ALARM, smallRecording } from "./small-recording.ts";

/** The words that are offered in the place of the last one. */
async function offered(words: readonly string[], surroundings = {}): Promise<string[]> {
  const { code, stdout, stderr } = await lbdoctor(["complete", "--", ...words], surroundings);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout.split("\n").flatMap((line) => (line === "" ? [] : [line.split("\t")[0] ?? ""]));
}

describe("what is completed", () => {
  test.each([
    [["inv"], ["investigate"]],
    [["explain", "worker-con"], ["worker-concurrency-ceiling"]],
    [
      ["postmortem", "--format", ""],
      ["md", "html"],
    ],
    [["investigate", "x", "--allow", "e"], ["exec"]],
    [["demo", "cl"], ["clumping"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
    [["investigate", "--fixture", ""], [":folders"]],
    [
      ["postmortem", "--template", ""],
      ["default", "google", "pagerduty", "coe"],
    ],
    [["postmortem", "--template", "./"], [":files"]],
    [["investigate", "--json", "--pla"], ["--plain"]],
    [["nonsense", ""], []],
  ])("%j → %j", async (words, expected) => {
    expect(await offered(words)).toEqual(expected);
  });

  test("hidden commands are offered nowhere", async () => {
    expect(await offered([""])).not.toEqual(expect.arrayContaining(["complete"]));
    expect(await offered([""])).toEqual(expect.arrayContaining(["investigate", "drill", "--version"]));
  });

  test("alarms and sessions that were investigated before", async () => {
    const state = emptyFolder();
    await lbdoctor(["investigate", ALARM, "--fixture", await smallRecording(), "--plain"], { state });
    expect(await offered(["investigate", "check"], { state })).toEqual([ALARM]);
    expect(await offered(["show", "2026-"], { state })).toEqual([
      expect.stringMatching(/^2026-03-04-checkout-latency-/),
    ]);
  });

  test("the account's alarms on load balancers, where it answers", async () => {
    const line = await commandLine();
    expect(await offered(["investigate", "k8s-"], { state: line.home, environment: line.environment })).toEqual([
      line.alarm,
    ]);
  });

  test("an account that does not answer costs a second and says nothing", async () => {
    const line = await commandLine({ delay: 10_000 });
    const began = performance.now();
    expect(await offered(["investigate", ""], { state: line.home, environment: line.environment })).toEqual([]);
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});

test.each(["bash", "zsh", "fish"])("the script of %s asks lbdoctor what fits", async (shell) => {
  const { code, stdout } = await lbdoctor(["completion", shell]);
  expect(stdout).toContain(" complete -- ");
  expect(code).toBe(0);
});

test("the manual page has every command and option of the help, and no line that roff would take for its own", async () => {
  const manual = readFileSync(join(dirname(dirname(BIN)), "man", "lbdoctor.1"), "utf8");
  const { stdout } = await lbdoctor(["help"]);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<)/gm)].map(([, name = ""]) => name);
  for (const name of commands.filter((one) => one !== "help")) expect(manual).toContain(`.SS "lbdoctor ${name}`);
  const help = (await lbdoctor(["investigate", "--help"])).stdout;
  for (const [, option = ""] of help.matchAll(/^ {2}(--[a-z-]+)/gm))
    expect(manual).toContain(option.replaceAll("-", "\\-"));
  const requests = manual.split("\n").filter((line) => /^[.']/.test(line));
  expect(requests.filter((line) => !/^\.(TH|SH|SS|TP|PP|B|RS|RE|nf|fi)\b/.test(line))).toEqual([]);
});
