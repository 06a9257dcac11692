import { fork } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import type { Cell } from "./faults-worker.ts";

/*
 * The fault matrix: each question of the main incident meets each fault, and the whole investigation goes on. Whatever
 * happens, no wrong cause is established; a fault that hides an answer becomes a gap of its kind.
 */

const PROCESSES = 3;

interface Share {
  readonly cells: readonly Cell[];
  readonly columns: readonly string[];
  /** Cells of the whole matrix. */
  readonly all: number;
}

async function share(index: number): Promise<Share> {
  const child = fork("test/integration/faults-worker.ts", [String(index), String(PROCESSES)], {
    execArgv: ["--import", "tsx"],
  });
  const cells: Cell[] = [];
  let columns: readonly string[] = [];
  let all = 0;
  child.on("message", (message: Cell | Pick<Share, "columns" | "all">) => {
    if ("columns" in message) ({ columns, all } = message);
    else cells.push(message);
  });
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
  return { cells, columns, all };
}

test("every question meets every fault, and no wrong cause comes of it", { timeout: 900_000 }, async () => {
  const shares = await Promise.all(Array.from({ length: PROCESSES }, (_, index) => share(index)));
  const cells = shares.flatMap((one) => one.cells);
  print(cells, shares[0]?.columns ?? []);
  expect(cells.flatMap(({ problem }) => problem ?? [])).toEqual([]);
  expect(cells).toHaveLength(shares[0]?.all ?? 0);
  expect(cells.length).toBeGreaterThan(300);
});

function print(cells: readonly Cell[], columns: readonly string[]): void {
  const row = (name: string, own: readonly Cell[]) => {
    const count = (test: (cell: Cell) => boolean) => String(own.filter(test).length).padStart(8);
    const wrong = count(({ cause, right }) => cause !== null && !right);
    return `${name.padEnd(16)}${count(() => true)}${count(({ outcome }) => outcome === "gap")}${count(({ right }) => right)}${count(({ cause }) => cause === null)}${wrong}`;
  };
  const rows = columns.map((column) =>
    row(
      column,
      cells.filter((cell) => cell.column === column),
    ),
  );
  console.log(["fault                 all     gap   right    none   wrong", ...rows, row("total", cells)].join("\n"));
}
