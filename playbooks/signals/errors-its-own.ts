import { defineSignal, unclear, unknown, yes } from "../../src/playbook.ts";
import { suspectFact } from "../evidence/target-groups/fact.ts";

/** Are the errors known to be those of the target group that is looked into? The load balancer's own have no target group. */
export default defineSignal({
  id: "errors-its-own",
  question: "Are the errors known to be this target group's?",
  needs: { suspect: suspectFact },
  uses: {},
  read({ suspect: { group, isOwn } }) {
    const evidence = ["responses.errors"];
    if (!group) return unknown("no target group stands out", evidence);
    return isOwn
      ? yes(`the errors are ${group.name}'s`, evidence)
      : unclear(`whether the errors are ${group.name}'s is not known: it gets most of the requests`, evidence);
  },
});
