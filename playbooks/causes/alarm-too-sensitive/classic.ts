import { defineCause } from "../../../src/playbook.ts";
import whileServing from "../../signals/checks-fail-while-serving.ts";
import emptyLose from "../../signals/empty-nodes-lose-connections.ts";
import instancesFail from "../../signals/instances-answer-errors.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import overflows from "../../signals/queue-overflows.ts";
import rare from "../../signals/rare-balancer-errors.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import { not } from "../of-connections.ts";
import { TRAFFIC_AS_ALWAYS } from "../of-traffic.ts";

/** On a Classic Load Balancer: no other trouble of its instances is known. */
export default defineCause({
  ...TRAFFIC_AS_ALWAYS,
  table: "classic",
  needs: [
    not(whileServing),
    not(emptyLose),
    not(instancesFail),
    not(noHealthy),
    not(overflows),
    not(rare),
    not(restartsMatch),
  ],
});
