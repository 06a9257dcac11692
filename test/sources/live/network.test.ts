import { expect, test } from "vitest";
import type { Question } from "../../../src/model/question.ts";
import { describeCertificate } from "../../../src/sources/acm/questions.ts";
import {
  describeNetworkAcls,
  describeNetworkInterfaces,
  describeSecurityGroups,
  describeSubnets,
} from "../../../src/sources/ec2/questions.ts";
import { describeListenerCertificates } from "../../../src/sources/elbv2/listeners.ts";
import { canned, PATIENT, rig } from "./rig.ts";

/*
 * EC2 has names of its own on the wire, and ACM has times as figures: what the vendor's clients make of them is what the
 * parsers must read. Each question is asked by the real client, and what it asks must come out as it was.
 */
const CASES = [
  [
    describeSecurityGroups(["sg-1", "sg-2"]),
    {
      SecurityGroups: [
        {
          GroupId: "sg-1",
          GroupName: "targets",
          IpPermissions: [
            { IpProtocol: "tcp", FromPort: 80, ToPort: 81, UserIdGroupPairs: [{ GroupId: "sg-2" }] },
            { IpProtocol: "-1", IpRanges: [{ CidrIp: "10.0.0.0/8" }], Ipv6Ranges: [{ CidrIpv6: "::/0" }] },
            { IpProtocol: "icmp", FromPort: -1, ToPort: -1, PrefixListIds: [{ PrefixListId: "pl-1" }] },
          ],
        },
      ],
    },
    [
      {
        id: "sg-1",
        name: "targets",
        inbound: [
          { protocol: "tcp", ports: { from: 80, to: 81 }, groups: ["sg-2"], cidrs: [], prefixLists: [] },
          { protocol: "-1", ports: null, groups: [], cidrs: ["10.0.0.0/8", "::/0"], prefixLists: [] },
          { protocol: "icmp", ports: null, groups: [], cidrs: [], prefixLists: ["pl-1"] },
        ],
        outbound: [],
      },
    ],
  ],
  [
    describeNetworkInterfaces("addresses.private-ip-address", ["10.0.0.1", "10.0.0.2"]),
    {
      NetworkInterfaces: [
        {
          NetworkInterfaceId: "eni-1",
          SubnetId: "subnet-1",
          PrivateIpAddress: "10.0.0.9",
          PrivateIpAddresses: [{ PrivateIpAddress: "10.0.0.9" }, { PrivateIpAddress: "10.0.0.1" }],
          Attachment: { InstanceId: "i-1", DeviceIndex: 1 },
          Groups: [{ GroupId: "sg-1", GroupName: "targets" }],
        },
      ],
    },
    [
      {
        id: "eni-1",
        subnet: "subnet-1",
        addresses: ["10.0.0.9", "10.0.0.1"],
        instance: "i-1",
        isFirst: false,
        groups: ["sg-1"],
      },
    ],
  ],
  [
    describeSubnets(["subnet-1"]),
    {
      Subnets: [
        { SubnetId: "subnet-1", AvailabilityZone: "eu-1a", CidrBlock: "10.0.0.0/24", AvailableIpAddressCount: 7 },
      ],
    },
    [{ id: "subnet-1", zone: "eu-1a", cidr: "10.0.0.0/24", free: 7 }],
  ],
  [
    describeNetworkAcls(["subnet-1"]),
    {
      NetworkAcls: [
        {
          NetworkAclId: "acl-1",
          Associations: [{ SubnetId: "subnet-1" }],
          Entries: [
            { RuleNumber: 100, Egress: false, RuleAction: "allow", Protocol: "-1", CidrBlock: "0.0.0.0/0" },
            {
              RuleNumber: 110,
              Egress: true,
              RuleAction: "deny",
              Protocol: "6",
              CidrBlock: "10.0.0.0/8",
              PortRange: { From: 1024, To: 65535 },
            },
          ],
        },
      ],
    },
    [
      {
        id: "acl-1",
        subnets: ["subnet-1"],
        entries: [
          { number: 100, isOutbound: false, allows: true, protocol: "-1", cidr: "0.0.0.0/0", ports: null },
          {
            number: 110,
            isOutbound: true,
            allows: false,
            protocol: "6",
            cidr: "10.0.0.0/8",
            ports: { from: 1024, to: 65535 },
          },
        ],
      },
    ],
  ],
  [
    describeCertificate("arn:aws:acm:eu-west-1:111122223333:certificate/c"),
    {
      Certificate: {
        CertificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/c",
        DomainName: "shop.example.com",
        SubjectAlternativeNames: ["shop.example.com", "*.example.com"],
        Status: "ISSUED",
        Type: "AMAZON_ISSUED",
        NotBefore: "2025-06-26T00:00:00Z",
        NotAfter: "2026-06-26T00:00:00Z",
        InUseBy: ["arn:lb"],
        DomainValidationOptions: [{ DomainName: "shop.example.com", ValidationStatus: "SUCCESS" }],
        RenewalSummary: {
          RenewalStatus: "PENDING_VALIDATION",
          DomainValidationOptions: [
            { DomainName: "shop.example.com", ValidationStatus: "SUCCESS", ValidationMethod: "DNS" },
            {
              DomainName: "*.example.com",
              ValidationStatus: "PENDING_VALIDATION",
              ValidationMethod: "DNS",
              ResourceRecord: { Name: "_a.example.com.", Type: "CNAME", Value: "_b.acm-validations.aws." },
            },
          ],
        },
      },
    },
    {
      arn: "arn:aws:acm:eu-west-1:111122223333:certificate/c",
      domains: ["shop.example.com", "*.example.com"],
      status: "ISSUED",
      type: "AMAZON_ISSUED",
      notBefore: Date.UTC(2025, 5, 26) / 1000,
      notAfter: Date.UTC(2026, 5, 26) / 1000,
      renewal: "PENDING_VALIDATION",
      unvalidated: [
        {
          domain: "*.example.com",
          method: "DNS",
          record: { name: "_a.example.com.", type: "CNAME", value: "_b.acm-validations.aws." },
        },
      ],
      usedBy: ["arn:lb"],
    },
  ],
  [
    describeListenerCertificates("arn:listener"),
    {
      Certificates: [
        { CertificateArn: "arn:a", IsDefault: true },
        { CertificateArn: "arn:a", IsDefault: false },
        { CertificateArn: "arn:b", IsDefault: false },
      ],
    },
    [
      { arn: "arn:a", isDefault: true },
      { arn: "arn:b", isDefault: false },
    ],
  ],
] as const;

test.each(CASES.map(([typed, page, read]) => [typed.question.operation, typed, page, read] as const))(
  "%s is asked and read by the vendor's client",
  async (_, { question, parse }, page, read) => {
    const asked: Question[] = [];
    const source = canned([page]);
    const watching = {
      ask: async (one: Question) => {
        asked.push(one);
        return source.ask(one);
      },
    };
    const { live } = await rig({ source: watching }, { limits: PATIENT });
    const answer = await live.ask(question);
    if (answer.status === "failed") throw new Error(answer.failure.message);
    expect(asked).toEqual([question]);
    expect(parse(answer.pages).value).toEqual(read);
  },
);
