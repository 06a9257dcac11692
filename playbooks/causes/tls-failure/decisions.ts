import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "a certificate ended when clients began to fail", says: {}, status: "confirmed" },
  {
    when: "no certificate has ended, and each name has its own",
    says: { "tls-cannot-succeed": "no", "certificate-misses-hosts": "no" },
    status: "undetermined",
  },
  {
    when: "no certificate has ended, and a name has none",
    says: { "tls-cannot-succeed": "no" },
    status: "supported",
  },
  {
    when: "one ended long before, and each name has its own",
    says: { "tls-cannot-succeed": "unclear", "certificate-misses-hosts": "no" },
    status: "undetermined",
  },
  {
    when: "certificates could not be read, and a name has none",
    says: { "tls-cannot-succeed": "unknown" },
    status: "supported",
  },
  {
    when: "some certificates were not read",
    says: { "tls-cannot-succeed": "unknown", "certificate-misses-hosts": "unclear" },
    status: "undetermined",
  },
  {
    when: "the alarm watches what does not exist",
    says: { "watches-nothing": "yes", "certificate-misses-hosts": "no" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
