import { sharedFact } from "../../../src/playbook.ts";

export const alarmMetricFact = sharedFact("alarmMetric", "the alarm's metric");
export const episodesFact = sharedFact("episodes", "the alarm's episodes");
