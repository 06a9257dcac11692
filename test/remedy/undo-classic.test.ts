import { expect, it } from "vitest";
import type { ChangeFact } from "../../src/model/facts.ts";
import { undoCommand } from "../../src/remedy/undo.ts";
import { change } from "./change.ts";

/* Calls on a Classic Load Balancer. */

const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/1";
const shop = [{ kind: "load balancer", id: "old-shop" }] as const;
const check = (member: string, before: string, after = before) => ({ name: `healthCheck.${member}`, before, after });

it.each<readonly [string, Partial<ChangeFact>, string]>([
  [
    "a classic health check",
    {
      call: "ConfigureHealthCheck",
      touches: shop,
      settings: [
        check("target", "HTTP:80/healthz", "HTTP:80/ready"),
        check("interval", "30"),
        check("timeout", "5"),
        check("unhealthyThreshold", "2"),
        check("healthyThreshold", "10"),
      ],
    },
    "aws elb configure-health-check --load-balancer-name old-shop --health-check Target=HTTP:80/healthz,Interval=30,Timeout=5,UnhealthyThreshold=2,HealthyThreshold=10",
  ],
  [
    "classic attributes",
    {
      call: "ModifyLoadBalancerAttributes",
      touches: shop,
      settings: [
        { name: "connectionDraining.enabled", before: "true", after: "false" },
        { name: "connectionSettings.idleTimeout", before: "60", after: "10" },
        { name: "elb.http.desyncmitigationmode", before: "defensive", after: "strictest" },
      ],
    },
    `aws elb modify-load-balancer-attributes --load-balancer-name old-shop --load-balancer-attributes '{"ConnectionDraining":{"Enabled":true},"ConnectionSettings":{"IdleTimeout":60},"AdditionalAttributes":[{"Key":"elb.http.desyncmitigationmode","Value":"defensive"}]}'`,
  ],
  [
    "the certificate of a classic listener",
    {
      call: "SetLoadBalancerListenerSSLCertificate",
      touches: shop,
      settings: [{ name: "certificate of port 443", before: CERTIFICATE, after: "other" }],
    },
    `aws elb set-load-balancer-listener-ssl-certificate --load-balancer-name old-shop --load-balancer-port 443 --ssl-certificate-id ${CERTIFICATE}`,
  ],
  [
    "the policies of a classic listener",
    {
      call: "SetLoadBalancerPoliciesOfListener",
      touches: shop,
      settings: [{ name: "policies of port 443", before: "a, b", after: "none" }],
    },
    "aws elb set-load-balancer-policies-of-listener --load-balancer-name old-shop --load-balancer-port 443 --policy-names a b",
  ],
  [
    "a policy towards instances",
    {
      call: "SetLoadBalancerPoliciesForBackendServer",
      touches: shop,
      settings: [{ name: "policies of instance port 8080", before: "none", after: "proxy" }],
    },
    "aws elb set-load-balancer-policies-for-backend-server --load-balancer-name old-shop --instance-port 8080 --policy-names '[]'",
  ],
  [
    "classic security groups",
    {
      call: "ApplySecurityGroupsToLoadBalancer",
      touches: shop,
      settings: [{ name: "securityGroups", before: "sg-1, sg-2", after: "sg-3" }],
    },
    "aws elb apply-security-groups-to-load-balancer --load-balancer-name old-shop --security-groups sg-1 sg-2",
  ],
  [
    "a subnet that was taken away",
    {
      call: "DetachLoadBalancerFromSubnets",
      touches: shop,
      settings: [{ name: "subnet subnet-1", before: "attached", after: null }],
    },
    "aws elb attach-load-balancer-to-subnets --load-balancer-name old-shop --subnets subnet-1",
  ],
  [
    "a zone that was added",
    {
      call: "EnableAvailabilityZonesForLoadBalancer",
      touches: shop,
      settings: [{ name: "zone eu-west-1a", before: null, after: "attached" }],
    },
    "aws elb disable-availability-zones-for-load-balancer --load-balancer-name old-shop --availability-zones eu-west-1a",
  ],
])("undoes %s", (_, one, command) => {
  expect(undoCommand(change(one), null)).toBe(command);
});

it.each<readonly [string, Partial<ChangeFact>]>([
  [
    "of a classic health check not all of before is known",
    {
      call: "ConfigureHealthCheck",
      touches: shop,
      settings: [check("target", "HTTP:80/healthz"), { name: "healthCheck.interval", after: "30" }],
    },
  ],
  [
    "where a Classic Load Balancer's logs go would be lost",
    {
      call: "ModifyLoadBalancerAttributes",
      touches: shop,
      settings: [{ name: "accessLog.enabled", before: "true", after: "false" }],
    },
  ],
])("writes no command where %s", (_, one) => {
  expect(undoCommand(change(one), null)).toBeNull();
});
