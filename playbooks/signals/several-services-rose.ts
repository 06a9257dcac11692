import { defineSignal, listed, no, yes } from "../../src/playbook.ts";
import { blameFact } from "../evidence/target-groups/fact.ts";

/** Did some other services rise with the one to blame: something that they share, or that calls the other? */
export default defineSignal({
  id: "several-services-rose",
  question: "Did other services become slow with it?",
  needs: { blame: blameFact },
  uses: {},
  read({ blame: { alsoRose } }) {
    const evidence = ["target-groups.others"];
    if (alsoRose.length === 0) return no("no other service became slow with it", evidence, 0);
    return yes(`${listed(alsoRose)} became slow with it`, evidence, alsoRose.length);
  },
});
