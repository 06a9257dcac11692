import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { emptyFolder } from "../cli/lbdoctor.ts";
import { Tmux } from "./tmux.ts";

/* Completion and manual page in the real shells and in man. */

const bin = inject("bin");

/** A folder with `lbdoctor` in its bin, and the environment to find it. */
function installed() {
  const home = emptyFolder();
  mkdirSync(join(home, "bin"));
  symlinkSync(bin, join(home, "bin", "lbdoctor"));
  const environment = { PATH: `${join(home, "bin")}:${process.env.PATH}`, HOME: home, XDG_STATE_HOME: home };
  return { home, environment };
}

test.each([
  ["bash", "source <(lbdoctor completion bash)"],
  ["zsh -f", "autoload -U compinit; compinit -u -d $HOME/dump; source <(lbdoctor completion zsh)"],
  ["fish --no-config", "lbdoctor completion fish | source"],
])("%s completes commands, pages and incidents at the tab key", async (shell, load) => {
  const { home, environment } = installed();
  const tmux = new Tmux(120, 30, environment, home);
  onTestFinished(() => tmux.close());
  tmux.run(shell);
  tmux.run(`${load}; clear; echo ready`);
  await tmux.sees(/^ready/m);
  for (const [begun, whole] of [
    ["lbdoctor investi", "lbdoctor investigate"],
    ["lbdoctor explain worker-con", "lbdoctor explain worker-concurrency-ceiling"],
    ["lbdoctor demo clu", "lbdoctor demo clumping"],
  ] as const) {
    tmux.paste(begun);
    await tmux.press("Tab");
    await tmux.sees(whole);
    await tmux.press("C-u");
  }
});

test("man shows the page without a warning", () => {
  const page = join(bin, "..", "..", "man", "lbdoctor.1");
  const environment = { ...process.env, MANWIDTH: "80", MANROFFSEQ: "", LANG: "C.UTF-8" };
  const text = execFileSync("man", ["--warnings", "-l", page], { encoding: "utf8", env: environment, stdio: "pipe" });
  expect(text).toMatch(/^LBDOCTOR\(1\)/);
  expect(text).toMatch(/^ {3}lbdoctor investigate \[alarm\]$/m);
  expect(text).toMatch(/^EXIT CODES$/m);
  expect(text.split("\n").filter((line) => line.length > 110)).toEqual([]);
});
