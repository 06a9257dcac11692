import type { AlarmFact } from "../../../src/model/facts.ts";
import { alarmChanges } from "../changes.ts";
import { alarm, episodes, judged, level } from "../facts.ts";
import type { Row } from "../row.ts";

const MINUTES = 480;

interface Case {
  /** Peaks of five minutes before the change and after it, and their height; those after it are the episodes. */
  readonly before: number;
  readonly after: number;
  /** So many of those after it reach above the old threshold too. */
  readonly high?: number;
  /** The minute of the change. */
  readonly changed?: number;
  readonly old?: Partial<AlarmFact> | null;
}

/** The alarm fires above 0.5 s since its change, and above 1 s before it; the peaks reach 0.8 s. */
const made = ({ before, after, high = 0, changed = 240, old = { threshold: 1 } }: Case) => {
  const spread = (count: number, from: number, to: number) =>
    Array.from({ length: count }, (_, index) =>
      Math.round(from + 10 + (index * (to - from - 20)) / Math.max(1, count)),
    );
  const early = spread(before, 0, changed);
  const late = spread(after, changed, MINUTES);
  const spikes = (starts: readonly number[]) => starts.map((start) => [start, start + 5] as const);
  const average = level(0.1, 0.8, spikes([...early, ...late]), MINUTES).map((value, minute) =>
    late.slice(0, high).some((start) => minute >= start && minute < start + 5) ? 1.5 : value,
  );
  return {
    ...alarm(),
    ...alarmChanges([changed, old]),
    ...judged(average),
    ...episodes(spikes(late), {}, MINUTES),
  };
};

export default [
  ["as many peaks before as since", made({ before: 4, after: 4 }), "yes"],
  ["half as many before", made({ before: 10, after: 20 }), "yes"],
  ["nearly half as many before", made({ before: 9, after: 20 }), "unclear"],
  ["no peak before, and three to be expected", made({ before: 0, after: 3 }), "no"],
  ["no peak before, and two to be expected", made({ before: 0, after: 2 }), "unclear"],
  ["1 of 5 would remain", made({ before: 5, after: 5, high: 1 }), "yes"],
  ["3 of 14 would remain", made({ before: 14, after: 14, high: 3 }), "unclear"],
  ["9 of 19 would remain", made({ before: 19, after: 19, high: 9 }), "unclear"],
  ["half would remain", made({ before: 10, after: 10, high: 5 }), "no"],
  ["all would remain", made({ before: 4, after: 4, high: 4 }), "no"],
  ["an hour before the change is known", made({ before: 2, after: 7, changed: 60 }), "yes"],
  ["56 minutes before the change are known", made({ before: 2, after: 7, changed: 56 }), "unclear"],
  [
    "it took more datapoints before",
    made({ before: 4, after: 4, old: { datapointsToAlarm: 8, evaluationPeriods: 8 } }),
    "yes",
  ],
  ["it judged another statistic before", made({ before: 4, after: 4, old: { statistic: "p50" } }), "unclear"],
  ["its description was changed", made({ before: 4, after: 4, old: {} }), "no"],
  ["what it was before is not told", made({ before: 4, after: 4, old: null }), "unclear"],
  [
    "the change before it made it less strict",
    { ...made({ before: 4, after: 4 }), ...alarmChanges([100, { threshold: 0.5 }], [240, { threshold: 1 }]) },
    "yes",
  ],
  [
    "changed to and fro: as it was before both, it would be the same",
    { ...made({ before: 4, after: 4 }), ...alarmChanges([230, { threshold: 0.5 }], [500, { threshold: 1 }]) },
    "no",
  ],
  [
    "changed after the first episode",
    { ...made({ before: 4, after: 4 }), ...alarmChanges([400, { threshold: 1 }]) },
    "no",
  ],
  ["never changed", { ...made({ before: 4, after: 4 }), ...alarmChanges() }, "no"],
  ["no episode", made({ before: 4, after: 0 }), "unknown"],
] satisfies readonly Row[];
