import { describe, expect, test } from "vitest";
import { iso } from "../../src/model/time.ts";
import { NOW } from "../metric-kinds/world.ts";
import { alarmOn, balancer, investigated, judged, level, SPIKE } from "./account.ts";

const ACM = "arn:aws:acm:eu-west-2:111122223333:certificate/web";
const held = (notAfter: number, more: object = {}) => ({
  Certificate: {
    CertificateArn: ACM,
    DomainName: "web.example.com",
    Status: "ISSUED",
    Type: "IMPORTED",
    NotAfter: iso(notAfter),
    InUseBy: ["arn:lb"],
    ...more,
  },
});
const shown = (arn = ACM, groups = ["web"]) =>
  balancer(groups, { DescribeListenerCertificates: { Certificates: [{ CertificateArn: arn, IsDefault: true }] } });
const clients = {
  alarm: alarmOn("ClientTLSNegotiationErrorCount"),
  metrics: { ClientTLSNegotiationErrorCount: level(1, 300), RequestCount: level(900, 100) },
};

test("a certificate that ended when clients began to fail is named, with how the next one is imported", async () => {
  const session = await investigated(clients, { ...shown(), DescribeCertificate: held(SPIKE) });
  expect(session.playbook).toBe("tls");
  expect(session.verdict).toMatchObject({ rootCause: "tls-failure", confidence: "confirmed" });
  expect(session.verdict?.headline).toContain("web.example.com");
  const fix = session.fixes.find(({ id }) => id === "renew-certificate");
  expect(fix?.changes[0]?.command).toContain(`aws acm import-certificate --certificate-arn ${ACM}`);
});

test("one that holds is not blamed", async () => {
  const session = await investigated(clients, { ...shown(), DescribeCertificate: held(NOW + 90 * 86_400) });
  expect(session.verdict?.rootCause).toBeNull();
  expect(judged(session, "tls-failure")).toMatchObject({ status: "undetermined" });
});

test("a name of the rules without a certificate is told, and named as no cause", async () => {
  const answers = { ...shown(ACM, ["web", "pay"]), DescribeCertificate: held(NOW + 90 * 86_400) };
  const session = await investigated(clients, answers);
  expect(session.verdict?.rootCause).toBeNull();
  expect(judged(session, "tls-failure")).toEqual({
    status: "supported",
    because: "no certificate on port 443 is for pay.example.com",
  });
});

test("a certificate of IAM is told as what it is, and nothing is concluded", async () => {
  const arn = "arn:aws:iam::111122223333:server-certificate/old-web";
  const session = await investigated(clients, shown(arn));
  expect(session.verdict?.rootCause).toBeNull();
  const gap = session.gaps.find(({ what }) => what.includes(arn));
  expect(gap?.remedy).toContain("aws iam get-server-certificate --server-certificate-name old-web");
});

test("most handshakes with one group's targets fail, and no new certificate is offered for it", async () => {
  const metrics = {
    TargetTLSNegotiationErrorCount: level(null, 300),
    "TargetTLSNegotiationErrorCount cart": level(null, null),
    TargetResponseTime: level(0.1, null),
  };
  const alarm = alarmOn("TargetTLSNegotiationErrorCount");
  const session = await investigated(
    { alarm, metrics },
    { ...shown(ACM, ["web", "cart"]), DescribeCertificate: held(NOW) },
  );
  expect(session.verdict).toMatchObject({ rootCause: "tls-failure", confidence: "confirmed" });
  expect(session.verdict?.headline).toContain("targets of web");
  const fix = session.fixes.find(({ id }) => id === "renew-certificate");
  expect(fix?.changes).toEqual([]);
  expect(fix?.notOffered?.[0]?.because).toContain("accepts any certificate from a target");
});

test.each([
  ["that was imported", { Type: "IMPORTED" }, "confirmed", "never renews it"],
  [
    "whose validation is missing",
    {
      Type: "AMAZON_ISSUED",
      RenewalSummary: {
        RenewalStatus: "PENDING_VALIDATION",
        DomainValidationOptions: [
          {
            DomainName: "web.example.com",
            ValidationStatus: "PENDING_VALIDATION",
            ResourceRecord: { Name: "_x.web.example.com.", Type: "CNAME", Value: "_y.acm-validations.aws." },
          },
        ],
      },
    },
    "confirmed",
    "waits for the validation of web.example.com",
  ],
  ["that will be renewed", { Type: "AMAZON_ISSUED" }, "none", "not established"],
] as const)("the days of a certificate %s", async (_, more, confidence, words) => {
  const alarm = alarmOn("DaysToExpiry", {
    namespace: "AWS/CertificateManager",
    dimensions: { CertificateArn: ACM },
    statistic: "Minimum",
    comparison: "LessThanThreshold",
    threshold: 30,
  });
  const metrics = { DaysToExpiry: level(40, 20) };
  const session = await investigated({ alarm, metrics }, { DescribeCertificate: held(NOW + 20 * 86_400, more) });
  expect(session.playbook).toBe("tls");
  expect(session.verdict).toMatchObject({ confidence });
  expect(session.verdict?.headline).toContain(words);
});

describe("on a Network Load Balancer", () => {
  const on = (metric: string) =>
    alarmOn(metric, { namespace: "AWS/NetworkELB", dimensions: { LoadBalancer: "net/shop/0123456789abcdef" } });

  test("a certificate that ended when clients began to fail is named", async () => {
    const metrics = { ClientTLSNegotiationErrorCount: level(1, 300) };
    const session = await investigated(
      { alarm: on("ClientTLSNegotiationErrorCount"), metrics },
      { ...shown(), DescribeCertificate: held(SPIKE) },
    );
    expect(session.playbook).toBe("tls");
    expect(session.verdict).toMatchObject({ rootCause: "tls-failure", confidence: "confirmed" });
  });

  test.each([
    ["a tenth of the sessions with targets do not come about", 100, 800, "confirmed"],
    ["one of a hundred does not", 30, 3000, "undetermined"],
  ])("%s, of all target groups together", async (_, failed, begun, status) => {
    const metrics = { TargetTLSNegotiationErrorCount: level(null, failed), NewFlowCount_TLS: level(begun, begun) };
    const session = await investigated(
      { alarm: on("TargetTLSNegotiationErrorCount"), metrics },
      { ...shown(), DescribeCertificate: held(NOW + 90 * 86_400) },
    );
    expect(judged(session, "tls-failure").status).toBe(status);
    const told = session.findings.find(({ id }) => id === "certificates.handshakes")?.statement;
    expect(told).toMatch(/ with targets of shop, beside [\d,]+ sessions$/);
  });
});
