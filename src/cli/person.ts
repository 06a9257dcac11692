import { createInterface, type Interface } from "node:readline";

/** Who answers on standard input: a line at a time, until it ends or somebody stops it. */
export class Person {
  readonly #interface: Interface;
  readonly #lines: AsyncIterator<string>;
  readonly #out: NodeJS.WriteStream;

  /** `out`: where the person is asked. */
  constructor(stop: AbortSignal, out: NodeJS.WriteStream) {
    this.#out = out;
    this.#interface = createInterface({ input: process.stdin, output: process.stdin.isTTY ? out : undefined });
    this.#lines = this.#interface[Symbol.asyncIterator]();
    // On a terminal readline takes Ctrl-C to itself.
    this.#interface.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
    stop.addEventListener("abort", () => this.close(), { once: true });
  }

  /** Undefined where nothing comes any more. */
  async says(prompt: string): Promise<string | undefined> {
    if (process.stdin.isTTY) {
      this.#interface.setPrompt(prompt);
      this.#interface.prompt();
    } else this.#out.write(prompt);
    const { value, done } = await this.#lines.next();
    if (!done) return value;
    // Nobody pressed Enter; what is told next begins on a line of its own.
    if (process.stdin.isTTY) this.#out.write("\n");
    return undefined;
  }

  close(): void {
    this.#interface.close();
  }
}
