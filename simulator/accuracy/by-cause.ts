import { TRUTHS, type Truth } from "./each-cause.ts";
import type { Run } from "./run.ts";

const COLUMNS: readonly { readonly title: string; readonly counts: (run: Run) => boolean }[] = [
  { title: "incidents", counts: () => true },
  { title: "decided", counts: ({ ofDecided }) => ofDecided !== null },
  { title: "right of decided", counts: ({ ofDecided }) => ofDecided === "right" },
  { title: "right", counts: ({ marks }) => marks.outcome === "right" || marks.outcome === "accepted" },
  { title: "open", counts: ({ marks }) => marks.outcome === "open" },
  { title: "wrong", counts: ({ marks }) => marks.outcome === "wrong" },
  { title: "truth rejected", counts: ({ marks }) => marks.truthRejected },
  { title: "confirmed wrong", counts: ({ marks }) => marks.confirmedWrong },
  { title: "failed", counts: ({ failure }) => failure !== null },
  { title: "source missing", counts: ({ traits }) => traits.missing.length > 0 },
  { title: "second fault", counts: ({ traits }) => traits.second !== null },
  { title: "decoy", counts: ({ traits }) => traits.decoys.length > 0 },
];

/** True causes by columns, and their sum; "right" counts accepted answers too. */
export function causeTable(runs: readonly Run[]): string {
  const causes = byTruth(runs).filter(({ own }) => own.length > 0);
  const rows = [...causes.map(({ truth, own }) => [nameOf(truth), own] as const), ["all", runs] as const];
  const width = Math.max(...rows.map(([name]) => name.length));
  const row = ([name, own]: readonly [string, readonly Run[]]) =>
    name.padEnd(width) +
    COLUMNS.map(({ title, counts }) => String(own.filter(counts).length || "·").padStart(title.length + 2)).join("");
  return [" ".repeat(width) + COLUMNS.map(({ title }) => `  ${title}`).join(""), ...rows.map(row)].join("\n");
}

/** What is not as asked for: too few incidents of a cause (`whole`: of any), or too few of them without a source. */
export function shortcomings(runs: readonly Run[], count: number, whole: boolean): string[] {
  return byTruth(runs).flatMap(({ truth, own }) => {
    if (!whole && own.length === 0) return [];
    const blind = own.filter(({ traits }) => traits.missing.length > 0).length;
    return [
      ...(own.length < count ? [`${nameOf(truth)}: ${own.length} incidents of ${count}`] : []),
      ...(3 * blind < own.length ? [`${nameOf(truth)}: a source is missing in ${blind} of ${own.length} only`] : []),
    ];
  });
}

function byTruth(runs: readonly Run[]): readonly { readonly truth: Truth; readonly own: readonly Run[] }[] {
  return TRUTHS.map((truth) => ({ truth, own: runs.filter(({ judgement }) => judgement.truth === truth) }));
}

function nameOf(truth: Truth): string {
  return truth ?? "not established";
}
