import { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import { AGENTS, type AgentKind, type LogsSpec } from "./spec.ts";

export interface Client {
  readonly address: string;
  readonly agent: string;
  /** Whether it speaks HTTP/2, and needs one connection only. */
  readonly multiplexes: boolean;
}

/** Networks for documentation (RFC 5737, RFC 3849), of which the internet's clients are. */
const PUBLIC = ["192.0.2.", "198.51.100.", "203.0.113."] as const;

/** All clients: those of the spec, its single one, and a scanner. */
export function drawClients({ seed, loadBalancer, nodes }: Scenario, logs: LogsSpec): Client[] {
  const random = new Random(seed, "log clients");
  const { count, agents, single } = logs.clients;
  const network = (nodes[0]?.ip ?? "10.0").split(".").slice(0, 2).join(".");
  const taken = new Set<string>();
  const address = (index: number): string => {
    const drawn =
      loadBalancer.scheme === "internal"
        ? `${network}.${random.integer(100, 119)}.${random.integer(4, 250)}`
        : index % 9 === 8 || taken.size > 700
          ? `2001:db8:${random.hex(4)}::${random.hex(4)}`
          : `${random.pick(PUBLIC)}${random.integer(1, 254)}`;
    if (taken.has(drawn)) return address(index);
    taken.add(drawn);
    return drawn;
  };
  const client = (kind: AgentKind, index: number): Client => {
    const agent = random.pick(AGENTS[kind]);
    return { address: address(index), agent, multiplexes: kind === "browser" || agent.startsWith("ShopApp") };
  };
  return [
    ...Array.from({ length: count }, (_, index) => client(agents[index % agents.length] ?? "sdk", index)),
    client(single?.agent ?? "sdk", 0),
    { address: address(0), agent: "-", multiplexes: false },
  ];
}
