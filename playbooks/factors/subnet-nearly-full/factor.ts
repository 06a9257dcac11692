import { defineFactor, listed, type Subnet } from "../../../src/playbook.ts";
import { subnetsFact } from "../../evidence/subnets/fact.ts";

/** A load balancer needs so many free addresses in each subnet to scale (ALB User Guide, "Subnets for your load balancer"). */
const ENOUGH = 8;
/** Too few free addresses for the load balancer to grow, or for more targets (004); as it is now. */
export default defineFactor({
  factor: "subnet-nearly-full",
  action: { kind: "prevent", title: "larger subnets, or further ones, for the load balancer and the nodes" },
  needs: { subnets: subnetsFact },
  find({ subnets: { balancer, targets } }) {
    const short = balancer.filter(({ free }) => free !== null && free < ENOUGH);
    // With none at all a node gets no further address for a pod, and no node can be added.
    const full = targets.filter(({ free }) => free === 0);
    if (short.length + full.length === 0) return null;
    const parts = [
      ...(short.length === 0
        ? []
        : [
            `the load balancer needs ${ENOUGH} free addresses in each of its subnets to grow: ${listed(short.map(left))}`,
          ]),
      ...(full.length === 0 ? [] : [`no address is left for targets in ${listed(full.map(({ id }) => id))}`]),
    ];
    return { statement: parts.join("; "), evidence: [targets.length > 0 ? "network-rules.between" : "subnets.free"] };
  },
});

function left({ id, zone, cidr, free }: Subnet): string {
  const where = [zone, cidr].filter((one) => one !== null).join(", ");
  return `${id}${where === "" ? "" : ` (${where})`} has ${free} now`;
}
