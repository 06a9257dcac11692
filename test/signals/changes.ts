/** Hand-made changes, of the alarm's settings and of all that is recorded; see facts.ts. */
import type { AlarmFact, ChangeFact, ChangesFact } from "../../src/model/facts.ts";
import { at, MINUTES, START } from "./facts.ts";

/** Changes of the alarm's settings: in which minute, and what was before. */
export const alarmChanges = (
  ...changes: readonly (readonly [minute: number, before: Partial<AlarmFact> | null])[]
) => ({
  alarmChanges: { changes: changes.map(([minute, before]) => ({ at: at(minute), before })), from: START - 6 * 86_400 },
});

type GivenChange = Partial<Omit<ChangeFact, "at">> & { readonly at: number };

/** Recorded changes, each at a minute; of a rule that leads to what fails, unless it says otherwise. */
export const changes = (given: readonly GivenChange[], more: Partial<ChangesFact> = {}): { changes: ChangesFact } => ({
  changes: {
    changes: given.map((one, index) => ({
      id: index + 1,
      until: at(one.at),
      count: 1,
      kind: "routing",
      from: "cloudtrail",
      call: "ModifyRule",
      by: { kind: "role", name: `deploy-${index}`, session: null },
      what: "a rule of shop changed",
      settings: [],
      touches: [],
      reaches: "yes",
      because: "it touches target group shop, where the trouble is",
      ...one,
      at: at(one.at),
    })),
    trail: { start: START, end: at(MINUTES) },
    missing: [],
    changePoints: given.map((one) => at(one.at)),
    ...more,
  },
});
