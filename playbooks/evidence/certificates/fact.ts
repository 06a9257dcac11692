import { type Certificate, type Epoch, type FactToken, fact, type Series } from "../../../src/playbook.ts";

/** A listener that speaks TLS: the names that its rules take, its policy, and the certificates that it shows. */
export interface TlsListener {
  readonly port: number;
  /** Which protocols and ciphers it takes ("ELBSecurityPolicy-TLS13-1-2-2021-06"); null where it is not told. */
  readonly policy: string | null;
  /** Host names of its rules; empty where they take any, null where they could not be read. */
  readonly hosts: readonly string[] | null;
  /** ARNs; the default one first. Null where they could not be read. */
  readonly certificates: readonly string[] | null;
}

/** The certificates in question: of the load balancer's listeners, or the one that the alarm watches. */
export interface Certificates {
  /** None where the alarm watches a certificate alone. */
  readonly listeners: readonly TlsListener[];
  readonly certificates: readonly Certificate[];
  /** The end of the window: until then they are looked at. */
  readonly asOf: Epoch;
  /** ARNs of those of which nothing is known: ACM does not hold them (IAM does), or does not tell. */
  readonly unread: readonly string[];
}

export const certificatesFact = fact<Certificates>("certificates", "the certificates");

/**
 * TLS handshakes with the targets of one target group, or of all together (a Network Load Balancer does not tell its target
 * groups apart), on the grid of the alarm's period; without a datapoint 0.
 */
export interface TargetHandshakes {
  readonly arn: string;
  /** The target group's name, or the load balancer's. */
  readonly name: string;
  /** Connections on which no session came about (TargetTLSNegotiationErrorCount). */
  readonly failed: Series;
  /** Requests that were answered (SampleCount of TargetResponseTime), or sessions that began (NewFlowCount_TLS). */
  readonly answered: Series;
}

export const handshakesFact: FactToken<readonly TargetHandshakes[]> = {
  ...fact<readonly TargetHandshakes[]>("handshakes", "the targets' TLS handshakes"),
  // Only an alarm on the targets' handshakes asks for them.
  optional: true,
};
