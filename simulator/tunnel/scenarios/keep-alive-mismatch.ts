import type { TunnelScenario } from "../scenario.ts";
import { CLOCK, GATEWAY_ALARM, NODE_PORT } from "./parts.ts";

const fleet = { replicas: 3, cpuRequest: 1, cpuLimit: 2 };

export const keepAliveMismatch: TunnelScenario = {
  id: "keep-alive-mismatch",
  title: "Node closes idle connections before the load balancer does",
  description:
    "The server closes connections that were idle for 5 s, Node's default; the load balancer keeps them for 60 s, and now and then sends a request on one that is being closed.",
  truth: "idle-timeout-mismatch",
  seed: 701,
  ...CLOCK,
  minutes: 20,
  fleet: { ...fleet, server: { kind: "node", keepAlive: 5 } },
  balancer: { ...NODE_PORT, targetType: "ip", kept: 32 },
  load: { base: 4, bursts: [], work: { cpu: 0.35, cv: 1, cpuMax: 4, wait: 0 } },
  alarm: { ...GATEWAY_ALARM, threshold: 0 },
  fix: { says: "keep-alive of 75 s", with: { fleet: { ...fleet, server: { kind: "node", keepAlive: 75 } } } },
};
