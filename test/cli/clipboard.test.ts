import { expect, it } from "vitest";
import { copied } from "../../src/cli/clipboard.ts";

function handOver(text: string, environment: NodeJS.ProcessEnv = {}) {
  let written = "";
  const write = (one: string) => {
    written += one;
    return true;
  };
  const stream = { write } as NodeJS.WriteStream;
  return { obstacle: copied(text, { out: stream, err: stream, environment }), written };
}

it("hands a text over by OSC 52, in which nothing of it can command the terminal", () => {
  const text = "kubectl get pods \u001b]52;c;ZXZpbA==\u0007 🙂";
  const { written, obstacle } = handOver(text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequence is what is looked for
  const [, base64 = ""] = /^\u001b\]52;c;([A-Za-z0-9+/=]+)\u0007$/.exec(written) ?? [];
  expect(Buffer.from(base64, "base64").toString()).toBe(text);
  expect(obstacle).toBeNull();
});

it("says what is known to stand in the way", () => {
  expect(handOver("x", { TMUX: "/tmp/tmux-0/default,1,0" }).obstacle).toBe("tmux: set -g set-clipboard on");
  expect(handOver("x", { TERM_PROGRAM: "Apple_Terminal" }).obstacle).toContain("Terminal.app");
  expect(handOver("x", { STY: "1.pts-0" }).obstacle).toContain("screen");
  expect(handOver("x", { TERM: "linux" }).obstacle).toContain("console");
});
