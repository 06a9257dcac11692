/** How many workers a container runs, from everything that sets or shows it. */
export type { ConfigMaps } from "./environment.ts";
export { type KeepAlive, keepAliveOf } from "./keep-alive.ts";
export { isProxy } from "./programs.ts";
export { type WorkerEvidence, workersOf } from "./weigh.ts";
