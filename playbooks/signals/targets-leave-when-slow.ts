import { defineSignal, unknown } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";

/** What it looks at, and why that decides. */
export default defineSignal({
  id: "targets-leave-when-slow",
  question: "Targets leave when slow?",
  needs: { episodes: episodesFact },
  uses: {},
  read: () => unknown("nothing is compared yet"),
});
