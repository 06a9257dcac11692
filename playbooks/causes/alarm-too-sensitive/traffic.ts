import { defineCause } from "../../../src/playbook.ts";
import refused from "../../signals/connections-refused.ts";
import { not } from "../of-connections.ts";
import { TRAFFIC_AS_ALWAYS } from "../of-traffic.ts";

/** On an Application Load Balancer. */
export default defineCause({ ...TRAFFIC_AS_ALWAYS, table: "traffic", needs: [not(refused)] });
