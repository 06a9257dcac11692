import { fork } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { SPOILED } from "../loopback/spoiled.ts";
import { COLUMNS } from "./faults-columns.ts";
import type { Cell } from "./faults-worker.ts";

/*
 * The fault matrix: each question of the main incident meets each fault, and the whole investigation goes on. Whatever
 * happens, no wrong cause is established; a fault that hides an answer becomes a gap of its kind. Each is met by every
 * question that can, and what spoils answers changes some.
 */

const PROCESSES = 3;

async function share(index: number): Promise<Cell[]> {
  const child = fork("test/integration/faults-worker.ts", [String(index), String(PROCESSES)], {
    execArgv: ["--import", "tsx"],
  });
  const cells: Cell[] = [];
  child.on("message", (cell: Cell) => cells.push(cell));
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
  return cells;
}

test("every question meets every fault, and no wrong cause comes of it", { timeout: 900_000 }, async () => {
  const shares = await Promise.all(Array.from({ length: PROCESSES }, (_, index) => share(index)));
  const cells = shares.flat();
  print(cells);
  expect(cells.flatMap(({ problem }) => problem ?? [])).toEqual([]);
  expect([...new Set(cells.map(({ column }) => column))].sort()).toEqual([...COLUMNS].sort());
  const spoilt = cells.filter(({ changed }) => changed).map(({ column }) => column);
  expect(SPOILED.filter((column) => !spoilt.includes(column))).toEqual([]);
  expect(cells.length).toBeGreaterThan(1_000);
});

function print(cells: readonly Cell[]): void {
  const row = (name: string, own: readonly Cell[]) => {
    const count = (test: (cell: Cell) => boolean) => String(own.filter(test).length).padStart(8);
    const wrong = count(({ cause, right }) => cause !== null && !right);
    return `${name.padEnd(20)}${count(() => true)}${count(({ outcome }) => outcome === "gap")}${count(({ right }) => right)}${count(({ cause }) => cause === null)}${wrong}`;
  };
  const rows = COLUMNS.map((column) =>
    row(
      column,
      cells.filter((cell) => cell.column === column),
    ),
  );
  console.log(
    ["fault                     all     gap   right    none   wrong", ...rows, row("total", cells)].join("\n"),
  );
}
