import { barriersBefore, barriersOf, defineSignal, listed, no, unclear, unknown, yes } from "../../src/playbook.ts";
import { networkRulesFact } from "../evidence/network-rules/fact.ts";

/** Do the security groups or network ACLs, as they are set now, stop the load balancer's packets to all targets? */
export default defineSignal({
  id: "rules-drop-packets",
  question: "Do security groups or network ACLs block the load balancer's packets?",
  needs: { rules: networkRulesFact },
  uses: {},
  read({ rules }) {
    const evidence = ["network-rules.between"];
    const each = rules.interfaces.map((one) => barriersBefore(one, rules));
    const blocked = each.filter(({ barriers }) => barriers.length > 0).length;
    const told = listed(barriersOf(rules).map(({ statement }) => statement));
    const share = each.length === 0 ? 0 : blocked / each.length;
    if (blocked > 0 && blocked === each.length) return yes(told, evidence, share);
    if (blocked > 0) return unclear(`${told}; this affects ${blocked} of ${each.length} targets`, evidence, share);
    if (each.length === 0 || rules.unfound > 0) return unknown("needs the network interfaces of all targets", evidence);
    const ports = listed(rules.ports.map(String));
    return each.some(({ isUnclear }) => isUnclear)
      ? unclear(`some rules for ports ${ports} name what was not read (prefix lists, IPv6)`, evidence, 0)
      : no(
          `security groups and network ACLs, as they are set now, let the load balancer reach ports ${ports}`,
          evidence,
          0,
        );
  },
});
