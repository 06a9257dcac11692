import { defineSignal, listed, no, unclear, unknown, yes } from "../../src/playbook.ts";
import { certificatesFact } from "../evidence/certificates/fact.ts";

/**
 * Is there a name that a TLS listener's rules take and no certificate of it is for, or does its policy take TLS 1.3 alone
 * (003 F2)? Clients that ask for such a name get another's certificate; clients without TLS 1.3 get none. Since when that is
 * so, nothing here tells.
 */
export default defineSignal({
  id: "certificate-misses-hosts",
  question: "Do the listeners' certificates lack a name, or their policies exclude most clients?",
  needs: { certificates: certificatesFact },
  uses: {},
  read({ certificates: { listeners, certificates } }) {
    const evidence = ["certificates.held"];
    if (listeners.length === 0) return unknown("needs the TLS listeners", evidence);
    const missed: string[] = [];
    let isWhole = true;
    for (const { port, policy, hosts, certificates: arns } of listeners) {
      const own = certificates.filter(({ arn }) => arns?.includes(arn));
      if (arns === null || own.length < arns.length || hosts === null) isWhole = false;
      const domains = own.flatMap((one) => one.domains);
      const others = (hosts ?? []).filter((host) => !domains.some((domain) => covers(domain, host)));
      if (arns !== null && own.length === arns.length && others.length > 0)
        missed.push(`no certificate on port ${port} is for ${listed(others)}`);
      // Policies that take TLS 1.3 alone have it twice in their names (ELB User Guide, "Security policies").
      if (policy !== null && /TLS13-1-3-/.test(policy)) missed.push(`${policy} on port ${port} accepts only TLS 1.3`);
    }
    if (missed.length > 0) return yes(missed.join("; "), evidence, missed.length);
    return isWhole
      ? no("every name of the rules has its certificate, and the policies accept TLS 1.2", evidence, 0)
      : unclear("some certificates or rules were not read", evidence);
  },
});

/** Whether a certificate's name is for a host; a wildcard stands for one label (RFC 6125, 6.4.3). */
export function covers(domain: string, host: string): boolean {
  const [name, asked] = [domain.toLowerCase(), host.toLowerCase()];
  if (name === asked) return true;
  return name.startsWith("*.") && asked.split(".").slice(1).join(".") === name.slice(2);
}
