import { defineSignal, no, unclear, unknown, yes } from "../../src/playbook.ts";
import { clusterFact } from "../evidence/cluster/fact.ts";

/** Whatever the cluster says of pods and nodes is about these targets only where they are its own. */
export default defineSignal({
  id: "targets-of-this-cluster",
  question: "Are the targets this cluster's nodes or pods?",
  needs: { cluster: clusterFact },
  uses: {},
  read({ cluster: { verdict, statement, matched, of } }) {
    const evidence = ["cluster.identity"];
    const share = of === 0 ? null : matched / of;
    if (verdict === "same") return yes(statement, evidence, share);
    if (verdict === "other") return no(statement, evidence, share);
    return verdict === "part" ? unclear(statement, evidence, share) : unknown(statement);
  },
});
