import { BUCKETS } from "../../model/histogram.ts";
import { CUTS, type Cut, type Log, type LogRow } from "../../model/logs.ts";
import { Malformed } from "../parse.ts";
import { fullAddress } from "./aggregate.ts";
import { ANSWER, UNREADABLE } from "./athena-sql.ts";
import { Counts } from "./counts.ts";
import { plainAddress } from "./lines.ts";

/** Adds up the rows of Athena's answer as the lines of files are added up. */
export class CountedRows {
  readonly #counts = new Counts();
  readonly #cuts: readonly string[];
  rowsRead = 0;
  lines = 0;
  unreadable = 0;

  constructor(log: Log) {
    this.#cuts = CUTS[log];
  }

  /** One row, its cells as in ANSWER. Throws a Malformed where it is none. */
  add(cells: readonly string[]): void {
    this.rowsRead += 1;
    const [, group = "", cut = "", key = ""] = cells;
    const number = (name: (typeof ANSWER)[number]) => {
      const value = Number(cells[ANSWER.indexOf(name)] || Number.NaN);
      if (!Number.isInteger(value)) throw new Malformed(`the answer's ${name} is no number`);
      return value;
    };
    const count = number("count");
    if (cut === "all" || cut === UNREADABLE) this.lines += count;
    if (cut === UNREADABLE) {
      this.unreadable += count;
      return;
    }
    if (!this.#isCut(cut)) throw new Malformed("the answer has a cut that was not asked for");
    const bucket = number("bucket");
    if (bucket >= BUCKETS) throw new Malformed("the answer has no such bucket of times");
    const times = bucket < 0 ? [] : [...new Array<number>(bucket).fill(0), count];
    const [failed, made, gaveUp, sum] = [number("failed"), number("made"), number("gave_up"), number("sum")];
    const known = cut === "client" ? fullAddress(plainAddress(key)) : key;
    const cell = this.#counts.cell(number("span"), group);
    this.#counts.merge(cell, cut, known, { count, failed, made, gaveUp, sum, times });
  }

  rows(): LogRow[] {
    return this.#counts.rows();
  }

  #isCut(cut: string): cut is Cut {
    return this.#cuts.includes(cut);
  }
}
