import type { Row } from "../row.ts";

const certificate = (arn: string, ...domains: readonly string[]) => ({
  arn,
  domains,
  status: "ISSUED",
  type: "AMAZON_ISSUED",
  notBefore: null,
  notAfter: null,
  renewal: null,
  unvalidated: [],
  usedBy: [],
});
const listener = (hosts: readonly string[], more: object = {}) => ({
  port: 443,
  policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
  hosts,
  certificates: ["a"],
  ...more,
});
const shown = (listeners: readonly object[], ...domains: readonly string[]) => ({
  certificates: { listeners, certificates: [certificate("a", ...domains)], unread: [] } as never,
});

export default [
  ["each name has its own", shown([listener(["shop.example.com"])], "SHOP.example.com"), "no"],
  ["a wildcard stands for one label", shown([listener(["shop.example.com"])], "*.example.com"), "no"],
  ["and for one only", shown([listener(["a.shop.example.com"])], "*.example.com"), "yes"],
  ["and for no less", shown([listener(["example.com"])], "*.example.com"), "yes"],
  ["a wildcard of a rule has its own", shown([listener(["*.example.com"])], "*.example.com"), "no"],
  ["a name has none", shown([listener(["shop.example.com", "pay.example.com"])], "shop.example.com"), "yes"],
  [
    "its policy takes TLS 1.3 alone",
    shown([listener([], { policy: "ELBSecurityPolicy-TLS13-1-3-2021-06" })], "a"),
    "yes",
  ],
  ["its policy is not told", shown([listener([], { policy: null })], "a"), "no"],
  [
    "a certificate of it was not read",
    shown([listener(["pay.example.com"], { certificates: ["a", "b"] })], "a"),
    "unclear",
  ],
  ["its certificates were not read", shown([listener(["pay.example.com"], { certificates: null })], "a"), "unclear"],
  ["its rules were not read", shown([listener([], { hosts: null })], "a"), "unclear"],
  ["there is no listener", shown([], "a"), "unknown"],
] satisfies readonly Row[];
