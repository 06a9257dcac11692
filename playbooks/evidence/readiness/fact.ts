import { type Epoch, fact, type Series } from "../../../src/playbook.ts";

/** One pod of the workload, past ones too: when it was made and when it could serve. */
export interface PodReadiness {
  readonly pod: string;
  /** Null: not known. */
  readonly created: Epoch | null;
  /** The first minute in which it was ready; null: it was not in this window. */
  readonly firstReady: Epoch | null;
  /** 1 ready, 0 not, each minute; no value: it was not there. */
  readonly ready: Series;
}

export const readinessFact = fact<readonly PodReadiness[]>("readiness", "when the pods were ready");
