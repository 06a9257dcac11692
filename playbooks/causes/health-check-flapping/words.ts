import { type Readings, sentence, type Values } from "../../../src/playbook.ts";
import { suspectFact } from "../../evidence/target-groups/fact.ts";
import { MADE_BY, madeBy } from "../made-by.ts";

export const USES = { ...MADE_BY, suspect: suspectFact };

/** What is said of it, by the signal that showed it. */
export const wordsOf =
  (shown: { readonly id: string }) =>
  ({ suspect, ...known }: Partial<Values<typeof USES>>, readings: Readings) => ({
    headline: `${suspect?.group?.name ?? "the target group"}'s targets fail their health checks although they serve.`,
    summary: `${sentence(readings.get(shown.id)?.statement ?? "")}. The check's path or its timing has to change.${madeBy(known, ["health check", "attribute"])}`,
  });
