import type { Terminal } from "../app/terminal.ts";

/**
 * Hands a text to the terminal's clipboard (OSC 52, xterm). No terminal tells whether it took it; answers what is known to
 * stand in the way, or null.
 */
export function copied(text: string, { out, environment }: Terminal): string | null {
  // In base64 nothing of the text can command the terminal.
  out.write(`\u001b]52;c;${Buffer.from(text).toString("base64")}\u0007`);
  const { TMUX, STY, TERM, TERM_PROGRAM } = environment;
  if (TMUX) return "tmux: set -g set-clipboard on";
  if (STY) return "screen does not pass it on";
  if (TERM === "linux") return "the Linux console has no clipboard";
  return TERM_PROGRAM === "Apple_Terminal" ? "Terminal.app does not take it" : null;
}
