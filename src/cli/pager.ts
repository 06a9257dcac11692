import { spawn } from "node:child_process";
import type { Terminal } from "../app/terminal.ts";

/** What `less` does unless the person's LESS says otherwise, as git has it: end at once where all fits, colours, no clearing. */
const LESS = "FRX";

/** The pager of this terminal, as git chooses it; null where nothing is to be paged: no terminal, or a pager of `cat`. */
export function pagerOf({ environment, out }: Terminal): string | null {
  if (!out.isTTY || environment.TERM === "dumb") return null;
  const pager = environment.PAGER ?? "less";
  return pager === "" || pager === "cat" ? null : pager;
}

/** Whether the text is longer than the terminal, so that its beginning would be gone. */
export function isLong(text: string, { out }: Terminal): boolean {
  return text.split("\n").length > (out.rows || Number.POSITIVE_INFINITY);
}

/** Prints a result; on a terminal that it does not fit, through the person's pager. */
export async function print(text: string, terminal: Terminal): Promise<void> {
  const pager = isLong(text, terminal) ? pagerOf(terminal) : null;
  if (pager === null || !(await paged(text, pager, terminal))) terminal.out.write(text);
}

/** Hands the text to the pager and waits until it is left. False where there is no such program. */
function paged(text: string, pager: string, { environment }: Terminal): Promise<boolean> {
  return new Promise((resolve) => {
    // Through a shell, as git does: PAGER may hold options. It is the person's own setting.
    const child = spawn(pager, {
      shell: true,
      stdio: ["pipe", "inherit", "inherit"],
      env: { ...environment, LESS: environment.LESS ?? LESS, LV: environment.LV ?? "-c" },
    });
    // Ctrl-C in the pager is the pager's; it must not leave the terminal to two programs.
    const stay = () => {};
    process.on("SIGINT", stay);
    const ended = (was: boolean) => {
      process.off("SIGINT", stay);
      resolve(was);
    };
    child.on("error", () => ended(false));
    // A shell that does not find the program ends with 127, one that may not run it with 126.
    child.on("close", (code) => ended(code !== 127 && code !== 126));
    // Whoever leaves before the end has seen enough.
    child.stdin.on("error", () => {});
    child.stdin.end(text);
  });
}
