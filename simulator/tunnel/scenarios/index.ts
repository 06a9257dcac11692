import type { TunnelScenario } from "../scenario.ts";
import { abruptTermination } from "./abrupt-termination.ts";
import { blockedWorkers } from "./blocked-workers.ts";
import { clumping } from "./clumping.ts";
import { connectionPinning } from "./connection-pinning.ts";
import { keepAliveMismatch } from "./keep-alive-mismatch.ts";
import { longPoll } from "./long-poll.ts";
import { retryStorm } from "./retry-storm.ts";
import { slowDependency } from "./slow-dependency.ts";
import { throttling } from "./throttling.ts";
import { workerCeiling } from "./worker-ceiling.ts";

/** All scenarios of `npm run tunnel`, in the order of its table. */
export const SCENARIOS: readonly TunnelScenario[] = [
  workerCeiling,
  clumping,
  throttling,
  connectionPinning,
  slowDependency,
  blockedWorkers,
  keepAliveMismatch,
  abruptTermination,
  longPoll,
  retryStorm,
];
