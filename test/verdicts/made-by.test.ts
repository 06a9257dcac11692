import { describe, expect, it } from "vitest";
import { balancerGroup } from "../../simulator/answers/subnets.ts";
import { solveWorld } from "../../simulator/solve.ts";
import type { WorldKind } from "../../simulator/worlds.ts";
import type { Session } from "../../src/model/session.ts";
import { drawn } from "../simulator/drawn.ts";

/** Worlds of which only CloudTrail knows who made the trouble; another load balancer was changed a minute before. */
const KINDS: readonly (readonly [WorldKind, number, { cause: string; call: string; undo: RegExp }])[] = [
  [
    "expired-certificate-shown",
    2,
    {
      cause: "tls-failure",
      call: "ModifyListener",
      undo: /^aws elbv2 modify-listener --listener-arn \S+ --certificates CertificateArn=arn:aws:acm:\S+$/,
    },
  ],
  [
    "check-changed-on-classic",
    1,
    {
      cause: "no-healthy-targets",
      call: "ConfigureHealthCheck",
      undo: /^aws elb configure-health-check --load-balancer-name \S+ --health-check Target=HTTP:/,
    },
  ],
];

const undo = ({ fixes }: Session) => fixes.find(({ id }) => id === "undo-change");

describe.each(KINDS)("%s", (kind, seed, { cause, call, undo: command }) => {
  const { world } = drawn(kind, seed);
  const readable = { ...world, scenario: { ...world.scenario, seen: { ...world.scenario.seen, missing: [] } } };

  it("names the change, with what it was before, and undoes exactly it", async () => {
    const session = await solveWorld(readable);
    expect(session.verdict?.rootCause).toBe(cause);
    const changes = session.facts.changes?.changes ?? [];
    const own = changes.find((one) => one.call === call && one.reaches === "yes");
    expect(own?.settings.some(({ before, after }) => typeof before === "string" && before !== after)).toBe(true);
    expect(session.verdict?.summary).toContain("It began with a change at");
    expect(session.verdict?.summary).toContain("Admin (alex)");
    expect(undo(session)?.changes.map((one) => one.command)).toEqual([expect.stringMatching(command)]);
    const others = changes.filter(({ by }) => by?.name === "sam");
    expect(others.length).toBeGreaterThan(0);
    expect(others.map(({ reaches }) => reaches)).toEqual(others.map(() => "no"));
  });

  it("is told alike without CloudTrail, and names nobody", async () => {
    const session = await solveWorld(readable, (question, answer) =>
      question.source === "cloudtrail"
        ? { status: "failed", failure: { kind: "forbidden", message: "CloudTrail does not permit it" } }
        : answer,
    );
    expect(session.verdict?.rootCause).toBe(cause);
    expect(session.verdict?.summary).not.toContain("change at");
    expect(undo(session)).toBeUndefined();
  });

  it("names nobody where only another load balancer was changed just before", async () => {
    const trail = (world.scenario.trail ?? []).filter(({ arn }) => arn.endsWith("user/sam"));
    const session = await solveWorld({ ...readable, scenario: { ...readable.scenario, trail } });
    expect(trail.length).toBeGreaterThan(0);
    expect(session.verdict?.rootCause).toBe(cause);
    expect(session.verdict?.summary).not.toContain("change at");
    expect(undo(session)).toBeUndefined();
  });
});

describe("a listener that takes TLS 1.3 alone", () => {
  const { world } = drawn("no-common-cipher", 1);
  const readable = { ...world, scenario: { ...world.scenario, seen: { ...world.scenario.seen, missing: [] } } };
  const solved = (trail = world.scenario.trail ?? []) =>
    solveWorld({ ...readable, scenario: { ...readable.scenario, trail } });

  it("is the cause where CloudTrail records since when, and who made it so", async () => {
    const { verdict } = await solved();
    expect(verdict).toMatchObject({ rootCause: "tls-failure", confidence: "confirmed" });
    expect(verdict?.headline).toContain("Admin (alex): sslPolicy → ELBSecurityPolicy-TLS13-1-3-2021-06");
  });

  it("stays open where nothing is recorded", async () => {
    expect((await solved([])).verdict?.rootCause).toBeNull();
  });
});

describe("a Classic Load Balancer whose instances no longer let it in", () => {
  const { world } = drawn("check-changed-on-classic", 1);
  const { scenario } = world;
  const at = scenario.trail?.find((one) => one.name === "ConfigureHealthCheck" && one.at > 0)?.at ?? Number.NaN;
  const solved = (groupId: string) => {
    const items = [{ ipProtocol: "tcp", fromPort: 80, toPort: 80, groups: { items: [{ groupId }] } }];
    const request = { groupId: "sg-0123456789abcdef0", ipPermissions: { items } };
    const arn = `arn:aws:iam::${scenario.place.account}:user/kim`;
    const revoked = { at, arn, name: "RevokeSecurityGroupIngress", source: "ec2", request };
    return solveWorld({
      ...world,
      scenario: { ...scenario, seen: { ...scenario.seen, missing: [] }, trail: [revoked] },
    });
  };

  it("names the rule that was removed where it let the load balancer's group in", async () => {
    const session = await solved(balancerGroup(scenario));
    expect(session.verdict?.summary).toContain("It began with a change at");
    expect(session.verdict?.summary).toContain("user kim");
    expect(undo(session)?.changes[0]?.command).toContain("aws ec2 authorize-security-group-ingress");
  });

  it("says only that it may have been it where whom the rule let in is not known to be the load balancer", async () => {
    const session = await solved("sg-0fedcba9876543210");
    expect(session.verdict?.summary).toContain("may have caused it");
    expect(undo(session)).toBeUndefined();
  });
});
