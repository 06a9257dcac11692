import { defineCause, is } from "../../../src/playbook.ts";
import changeMadeIt from "../../signals/change-made-it.ts";
import lightGroupWorse from "../../signals/light-group-worse.ts";
import samePods from "../../signals/same-pods-hot.ts";
import slowerSince from "../../signals/slower-since-rollout.ts";
import zonesUnequal from "../../signals/zones-unequal.ts";
import { changeTable } from "./words.ts";

/**
 * A change of the load balancer, its rules, its attributes, its network or of the alarm made the trouble (003, 004): before
 * the first episode, on what fails, none at equal load before it. What it made may have a name of its own: a worse target
 * group of a weighted rule, bound clients, unequal zones; then that is the cause, and names the change.
 */
export default defineCause({
  ...changeTable,
  specific: [changeMadeIt],
  rejects: [is(changeMadeIt, "no")],
  needs: [
    is(slowerSince, "no", "unclear", "unknown"),
    is(lightGroupWorse, "no", "unclear", "unknown"),
    is(samePods, "no", "unclear", "unknown"),
    is(zonesUnequal, "no", "unclear", "unknown"),
  ],
  supports: [],
});
