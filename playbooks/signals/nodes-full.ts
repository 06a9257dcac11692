import {
  defineSignal,
  NODE_FULL,
  NODE_ROOM,
  no,
  nodesBusy,
  percent,
  unclear,
  unknown,
  yes,
} from "../../src/playbook.ts";
import { nodesFact } from "../evidence/nodes/fact.ts";

/** Had the nodes of the pods no CPU left? The lines are those of sizing: NODE_FULL and NODE_ROOM. */
export default defineSignal({
  id: "nodes-full",
  question: "Were the pods' nodes out of CPU?",
  needs: { nodes: nodesFact },
  uses: {},
  read({ nodes }) {
    const busy = nodesBusy(nodes);
    const evidence = ["nodes.hosts"];
    if (busy === null) return unknown("needs the nodes' CPU", evidence);
    const figure = `the nodes were ${percent(busy)} busy`;
    if (busy >= NODE_FULL) return yes(figure, evidence, busy);
    return busy < NODE_ROOM ? no(figure, evidence, busy) : unclear(`${figure}: nearly full`, evidence, busy);
  },
});
