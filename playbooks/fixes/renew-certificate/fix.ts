import { type Certificate, dateAndClock, defineFix, shellQuoted } from "../../../src/playbook.ts";
import { certificatesFact } from "../../evidence/certificates/fact.ts";

/** A certificate that holds (003 F2, 002 7): by whom it is renewed says what there is to do. */
export default defineFix({
  id: "renew-certificate",
  for: ["tls-failure"],
  uses: { certificates: certificatesFact },
  propose({ alarm, certificates: known }, verdict) {
    if (verdict.rootCause !== "tls-failure" || !alarm) return null;
    // What the load balancer answers clients itself, it does for its handshakes with targets.
    if (/^(TargetTLSNegotiationErrorCount$|HTTPCode_ELB_)/.test(alarm.metric)) return look();
    if (!known) return null;
    const [first] = [...known.certificates].sort((a, b) => (a.notAfter ?? 0) - (b.notAfter ?? 0));
    if (!first) return null;
    const name = first.domains[0] ?? first.arn;
    return {
      id: "renew-certificate",
      for: ["tls-failure"],
      title: `a valid certificate for ${name}`,
      why: `${first.notAfter === null ? "Its expiry is not known" : `It is valid until ${dateAndClock(first.notAfter)}`}, and clients refuse one that has expired or is not for the name that they asked for.`,
      risk: "Old clients may not trust a different certificate authority.",
      changes: renewal(first),
      preconditions: conditions(first),
      verify: [
        `openssl s_client -connect ${shellQuoted(`${name.replace(/^\*\./, "www.")}:443`)} </dev/null | openssl x509 -noout -enddate -ext subjectAltName`,
        "ClientTLSNegotiationErrorCount is back to its usual few",
      ],
      rollback: [],
    };
  },
});

/** What to run, where one command does it; importing needs the new certificate, which only its owner has. */
function renewal({ arn, type, unvalidated }: Certificate) {
  if (type === "IMPORTED")
    return [
      {
        target: `certificate ${arn}`,
        patch: "the renewed certificate, under the same ARN",
        command: `aws acm import-certificate --certificate-arn ${shellQuoted(arn)} --certificate fileb://certificate.pem --private-key fileb://key.pem --certificate-chain fileb://chain.pem`,
      },
    ];
  return unvalidated.flatMap(({ domain, record }) =>
    record === null
      ? []
      : [
          {
            target: `DNS of ${domain}`,
            patch: `${record.name} ${record.type} ${record.value}`,
            command: `dig +short ${shellQuoted(record.name)} ${shellQuoted(record.type)}`,
          },
        ],
  );
}

function conditions({ type, unvalidated, usedBy, domains }: Certificate): string[] {
  if (type === "IMPORTED")
    return ["its certificate authority has issued the next one: you provide certificate.pem, key.pem and chain.pem"];
  if (unvalidated.length > 0)
    return [
      "create the record where the name's DNS zone is hosted; Certificate Manager finds it by itself, within hours",
    ];
  return [
    ...(usedBy.length === 0
      ? ["it is in use: Certificate Manager does not renew a certificate that nothing uses"]
      : []),
    `if a name in the rules is missing from ${domains.join(", ")}: a certificate for it, and aws elbv2 add-listener-certificates`,
  ];
}

/** What the targets speak is theirs to say: no command of AWS changes it. */
function look() {
  return {
    id: "renew-certificate",
    for: ["tls-failure"] as const,
    title: "the protocol that the targets speak on the target group's port",
    why: "The load balancer opens TLS to the targets and does not validate certificates: if most handshakes fail, the port does not speak TLS, or there is no protocol or cipher in common.",
    risk: "None: nothing is changed.",
    changes: [],
    preconditions: [
      "from a pod or node of the same network: openssl s_client -connect TARGET:PORT",
      "a target that speaks HTTP: the target group's protocol must be HTTP (it is set when the group is made)",
      "a target that speaks TLS 1.3 alone, or ciphers that the load balancer does not offer: its server's settings",
    ],
    verify: ["TargetTLSNegotiationErrorCount no longer has datapoints"],
    rollback: [],
    notOffered: [
      {
        id: "new-target-certificate",
        title: "a new certificate on the targets",
        because: "the load balancer accepts any certificate from a target, even an expired or self-signed one",
        evidence: ["certificates.handshakes"],
      },
    ],
  };
}
