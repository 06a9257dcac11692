import type { Typed } from "../../model/question.ts";
import type { Epoch } from "../../model/time.ts";
import { field, held, instantOrNull, listOf, name, nameOrNull, text } from "../parse.ts";
import * as z from "../zod.ts";

/** A certificate as ACM tells of it. Times are epoch seconds; null: ACM does not tell. */
export interface Certificate {
  readonly arn: string;
  /** Every name that it is for, wildcards as they stand. */
  readonly domains: readonly string[];
  /** "ISSUED", "EXPIRED", "PENDING_VALIDATION", … */
  readonly status: string | null;
  /** "AMAZON_ISSUED", "IMPORTED" (ACM never renews those), "PRIVATE". */
  readonly type: string | null;
  readonly notBefore: Epoch | null;
  readonly notAfter: Epoch | null;
  /** "PENDING_AUTO_RENEWAL", "PENDING_VALIDATION", "SUCCESS", "FAILED"; null where no renewal was begun. */
  readonly renewal: string | null;
  /** Names whose validation is missing, with the DNS record that would give it. */
  readonly unvalidated: readonly Unvalidated[];
  /** ARNs of what uses it. */
  readonly usedBy: readonly string[];
}

export interface Unvalidated {
  readonly domain: string;
  /** "DNS", "EMAIL" or "HTTP". */
  readonly method: string | null;
  readonly record: { readonly name: string; readonly type: string; readonly value: string } | null;
}

const validation = z.object({
  DomainName: name,
  ValidationStatus: text,
  ValidationMethod: text,
  ResourceRecord: z.nullish(z.object({ Name: name, Type: name, Value: name })),
});

const certificate = z.object({
  CertificateArn: name,
  DomainName: nameOrNull,
  SubjectAlternativeNames: listOf(name),
  Status: text,
  Type: text,
  NotBefore: z.optional(instantOrNull),
  NotAfter: z.optional(instantOrNull),
  InUseBy: listOf(name),
  DomainValidationOptions: listOf(validation),
  RenewalSummary: z.nullish(z.object({ RenewalStatus: text, DomainValidationOptions: listOf(validation) })),
});

/** DescribeCertificate for one ARN (ACM API reference, CertificateDetail). */
export function describeCertificate(arn: string): Typed<Certificate> {
  return {
    question: { source: "acm", operation: "DescribeCertificate", input: { CertificateArn: arn } },
    parse: (pages) => ({ value: toCertificate(held(certificate, field(pages[0], "Certificate"), "Certificate")) }),
  };
}

function toCertificate(raw: z.infer<typeof certificate>): Certificate {
  const { RenewalSummary: renewal } = raw;
  const validations = renewal?.DomainValidationOptions.length
    ? renewal.DomainValidationOptions
    : raw.DomainValidationOptions;
  return {
    arn: raw.CertificateArn,
    domains: [...new Set([...(raw.DomainName === null ? [] : [raw.DomainName]), ...raw.SubjectAlternativeNames])],
    status: raw.Status,
    type: raw.Type,
    notBefore: raw.NotBefore ?? null,
    notAfter: raw.NotAfter ?? null,
    renewal: renewal?.RenewalStatus ?? null,
    unvalidated: validations
      // What was validated once stays so; a status that is not told is no complaint.
      .filter(({ ValidationStatus }) => ValidationStatus !== null && ValidationStatus !== "SUCCESS")
      .map(({ DomainName, ValidationMethod, ResourceRecord: record }) => ({
        domain: DomainName,
        method: ValidationMethod,
        record: record ? { name: record.Name, type: record.Type, value: record.Value } : null,
      })),
    usedBy: raw.InUseBy,
  };
}
