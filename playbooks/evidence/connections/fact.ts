import { fact } from "../../../src/playbook.ts";

/** Connections of the load balancer in the window, all together. */
export interface Connections {
  /** Connections made, from clients and to targets (NewConnectionCount counts both). */
  readonly made: number;
  readonly requests: number;
}

export const connectionsFact = fact<Connections>("connections", "the load balancer's new connections");
