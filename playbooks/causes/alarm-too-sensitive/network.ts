import { defineCause } from "../../../src/playbook.ts";
import changeMadeIt from "../../signals/change-made-it.ts";
import whileReady from "../../signals/checks-fail-while-ready.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import idleBroken from "../../signals/idle-connections-broken.ts";
import zonesUnequal from "../../signals/zones-unequal.ts";
import { not, SERVED } from "../of-connections.ts";
import { TRAFFIC_AS_ALWAYS } from "../of-traffic.ts";

/** On a Network Load Balancer: no other trouble of its connections is known. */
export default defineCause({
  ...TRAFFIC_AS_ALWAYS,
  table: "network",
  needs: [...SERVED, not(changeMadeIt), not(whileReady), not(podsLeave), not(idleBroken), not(zonesUnequal)],
});
