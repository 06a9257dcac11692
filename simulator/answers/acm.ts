import type { Answer, Input } from "../../src/model/question.ts";
import { type CertificateSpec, typeOf } from "../front.ts";
import { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { World } from "../world.ts";

export function certificateArn({ place }: Scenario, { id }: CertificateSpec): string {
  return `arn:aws:acm:${place.region}:${place.account}:certificate/${id}`;
}

/** The listener's certificate; a good one of ACM on an ALB where the scenario does not say. */
export function certificateOf(scenario: Scenario): CertificateSpec | null {
  const { listener } = scenario.loadBalancer;
  if (listener || typeOf(scenario) !== "application") return listener?.certificate ?? null;
  const services = [scenario.focus, ...scenario.others];
  const names = [...new Set(services.map(({ host }) => host.replace(/^[^.]+\./, "*.")))];
  const random = new Random(scenario.seed, "certificate");
  const issued = -86_400 * random.integer(40, 180);
  return {
    id: random.uuid(),
    names,
    issued,
    expires: issued + 395 * 86_400,
    imported: false,
    renewal: "SUCCESS",
  };
}

/** Answers one operation of AWS Certificate Manager in the SDK's output shape: the listener's certificate alone is there. */
export function acmAnswer({ scenario, arns }: World, operation: string, input: Input): Answer {
  const certificate = certificateOf(scenario);
  if (operation !== "DescribeCertificate")
    return { status: "failed", failure: { kind: "forbidden", message: `not authorized to perform: acm:${operation}` } };
  if (!certificate || input.CertificateArn !== certificateArn(scenario, certificate))
    return { status: "failed", failure: { kind: "missing", message: "Could not find certificate" } };
  return { status: "answered", pages: [{ Certificate: described(scenario, certificate, [arns.loadBalancer]) }] };
}

function described(scenario: Scenario, certificate: CertificateSpec, InUseBy: readonly string[]) {
  const { names, issued, expires, imported, renewal } = certificate;
  const start = scenario.now - scenario.window;
  const at = (seconds: number) => new Date(Math.round(start + seconds) * 1000).toISOString().replace(".000Z", "Z");
  const expired = start + expires <= scenario.now;
  const [DomainName] = names;
  const validation = names.map((name) => ({
    DomainName: name,
    ValidationDomain: name,
    ValidationStatus: renewal === "PENDING_VALIDATION" || renewal === "FAILED" ? renewal : "SUCCESS",
    ValidationMethod: "DNS",
  }));
  return {
    CertificateArn: certificateArn(scenario, certificate),
    DomainName,
    SubjectAlternativeNames: names,
    ...(imported ? {} : { DomainValidationOptions: validation }),
    Serial: (new Random(scenario.seed, certificate.id).hex(32).match(/../g) ?? []).join(":"),
    Subject: `CN=${DomainName}`,
    Issuer: imported ? "Example CA" : "Amazon",
    ...(imported ? { ImportedAt: at(issued + 3600) } : { CreatedAt: at(issued - 3600), IssuedAt: at(issued) }),
    Status: expired ? "EXPIRED" : "ISSUED",
    NotBefore: at(issued),
    NotAfter: at(expires),
    KeyAlgorithm: "RSA-2048",
    SignatureAlgorithm: "SHA256WITHRSA",
    InUseBy,
    Type: imported ? "IMPORTED" : "AMAZON_ISSUED",
    RenewalEligibility: renewal === null ? "INELIGIBLE" : "ELIGIBLE",
    ...(renewal === null
      ? {}
      : {
          RenewalSummary: {
            RenewalStatus: renewal,
            DomainValidationOptions: validation,
            UpdatedAt: at(issued + 30 * 86_400),
          },
        }),
  };
}
