import { defineCause } from "../../../src/playbook.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import { not } from "../of-connections.ts";
import { TRAFFIC_AS_ALWAYS } from "../of-traffic.ts";

/** On a Gateway Load Balancer: its appliances are healthy, as far as can be seen. */
export default defineCause({ ...TRAFFIC_AS_ALWAYS, table: "gateway", needs: [not(noHealthy)] });
