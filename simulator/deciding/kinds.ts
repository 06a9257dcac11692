import type { Decides } from "../deciding.ts";
import type { WorldKind } from "../worlds.ts";
import { ERRORS, FRONTS } from "./errors.ts";
import { LATENCY } from "./latency.ts";
import { BEHIND, LOGGED, TRAILS } from "./recorded.ts";

/** What decides the worlds of each kind. */
export const DECIDES: { readonly [kind in WorldKind]: Decides } = {
  ...LATENCY,
  ...ERRORS,
  ...FRONTS,
  ...LOGGED,
  ...TRAILS,
  ...BEHIND,
};
