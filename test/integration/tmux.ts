import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";

/** How long something may take to appear on the screen; machines are slow when they are busy. */
const PATIENCE = 20_000;
const NOT_THERE =
  "this test drives the board in a terminal and needs tmux: apt-get install tmux (Debian), brew install tmux (macOS)";

/** A terminal of its own in tmux, with a shell in it. */
export class Tmux {
  readonly #socket = `lbdoctor-${randomUUID().slice(0, 8)}`;

  constructor(columns: number, rows: number, environment: { readonly [name: string]: string }, folder: string) {
    const given = { PATH: process.env.PATH ?? "", TERM: "screen-256color", LANG: "C.UTF-8", ...environment };
    // PS1 is what one waits for after a command has ended, with its exit code.
    const pairs = Object.entries({ ...given, PS1: "[$?]$ " }).map(([name, value]) => `${name}=${value}`);
    const size = ["-x", String(columns), "-y", String(rows)];
    const shell = ["env", "-i", ...pairs, "bash", "--norc", "--noprofile"];
    this.#tmux("-f", "/dev/null", "new-session", "-d", ...size, "-c", folder, ...shell);
  }

  /** Types a line into the shell. */
  run(line: string): void {
    this.#tmux("send-keys", "-l", line);
    this.#tmux("send-keys", "Enter");
  }

  /** Presses keys by tmux's names, one after the other, as a person does. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.#tmux("send-keys", key);
      await pause(60);
    }
  }

  /** Types a text at once, as if it were pasted. */
  paste(text: string): void {
    this.#tmux("send-keys", "-l", text);
  }

  screen(): string {
    return this.#tmux("capture-pane", "-p");
  }

  /** Waits until the screen shows it; answers the screen. Fails with what it shows instead. */
  async sees(wanted: string | RegExp): Promise<string> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const screen = this.screen();
      if (typeof wanted === "string" ? screen.includes(wanted) : wanted.test(screen)) return screen;
      if (Date.now() > end) throw new Error(`the screen never showed ${wanted}, but:\n${screen}`);
      await pause(50);
    }
  }

  /** Waits until the shell is back, with this exit code of what it ran; answers the screen. */
  async ended(code: number): Promise<string> {
    return this.sees(new RegExp(`(^|\\n)\\[${code}\\]\\$\\s*$`));
  }

  resize(columns: number, rows: number): void {
    this.#tmux("resize-window", "-x", String(columns), "-y", String(rows));
  }

  /** Whether a program holds the alternate screen, and whether the cursor is shown. */
  flags(): { readonly alternate: boolean; readonly cursor: boolean } {
    const [alternate, cursor] = this.#tmux("display", "-p", "#{alternate_on} #{cursor_flag}").trim().split(" ");
    return { alternate: alternate === "1", cursor: cursor === "1" };
  }

  /** Whether a program has the mouse reported to it. */
  mouse(): boolean {
    return this.#tmux("display", "-p", "#{mouse_any_flag}").trim() === "1";
  }

  /** The process that the shell is running now; null where it runs none. */
  child(): number | null {
    const shell = this.#tmux("display", "-p", "#{pane_pid}").trim();
    try {
      return Number(execFileSync("pgrep", ["-P", shell], { encoding: "utf8" }).trim().split("\n")[0]);
    } catch {
      // pgrep ends with 1 where there is none.
      return null;
    }
  }

  close(): void {
    this.#tmux("kill-server");
  }

  #tmux(...words: readonly string[]): string {
    try {
      return execFileSync("tmux", ["-L", this.#socket, ...words], { encoding: "utf8", stdio: "pipe" });
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") throw new Error(NOT_THERE);
      throw error;
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
