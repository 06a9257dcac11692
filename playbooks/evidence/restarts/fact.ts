import { type Epoch, fact } from "../../../src/playbook.ts";

/** A restart of a container of the workload, at the minute in which its counter rose. */
export interface Restart {
  readonly pod: string;
  readonly at: Epoch;
}

export interface Restarts {
  readonly restarts: readonly Restart[];
  /** Why containers ended last, as the pods say now: "OOMKilled", "Error". */
  readonly reasons: readonly string[];
}

export const restartsFact = fact<Restarts>("restarts", "the containers' restarts");
