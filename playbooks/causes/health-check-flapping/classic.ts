import { defineCause, is } from "../../../src/playbook.ts";
import whileServing from "../../signals/checks-fail-while-serving.ts";
import emptyLose from "../../signals/empty-nodes-lose-connections.ts";
import { not } from "../of-connections.ts";
import flapping from "./cause.ts";
import { wordsOf } from "./words.ts";

/**
 * Behind a Classic Load Balancer, which writes no health-check log. Its instances are nodes: one that holds no pod of a Local
 * Service fails its check rightly.
 */
export default defineCause({
  ...flapping,
  table: "classic",
  specific: [whileServing],
  rejects: [is(whileServing, "no")],
  needs: [...flapping.needs, not(emptyLose)],
  words: wordsOf(whileServing),
});
