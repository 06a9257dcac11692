import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { suspectFact } from "../../evidence/target-groups/fact.ts";
import outOfConnections from "../../signals/balancer-out-of-connections.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import withoutPod from "../../signals/nodes-without-pod-fail.ts";
import differs from "../../signals/proxy-protocol-differs.ts";
import { LET_THROUGH } from "../of-connections.ts";

/** A Network Load Balancer that translates addresses has 55,000 connections for each target at once, and no more. */
export default defineCause({
  cause: "connection-saturation",
  table: "network",
  title: "the load balancer has no port left to its targets",
  claim: "More connections arrive than the load balancer can hold to so few targets: it drops the excess.",
  specific: [outOfConnections],
  rejects: [is(outOfConnections, "no")],
  needs: [
    ...LET_THROUGH,
    is(differs, "no", "unclear", "unknown"),
    is(withoutPod, "no", "unclear", "unknown"),
    is(noHealthy, "no", "unclear", "unknown"),
  ],
  supports: [],
  uses: { suspect: suspectFact },
  words({ suspect }, readings) {
    return {
      headline: `The load balancer has no port left to the targets of ${suspect?.group?.name ?? "the target group"}.`,
      summary: `${sentence(readings.get(outOfConnections.id)?.statement ?? "")}. It supports 55,000 connections, or about as many new ones a minute, for each target address and port: more targets, or reusing connections, lets more through.`,
    };
  },
});
