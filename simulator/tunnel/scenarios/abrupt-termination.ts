import type { Rollout, TunnelScenario } from "../scenario.ts";
import { CLOCK, EPISODES, GATEWAY_ALARM, NODE_PORT } from "./parts.ts";

function rollouts(preStop: number): Rollout[] {
  const pace = { between: 20, propagation: 8, grace: 60 };
  return EPISODES.map((at) => ({ at, ...pace, preStop }));
}

export const abruptTermination: TunnelScenario = {
  id: "abrupt-termination",
  title: "Pods stop before they are out of the endpoints",
  description: "In a rollout each pod is told to stop at once, and for some seconds is still sent requests.",
  truth: "abrupt-deregistration",
  seed: 809,
  ...CLOCK,
  fleet: { replicas: 4, cpuRequest: 1, cpuLimit: 2, server: { kind: "gunicorn", workers: 2, threads: 1 } },
  balancer: NODE_PORT,
  load: { base: 5, bursts: [], work: { cpu: 0.15, cv: 0.4, cpuMax: 2, wait: 0.2 } },
  rollouts: rollouts(0),
  alarm: GATEWAY_ALARM,
  fix: { says: "a preStop wait of 15 s", with: { rollouts: rollouts(15) } },
};
