import { EventEmitter } from "node:events";

/** A terminal for tests: takes keys, keeps what was written, and tells when it was. */
export class FakeTerminal {
  readonly #in = new EventEmitter();
  readonly #out = new EventEmitter();
  #typed: string | null = null;
  written = "";
  /** When something was last written, as performance.now() has it. */
  at = 0;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;

  constructor(columns = 80, rows = 24) {
    this.stdin = Object.assign(this.#in, {
      isTTY: true,
      setEncoding: () => {},
      setRawMode: () => {},
      ref: () => {},
      unref: () => {},
      read: () => {
        const typed = this.#typed;
        this.#typed = null;
        return typed;
      },
    }) as unknown as NodeJS.ReadStream;
    this.stdout = Object.assign(this.#out, {
      isTTY: true,
      columns,
      rows,
      write: (text: string, then?: () => void) => {
        this.written += text;
        if (text !== "") this.at = performance.now();
        then?.();
        return true;
      },
    }) as unknown as NodeJS.WriteStream;
  }

  /** Everything comes as one chunk, as it does when one types fast or pastes. */
  type(text: string): void {
    this.#typed = text;
    this.#in.emit("readable");
  }

  resize(columns: number, rows: number): void {
    Object.assign(this.stdout, { columns, rows });
    this.#out.emit("resize");
  }

  /** What has been written since the last time. */
  take(): string {
    const { written } = this;
    this.written = "";
    return written;
  }
}

/** Some turns of the event loop: React paints in a later one. */
export async function turns(count = 6): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
}
