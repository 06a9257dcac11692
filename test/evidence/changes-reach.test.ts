import { describe, expect, it } from "vitest";
import { reachOf, type Scene } from "../../playbooks/evidence/changes/reach.ts";
import type { AlarmFact, ChangeFact, Touched } from "../../src/model/facts.ts";
import { alarm } from "../signals/facts.ts";

const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/1";
const ELB = "arn:aws:elasticloadbalancing:eu-west-1:111122223333";
const OWN: Touched = { kind: "listener", id: `${ELB}:listener/app/shop/0123456789abcdef/1` };
const FOREIGN: Touched = { kind: "listener", id: `${ELB}:listener/app/other/0123456789abcdef/1` };
const shown: Touched = { kind: "certificate", id: CERTIFICATE };

const scene = (watched: Partial<AlarmFact>, more: Partial<Scene> = {}): Scene => ({
  alarm: { ...alarm().alarm, dimensions: { LoadBalancer: "app/shop/0123456789abcdef" }, ...watched },
  window: { start: 0, end: 3600 },
  balancer: `${ELB}:loadbalancer/app/shop/0123456789abcdef`,
  dimension: "app/shop/0123456789abcdef",
  loadBalancer: null,
  groups: [],
  suspect: null,
  certificates: new Set([CERTIFICATE]),
  ...more,
});
const changed = (kind: ChangeFact["kind"], touches: readonly Touched[], ...settings: readonly string[]) => ({
  kind,
  touches,
  settings: settings.map((name) => ({ name, after: "x" })),
});

const clients = scene({ metric: "ClientTLSNegotiationErrorCount" });
const targets = scene({ metric: "TargetTLSNegotiationErrorCount" });
const days = scene({ metric: "DaysToExpiry", dimensions: { CertificateArn: CERTIFICATE } }, { dimension: "" });
const classic = scene({ metric: "HTTPCode_ELB_5XX", dimensions: { LoadBalancerName: "shop" } }, { dimension: "" });

type Row = readonly [string, ReturnType<typeof changed>, Scene, ChangeFact["reaches"]];

describe("whether a change can affect", () => {
  it.each<Row>([
    ["its own listener's certificate", changed("certificate", [OWN, shown], "certificates"), clients, "yes"],
    [
      "another listener that gets the same one",
      changed("certificate", [FOREIGN, shown], "certificates"),
      clients,
      "no",
    ],
    ["a rule of the load balancer", changed("routing", [OWN]), clients, "no"],
    ["a security group of it", changed("network", [OWN]), clients, "no"],
    ["a certificate of its listeners", changed("certificate", [shown]), clients, "yes"],
    ["another certificate", changed("certificate", [{ ...shown, id: "other" }]), clients, "no"],
    [
      "a certificate, where not all were read",
      changed("certificate", [shown]),
      scene({ metric: "ClientTLSNegotiationErrorCount" }, { certificates: null }),
      "maybe",
    ],
  ])("clients' handshakes: %s", (_, one, seen, reaches) => {
    expect(reachOf(one, seen).reaches).toBe(reaches);
  });

  it.each<Row>([
    ["a listener's certificate", changed("certificate", [OWN, shown], "certificates"), targets, "no"],
    ["a listener's policy", changed("certificate", [OWN], "sslPolicy"), targets, "yes"],
    ["a rule of the load balancer", changed("routing", [OWN]), targets, "yes"],
  ])("handshakes with targets: %s", (_, one, seen, reaches) => {
    expect(reachOf(one, seen).reaches).toBe(reaches);
  });

  it.each<Row>([
    ["it was imported again", changed("certificate", [shown]), days, "yes"],
    ["a listener no longer shows it", changed("certificate", [OWN, shown]), days, "yes"],
    ["a listener shows another one", changed("certificate", [OWN]), days, "no"],
    ["its alarm was set", changed("alarm", [{ kind: "alarm", id: days.alarm.name }]), days, "yes"],
  ])("how long a certificate is valid: %s", (_, one, seen, reaches) => {
    expect(reachOf(one, seen).reaches).toBe(reaches);
  });

  it.each<Row>([
    ["by its name", changed("health check", [{ kind: "load balancer", id: "shop" }]), classic, "yes"],
    ["of another name", changed("health check", [{ kind: "load balancer", id: "other" }]), classic, "no"],
    [
      "of its name that has an ARN",
      changed("attribute", [{ kind: "load balancer", id: scene({}).balancer }]),
      {
        ...classic,
        balancer: "",
      },
      "no",
    ],
    [
      "of an Application Load Balancer's name",
      changed("health check", [{ kind: "load balancer", id: "shop" }]),
      scene({ metric: "HTTPCode_ELB_5XX_Count" }),
      "no",
    ],
  ])("a Classic Load Balancer %s", (_, one, seen, reaches) => {
    expect(reachOf(one, seen).reaches).toBe(reaches);
  });
});
