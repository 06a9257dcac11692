import { expect, it } from "vitest";
import noisyEvaluation from "../../playbooks/factors/noisy-evaluation/factor.ts";
import { mainFacts } from "../fixes/main-facts.ts";

it.each([
  [1, 1, "1 datapoint of 60 s triggers it, one good one clears it: 9 cycles"],
  [2, 2, "2 datapoints of 60 s trigger it, one good one clears it: 9 cycles"],
  [1, 2, "1 of 2 datapoints of 60 s triggers it, 2 good ones clear it: 9 cycles"],
  [2, 3, "2 of 3 datapoints of 60 s trigger it, 2 good ones clear it: 9 cycles"],
])("%d of %d says what decides and what ends it", (datapointsToAlarm, evaluationPeriods, words) => {
  const facts = mainFacts();
  const alarm = { ...facts.alarm, datapointsToAlarm, evaluationPeriods };
  const found = noisyEvaluation.find({ ...facts, alarm });
  expect(found?.statement).toBe(words);
});
