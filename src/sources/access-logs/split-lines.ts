const NEWLINE = 0x0a;
/** A line may be so long, in bytes: URL and user agent are at most 16 KB each (Quotas for Application Load Balancers). */
const LONGEST = 2 ** 17;

/**
 * Cuts bytes into lines, whatever the pieces in which they come. A line that has no end within LONGEST is given as far as
 * that, so that it counts as unreadable, and the rest of it is passed over.
 */
export class LineSplitter {
  readonly #line: (line: string) => void;
  #begun = "";
  #passing = false;

  constructor(line: (line: string) => void) {
    this.#line = line;
  }

  push(chunk: Buffer): void {
    let start = 0;
    if (this.#begun !== "" || this.#passing) {
      const end = chunk.indexOf(NEWLINE);
      if (end === -1) {
        this.#carry(chunk);
        return;
      }
      if (!this.#passing) this.#line(this.#begun + chunk.toString("latin1", 0, end));
      this.#begun = "";
      this.#passing = false;
      start = end + 1;
    }
    const last = chunk.lastIndexOf(NEWLINE);
    if (last < start) {
      this.#carry(chunk.subarray(start));
      return;
    }
    // One text for many lines; each is a slice of it.
    const text = chunk.toString("latin1", start, last + 1);
    for (let at = 0; at < text.length; ) {
      const end = text.indexOf("\n", at);
      this.#line(text.slice(at, end));
      at = end + 1;
    }
    this.#carry(chunk.subarray(last + 1));
  }

  /** The last line may have no end. */
  finish(): void {
    if (this.#begun !== "") this.#line(this.#begun);
    this.#begun = "";
    this.#passing = false;
  }

  #carry(part: Buffer): void {
    if (this.#passing || part.length === 0) return;
    this.#begun += part.toString("latin1");
    if (this.#begun.length <= LONGEST) return;
    this.#line(this.#begun);
    this.#begun = "";
    this.#passing = true;
  }
}
