import { defineCause } from "../../../src/playbook.ts";
import emptyLose from "../../signals/empty-nodes-lose-connections.ts";
import { not } from "../of-connections.ts";
import flapping from "./cause.ts";

/** On a Classic Load Balancer, whose instances are nodes: one that holds no pod of a Local Service fails its check rightly. */
export default defineCause({ ...flapping, table: "classic", needs: [...flapping.needs, not(emptyLose)] });
