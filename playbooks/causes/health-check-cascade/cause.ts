import { defineCause } from "../../../src/playbook.ts";

/** What is wrong, and where that is known from. What decides: … */
export default defineCause({
  cause: "health-check-cascade",
  title: "health check cascade",
  claim: "…",
  specific: [],
  rejects: [],
  needs: [],
  supports: [],
  uses: {},
  words: () => ({}),
});
