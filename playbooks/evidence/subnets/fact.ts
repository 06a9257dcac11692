import { fact, type Subnet } from "../../../src/playbook.ts";

/** Subnets with the addresses that are free in them now. */
export interface Subnets {
  /** Those that the load balancer was given: its nodes stand in them. */
  readonly balancer: readonly Subnet[];
  /** Those of the targets' network interfaces; empty where they were not looked for. */
  readonly targets: readonly Subnet[];
}

export const subnetsFact = fact<Subnets>("subnets", "the addresses that are free in the subnets");
