import type { Run } from "./run.ts";

const COLUMNS: readonly { readonly title: string; readonly counts: (run: Run) => boolean }[] = [
  { title: "runs", counts: () => true },
  { title: "right", counts: ({ marks }) => marks.outcome === "right" },
  { title: "accepted", counts: ({ marks }) => marks.outcome === "accepted" },
  { title: "open", counts: ({ marks }) => marks.outcome === "open" },
  { title: "wrong", counts: ({ marks }) => marks.outcome === "wrong" },
  { title: "never", counts: ({ marks }) => marks.never },
  { title: "confirmed wrong", counts: ({ marks }) => marks.confirmedWrong },
  { title: "truth rejected", counts: ({ marks }) => marks.truthRejected },
  { title: "failed", counts: ({ failure }) => failure !== null },
  { title: "decided", counts: (run) => run.ofDecided !== null },
  { title: "right of decided", counts: (run) => run.ofDecided === "right" },
  { title: "accepted of decided", counts: (run) => run.ofDecided === "accepted" },
];

/**
 * Kinds by columns, and their sum; "accepted" is right too, "never" and "confirmed wrong" are among the wrong. "decided":
 * worlds whose evidence decides the cause; of them "right" counts an accepted answer that is as true as the truth.
 */
export function table(runs: readonly Run[]): string {
  const kinds = [...new Set(runs.map(({ kind }) => kind))];
  const width = Math.max(3, ...kinds.map((kind) => kind.length));
  const row = (name: string, of: readonly Run[]) =>
    name.padEnd(width) +
    COLUMNS.map(({ title, counts }) => (of.filter(counts).length || "·").toString().padStart(title.length + 2)).join(
      "",
    );
  return [
    " ".repeat(width) + COLUMNS.map(({ title }) => `  ${title}`).join(""),
    ...kinds.map((kind) =>
      row(
        kind,
        runs.filter((one) => one.kind === kind),
      ),
    ),
    row("all", runs),
  ].join("\n");
}

/** Per kind, the factors whose presence is known: "slow-scale-out: slow-scale-out named in 3 of 5". */
export function factorLines(runs: readonly Run[]): string[] {
  const kinds = [...new Set(runs.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const own = runs.filter((one) => one.kind === kind);
    const present = new Set(own.flatMap(({ judgement }) => judgement.factors?.present ?? []));
    const absent = new Set(own.flatMap(({ judgement }) => judgement.factors?.absent ?? []));
    const named = (factor: string) => own.filter((one) => !one.factors.missed.includes(factor)).length;
    const madeUp = (factor: string) => own.filter((one) => one.factors.madeUp.includes(factor)).length;
    return [
      ...[...present].map((factor) => `${kind}: ${factor} named in ${named(factor)} of ${own.length}`),
      ...[...absent].map(
        (factor) => `${kind}: ${factor}, which is not there, named in ${madeUp(factor)} of ${own.length}`,
      ),
    ];
  });
}

/** What was said instead, by kind: "uploads: slow-dependency 3 (2 confirmed)". */
export function mistakes(runs: readonly Run[]): string[] {
  const found = new Map<string, Run[]>();
  for (const one of runs) {
    if (one.marks.outcome !== "wrong") continue;
    const key = `${one.kind}: ${one.said}`;
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return [...found].map(([key, all]) => {
    const confirmed = all.filter(({ marks }) => marks.confirmedWrong).length;
    const seeds = all.slice(0, 4).map(({ seed }) => seed);
    return `${key} ${all.length}${confirmed > 0 ? ` (${confirmed} confirmed)` : ""}, seeds ${seeds.join(", ")}`;
  });
}

/** "right 402 of 421 decided (95.5 %), accepted 9, open 8, wrong 2": what is to be right is what the evidence decides. */
export function decidedLine(runs: readonly Run[]): string {
  const decided = runs.filter((run) => run.ofDecided !== null);
  const count = (outcome: Run["ofDecided"]) => decided.filter((run) => run.ofDecided === outcome).length;
  const share = decided.length === 0 ? "" : ` (${((100 * count("right")) / decided.length).toFixed(1)} %)`;
  const rest = (["accepted", "open", "wrong"] as const).map((outcome) => `${outcome} ${count(outcome)}`).join(", ");
  return `right ${count("right")} of ${decided.length} decided${share}, ${rest}`;
}

/** Runs by what is true and what was said of them; "not established" is null. The commonest answer comes first. */
export function confusion(runs: readonly Run[]): { truth: string; said: string; runs: number; decided: number }[] {
  const found = new Map<string, { truth: string; said: string; runs: number; decided: number }>();
  for (const { judgement, said, ofDecided } of runs) {
    const pair = { truth: judgement.truth ?? NOTHING, said: said ?? NOTHING };
    const key = `${pair.truth} ${pair.said}`;
    const { runs: before, decided } = found.get(key) ?? { runs: 0, decided: 0 };
    found.set(key, { ...pair, runs: before + 1, decided: decided + (ofDecided === null ? 0 : 1) });
  }
  return [...found.values()].sort((a, b) => (a.truth === b.truth ? b.runs - a.runs : a.truth < b.truth ? -1 : 1));
}

const NOTHING = "not established";

/** A line for each true cause: "slow-dependency 40: slow-dependency 22, not established 18 (6 decided)". */
export function matrixLines(runs: readonly Run[]): string[] {
  const cells = confusion(runs);
  return [...new Set(cells.map(({ truth }) => truth))].map((truth) => {
    const own = cells.filter((cell) => cell.truth === truth);
    const all = own.reduce((sum, cell) => sum + cell.runs, 0);
    const said = own.map((cell) => `${cell.said} ${cell.runs}${cell.decided > 0 ? ` (${cell.decided} decided)` : ""}`);
    return `${truth} ${all}: ${said.join(", ")}`;
  });
}
