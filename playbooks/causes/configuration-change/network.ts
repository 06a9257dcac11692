import { defineCause, is } from "../../../src/playbook.ts";
import changeMadeIt from "../../signals/change-made-it.ts";
import whileReady from "../../signals/checks-fail-while-ready.ts";
import podsLeave from "../../signals/errors-when-pods-leave.ts";
import idleBroken from "../../signals/idle-connections-broken.ts";
import inLoadedZone from "../../signals/trouble-in-loaded-zone.ts";
import { not, SERVED } from "../of-connections.ts";
import { changeTable } from "./words.ts";

/**
 * The same for the connections of a Network Load Balancer. What a change made has a name of its own here: a side that does
 * not speak PROXY protocol, nodes without a pod, connections that a security group turns away or that are cut off.
 */
export default defineCause({
  ...changeTable,
  table: "network",
  specific: [changeMadeIt],
  rejects: [is(changeMadeIt, "no")],
  needs: [...SERVED, not(whileReady), not(podsLeave), not(idleBroken), not(inLoadedZone)],
  supports: [],
});
