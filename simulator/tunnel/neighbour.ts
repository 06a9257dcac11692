import type { TunnelScenario } from "./scenario.ts";

/** A second service behind the same load balancer, quick and even: what stays well is half of a diagnosis. */
export function neighbour(scenario: TunnelScenario): TunnelScenario {
  return {
    ...scenario,
    seed: scenario.seed + 1,
    fleet: { replicas: 2, server: { kind: "node", keepAlive: 3600 }, cpuRequest: 0.25, cpuLimit: null },
    balancer: { ...scenario.balancer, targetType: "instance", algorithm: "round_robin", kept: 8 },
    load: { base: 0.6, bursts: [], work: { cpu: 0.04, cv: 0.4, cpuMax: 0.3, wait: 0 } },
  };
}
