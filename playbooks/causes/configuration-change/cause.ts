import { defineCause } from "../../../src/playbook.ts";

/** What is wrong, and where that is known from. What decides: … */
export default defineCause({
  cause: "configuration-change",
  title: "configuration change",
  claim: "…",
  specific: [],
  rejects: [],
  needs: [],
  supports: [],
  uses: {},
  words: () => ({}),
});
