import type { Playbook } from "../src/playbook.ts";
import latency from "./alarms/latency/playbook.ts";

/** Every playbook, in the order in which they are asked whether an alarm is theirs. */
export const playbooks: readonly Playbook[] = [latency];
