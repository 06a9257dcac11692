import { clumping } from "./catalogue/clumping.ts";
import { fleetLongPoll } from "./catalogue/fleet-long-poll.ts";
import { workerCeiling } from "./catalogue/worker-ceiling.ts";
import type { Scenario } from "./scenario.ts";

/** The seeds' three incidents by the names of their fixtures. */
export const INCIDENTS = {
  "worker-ceiling": () => workerCeiling(),
  clumping: () => clumping(),
  "fleet-long-poll": () => fleetLongPoll(),
} as const satisfies { readonly [name: string]: () => Scenario };
