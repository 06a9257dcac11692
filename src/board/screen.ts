import type { Line } from "../drawing/lines.ts";
import { type Look, painted } from "../drawing/theme.ts";

const HIDE_CURSOR = "\u001b[?25l";
const SHOW_CURSOR = "\u001b[?25h";
const ENTER = `\u001b[?1049h${HIDE_CURSOR}`;
const LEAVE = `${SHOW_CURSOR}\u001b[?1049l`;
/** Buttons and wheel, in SGR coordinates, which know no widest screen (xterm, "Mouse Tracking"). */
const MOUSE_ON = "\u001b[?1000h\u001b[?1006h";
const MOUSE_OFF = "\u001b[?1006l\u001b[?1000l";
/** Terminals that know it show everything in between at once; the others ignore it. */
const TOGETHER = ["\u001b[?2026h", "\u001b[?2026l"] as const;

/**
 * The terminal's alternate screen. It is given whole frames and writes only the lines that changed, so that nothing
 * flickers and little goes over a slow line; what stood on the terminal before is there again when it is left. Ink
 * would lay out and compare every character for each key: 30 ms at 200 × 50, where this takes one.
 */
export class Screen {
  readonly #out: NodeJS.WriteStream;
  #lines: readonly string[] = [];
  #entered = false;
  #mouse = true;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
  }

  enter(): void {
    if (this.#entered) return;
    this.#entered = true;
    this.#out.write(`${ENTER}${this.#mouse ? MOUSE_ON : ""}`);
    this.clear();
  }

  /** Forgets what is shown, so that the next frame is written in full: after a resize, or when something else wrote. */
  clear(): void {
    this.#lines = [];
    if (this.#entered) this.#out.write("\u001b[0m\u001b[2J");
  }

  show(frame: readonly Line[], look: Look): void {
    if (!this.#entered) return;
    const lines = frame.slice(0, this.#out.rows || frame.length).map((one) => painted(one, look));
    const changes = lines.flatMap((text, index) =>
      text === this.#lines[index] ? [] : [`\u001b[${index + 1};1H${text}\u001b[K`],
    );
    const gone = this.#lines.length > lines.length ? [`\u001b[${lines.length + 1};1H\u001b[J`] : [];
    this.#lines = lines;
    if (changes.length + gone.length > 0)
      this.#out.write(`${TOGETHER[0]}${changes.join("")}${gone.join("")}${TOGETHER[1]}`);
  }

  /** Gives the terminal back as it was. May be called at any time, and again. */
  leave(): void {
    if (!this.#entered) return;
    this.#entered = false;
    this.#out.write(`${MOUSE_OFF}${LEAVE}`);
  }

  /** Has the mouse reported, or leaves it to the terminal again; answers which. */
  toggleMouse(): boolean {
    this.#mouse = !this.#mouse;
    if (this.#entered) this.#out.write(this.#mouse ? MOUSE_ON : MOUSE_OFF);
    return this.#mouse;
  }

  /** What Ink takes for the terminal: everything of it but the writing, which is this screen's alone. */
  asStream(): NodeJS.WriteStream {
    return new Proxy(this.#out, {
      get: (out, name) => {
        if (name === "write") return (_text: string, then?: () => void) => (then ? out.write("", then) : true);
        const value: unknown = Reflect.get(out, name, out);
        return typeof value === "function" ? value.bind(out) : value;
      },
    });
  }
}
