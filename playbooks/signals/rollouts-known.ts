import { defineSignal, yes } from "../../src/playbook.ts";
import { rolloutsFact } from "../evidence/rollouts/fact.ts";

/** Could the rollouts be read? Without them none can be excluded that brought a mechanism about. */
export default defineSignal({
  id: "rollouts-known",
  question: "Are the rollouts known?",
  needs: { rollouts: rolloutsFact },
  uses: {},
  read: () => yes("the rollouts are known", ["rollouts.latest"]),
});
