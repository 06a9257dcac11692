import { pictures } from "../../playbooks/pictures.ts";
import { openBoard } from "../../src/board/open.tsx";
import { keptState } from "../../src/engine/reduce.ts";
import { largeSession } from "./sample.ts";
import { FakeTerminal, turns } from "./terminal.ts";

/** How long the board took for one key, milliseconds: from the key until what it changes is written to the terminal. */
export interface KeyTimes {
  readonly keys: number;
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
}

const WALK = [
  "j",
  "j",
  "j",
  "\t",
  "k",
  "2",
  "j",
  "4",
  " ",
  "G",
  "g",
  "/",
  "7",
  "\r",
  "n",
  "N",
  "?",
  "j",
  "q",
  "\u001b",
  "1",
];
const MOVES = [...WALK, "\u0004", "\u0015", "\u001b[<65;5;9M", "\u001b[<0;5;12M", ":", "f", "\t", "\u001b"];

export interface Measured {
  readonly findings: number;
  readonly groups: number;
  readonly columns: number;
  readonly rows: number;
  readonly rounds: number;
}

/** Turns of the event loop after which nothing is painted any more. */
const ENOUGH_TURNS = 100;
const LARGE: Measured = { findings: 200, groups: 40, columns: 200, rows: 50, rounds: 10 };

/** Walks the board of a large session with many keys and measures each. */
export async function measureKeys(given: Partial<Measured> = {}): Promise<KeyTimes> {
  const { findings, groups, columns, rows, rounds } = { ...LARGE, ...given };
  const state = keptState(largeSession(findings, groups));
  const terminal = new FakeTerminal(columns, rows);
  const board = openBoard(
    {
      session: { current: () => state, subscribe: () => () => {} },
      look: { color: true, unicode: true },
      pictures,
      clock: () => 0,
      nameOf: () => "",
      act: () => {},
      about: async () => null,
    },
    { ...terminal, screenReader: false },
  );
  await turns();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const key of MOVES) {
      const start = performance.now();
      terminal.at = 0;
      terminal.type(key);
      for (let turn = 0; terminal.at === 0 && turn < ENOUGH_TURNS; turn += 1) await turns(1);
      // At the list's end a key may change nothing.
      if (terminal.at > 0) times.push(terminal.at - start);
      await turns();
    }
  }
  board.close();
  await board.left;
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { keys: times.length, median: at(0.5), p95: at(0.95), worst: at(1) };
}
