import { type Expected, fact } from "../../../src/playbook.ts";

/** Who speaks PROXY protocol: the load balancer, as it is set and as the Service asks, and the server, as far as it was read. */
export interface ProxyProtocol {
  /** Whether the load balancer sends the header; null where its setting was not read. */
  readonly sends: boolean | null;
  /** Whether an annotation of the Service asks for it; null: not read. */
  readonly asked: boolean | null;
  /** What the server expects; null: nothing that was read says it. */
  readonly server: Expected | null;
}

export const proxyProtocolFact = fact<ProxyProtocol>("proxyProtocol", "who speaks PROXY protocol");
