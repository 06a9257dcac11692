import { byWords, mostTelling, oftenWords, settingWords } from "../../../model/change-words.ts";
import type { ChangeFact } from "../../../model/facts.ts";
import type { Session } from "../../../model/session.ts";
import { clock, listed, plural, sentence } from "../../../model/words.ts";
import { type Block, evidence, type Line, list, table, text } from "../block.ts";

/** So many changes stand in the table; the session has all of them. */
const MOST = 8;

/**
 * What was changed around the trouble, and why each change is the trigger or is innocent: the recorded changes that can
 * touch what fails in a table, the others in a line.
 */
export function changeBlocks({ facts: { changes: fact } }: Session): Block[] {
  if (!fact) return [];
  const { trail, changePoints, missing } = fact;
  // Rollouts stand in the timeline.
  const changes = fact.changes.filter(({ kind }) => kind !== "rollout");
  const near = changes.filter(({ reaches }) => reaches !== "no");
  const apart = changes.filter(({ reaches }) => reaches === "no");
  const notes: Line[] = [
    ...(trail === null ? [["CloudTrail could not be read: who changed what in AWS is not known."]] : []),
    ...(missing.length > 0 ? [[`Not all recorded calls could be read: ${listed(missing)}.`]] : []),
    ...(apart.length > 0
      ? [
          [
            `${plural(apart.length, "other change")} cannot affect what fails: ${listed(apart.slice(0, MOST).map((one) => `${clock(one.at)} ${one.what}`))}.`,
          ],
        ]
      : []),
    ...(changePoints && changePoints.length > 0
      ? [[`The metric itself changed at ${listed(changePoints.slice(0, MOST).map(clock))} UTC (ED-PELT).`]]
      : []),
  ];
  return [
    ...(near.length === 0
      ? trail === null
        ? []
        : [text("No recorded change affects what fails.", ...evidence(["changes.timeline"]))]
      : table(["Time (UTC)", "What", "By", "Verdict"], mostTelling(near, MOST).map(cells))),
    ...(notes.length === 0 ? [] : list(notes)),
  ];
}

function cells(one: ChangeFact, index: number, all: readonly ChangeFact[]): Line[] {
  const told = all.slice(0, index).some(({ because }) => because === one.because);
  const settings = one.settings.map(settingWords);
  return [
    [clock(one.at)],
    [sentence(`${one.what}${settings.length === 0 ? "" : `: ${listed(settings)}`}${oftenWords(one)}`)],
    [byWords(one.by) ?? (one.from === "kubernetes" ? "the cluster" : "not told")],
    [told ? "As above" : sentence(one.because)],
  ];
}
