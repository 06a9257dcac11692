import { awsDescriptor, mayRead } from "../aws/service.ts";
import { CLOUDWATCH } from "../cloudwatch/descriptor.ts";
import { NOBODY } from "../descriptor.ts";
import type { LiveAcm } from "./live.ts";
import { placeholder } from "./placeholders.ts";

const ID = "acm";

/** Nobody's certificate, in the form that ACM takes. */
const NO_CERTIFICATE = `arn:aws:acm:us-east-1:000000000000:certificate/${NOBODY}`;

export const ACM = awsDescriptor<LiveAcm>({
  id: ID,
  title: "Certificate Manager",
  prefix: "acm",
  operations: ["DescribeCertificate"],
  shown: {
    DescribeCertificate: "Certificate.[DomainName,Status,Type,NotAfter,RenewalSummary.RenewalStatus]",
  },
  placeholder,
  checks: [mayRead("certificates", ID, "DescribeCertificate", () => ({ CertificateArn: NO_CERTIFICATE }))],
  async open({ aws, opened }) {
    const [{ LiveAcm }, { credentials }] = await Promise.all([import("./live.ts"), opened(CLOUDWATCH)]);
    return new LiveAcm(aws, credentials);
  },
});
