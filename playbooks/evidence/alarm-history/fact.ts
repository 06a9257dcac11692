import { sharedFact } from "../../../src/playbook.ts";

export const judgedFact = sharedFact("judged", "what the alarm judges");
export const alarmMetricFact = sharedFact("alarmMetric", "the alarm's metric");
export const episodesFact = sharedFact("episodes", "the alarm's episodes");
