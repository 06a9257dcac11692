import type { ChangeFact } from "../../src/model/facts.ts";

/** A recorded change; what a test does not say has no part in it. */
export const change = (more: Partial<ChangeFact>): ChangeFact => ({
  id: 1,
  at: 0,
  until: 0,
  count: 1,
  kind: "routing",
  from: "cloudtrail",
  call: null,
  by: null,
  what: "",
  settings: [],
  touches: [],
  reaches: "yes",
  because: "",
  ...more,
});
