import type { Playbook } from "../src/playbook.ts";
import balancerErrors from "./alarms/balancer-errors/playbook.ts";
import classic from "./alarms/classic/playbook.ts";
import clientErrors from "./alarms/client-errors/playbook.ts";
import connections from "./alarms/connections/playbook.ts";
import gateway from "./alarms/gateway/playbook.ts";
import hostHealthOfClassic from "./alarms/host-health/classic.ts";
import hostHealthOfGateway from "./alarms/host-health/gateway.ts";
import hostHealthOfNetwork from "./alarms/host-health/network.ts";
import hostHealth from "./alarms/host-health/playbook.ts";
import latency from "./alarms/latency/playbook.ts";
import network from "./alarms/network/playbook.ts";
import nothing from "./alarms/nothing/playbook.ts";
import targetErrors from "./alarms/target-errors/playbook.ts";
import tls from "./alarms/tls/playbook.ts";
import traffic from "./alarms/traffic/playbook.ts";
import { identifyAlarm } from "./evidence/alarm/collect.ts";

/** Every playbook, in the order in which they are asked whether an alarm is theirs. */
export const playbooks: readonly Playbook[] = [
  // What can watch nothing is nobody else's, whatever it is meant for.
  nothing,
  latency,
  targetErrors,
  balancerErrors,
  clientErrors,
  hostHealth,
  hostHealthOfNetwork,
  connections,
  traffic,
  network,
  hostHealthOfClassic,
  classic,
  hostHealthOfGateway,
  gateway,
  tls,
];

/** Finds which alarm is meant; see the engine's Investigation. */
export const identify = identifyAlarm((alarm) => playbooks.some((playbook) => playbook.takes(alarm)));
