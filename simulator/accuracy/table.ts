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
];

/** Kinds by columns, and their sum; "accepted" is right too, "never" and "confirmed wrong" are among the wrong. */
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
