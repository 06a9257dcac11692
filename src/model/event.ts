import type { Finding } from "./finding.ts";
import type { FactorFound, Fix, Hypothesis, Verdict } from "./judgement.ts";
import type { Answer, Question } from "./question.ts";
import type { Opening, Outcome, StepGap } from "./session.ts";
import type { UserAct } from "./user.ts";

/** What happened, in the order in which it happened. The session is the fold of these; nothing else changes it. */
export type Event =
  | { readonly type: "opened"; readonly opening: Opening; readonly plan: Plan }
  | { readonly type: "step-started"; readonly step: string }
  | {
      readonly type: "step-ended";
      readonly step: string;
      readonly state: "done" | "skipped";
      readonly note: string | null;
    }
  | { readonly type: "asked"; readonly step: string; readonly key: string; readonly question: Question }
  | { readonly type: "answered"; readonly key: string; readonly answer: Answer }
  | { readonly type: "selected"; readonly playbook: string; readonly plan: Plan }
  | {
      readonly type: "extended";
      /** What is done beside the plan. */
      readonly steps: Plan["steps"];
      /** Steps of the plan that have another name from here on, by their old ones. */
      readonly renamed: { readonly [id: string]: Plan["steps"][number] };
      /** Facts of what the session is no longer about, by their names. */
      readonly forgets: readonly string[];
    }
  | { readonly type: "fact"; readonly step: string; readonly name: string; readonly value: unknown }
  | { readonly type: "found"; readonly finding: Finding }
  | { readonly type: "gap"; readonly gap: StepGap }
  | { readonly type: "judged"; readonly hypothesis: Hypothesis }
  | { readonly type: "factor"; readonly factor: FactorFound }
  | { readonly type: "verdict"; readonly verdict: Verdict }
  | { readonly type: "fixes"; readonly fixes: readonly Fix[] }
  | { readonly type: "user"; readonly act: UserAct }
  | { readonly type: "ended"; readonly outcome: Outcome };

/** The declared order of a playbook's parts, which is the order of everything that is listed. */
export interface Plan {
  readonly steps: readonly { readonly id: string; readonly title: string }[];
  readonly hypotheses: readonly {
    readonly cause: Hypothesis["cause"];
    readonly title: string;
    readonly claim: string;
    readonly apartFrom?: Hypothesis["apartFrom"];
  }[];
  readonly factors: readonly FactorFound["factor"][];
}
