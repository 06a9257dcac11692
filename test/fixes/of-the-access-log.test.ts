import { describe, expect, it } from "vitest";
import limitTheClient from "../../playbooks/fixes/limit-the-client/fix.ts";
import pathOfItsOwn from "../../playbooks/fixes/path-of-its-own/fix.ts";
import takeTargetOut from "../../playbooks/fixes/take-target-out/fix.ts";
import type { Facts } from "../../src/model/facts.ts";
import type { Fix } from "../../src/model/judgement.ts";
import type { Cause } from "../../src/model/vocabulary.ts";
import { parted, requestLog, row } from "../signals/logs.ts";
import { MAIN_VERDICT, mainFacts } from "./main-facts.ts";

const HOSTILE = "$(touch x)";
const GROUP = { arn: "arn:aws:elasticloadbalancing:eu-west-2:111122223333:shop", name: "shop" };
const verdict = (rootCause: Cause) => ({ ...MAIN_VERDICT, rootCause });
const known = (rows: ReturnType<typeof requestLog>, more: Partial<Facts> = {}) => ({
  ...mainFacts(),
  suspect: { group: GROUP, isOwn: true } as Facts["suspect"],
  log: rows["request-log"],
  ...more,
});
const said = (fix: Fix | null) =>
  [fix?.title, fix?.why, fix?.risk, ...(fix?.preconditions ?? []), ...(fix?.arithmetic ?? [])].join("\n");
const bare = (text: string) => text.replaceAll(/'[^']*'/g, "");
const commandsOf = (fix: Fix | null) => [
  ...(fix?.changes ?? []).map(({ command }) => command),
  ...(fix?.preconditions ?? [])
    .filter((text) => /\b(?:aws|kubectl) /.test(text))
    .map((text) => text.slice(text.search(/\b(?:aws|kubectl) /))),
  ...(fix?.rollback ?? []),
];

describe("one bad target", () => {
  const rows = requestLog(
    ...[0, 1].flatMap((episode) => [
      row(episode, "target", ["10.0.3.7:8080"], [[100, 0.9]]),
      row(episode, "target-path", ["10.0.3.7:8080", "GET", "/"], [[100, 0.9]]),
      ...["10.0.3.8:8080", "10.0.3.9:8080"].flatMap((other) => [
        row(episode, "target", [other], [[100, 0.1]]),
        row(episode, "target-path", [other, "GET", "/"], [[100, 0.1]]),
      ]),
    ]),
  );
  const withPod = (name: string, node: string): Partial<Facts> => {
    const { workload, topology } = mainFacts();
    const [pod] = workload.pods;
    return {
      workload: { ...workload, pods: pod ? [{ ...pod, name, node, ip: "10.0.3.7" }] : [] },
      topology: { ...topology, healthy: 3 },
    };
  };
  const of = (targetType: "ip" | "instance") => {
    const check = { path: "/", matcher: "200", interval: 30, timeout: 5 };
    return { targetGroups: [{ ...GROUP, targetType, protocol: "HTTP", port: 80, healthCheck: check, tags: {} }] };
  };
  const fixed = (more: Partial<Facts>) =>
    takeTargetOut.propose(known(rows, { ...of("ip"), ...more }), verdict("bad-target"), []);

  it("is the pod with its address, which is deleted while the others can carry its share", () => {
    const fix = fixed(withPod("shop-7", "node-1"));
    expect(fix?.changes.map(({ command }) => command)).toEqual([
      `kubectl delete pod -n ${mainFacts().workload.namespace} shop-7`,
    ]);
    expect(said(fix)).toContain("3 / 2 = 1.5 times the requests each");
    expect(said(fix)).toContain("9 times as long as the others");
    expect(said(fix)).toContain("kubectl cordon node-1");
    expect(fix?.rollback).toEqual(["kubectl uncordon node-1"]);
  });

  it("is deregistered where no pod has its address", () => {
    const { topology } = mainFacts();
    const fix = fixed({ topology: { ...topology, healthy: 3 } });
    expect(fix?.changes).toEqual([]);
    expect(said(fix)).toContain("--targets Id=10.0.3.7,Port=8080");
    expect(fix?.rollback[0]).toContain("register-targets");
  });

  it("is not removed before another one is there, where it is the only one", () => {
    const more = withPod("shop-7", "node-1");
    const fix = fixed({ ...more, topology: { ...mainFacts().topology, healthy: 1 } });
    expect(said(fix)).toContain("start another one first");
    expect(said(fix)).not.toMatch(/Infinity|NaN/);
  });

  it("has no name that a shell would run", () => {
    const commands = commandsOf(fixed(withPod(HOSTILE, HOSTILE)));
    expect(commands.length).toBeGreaterThan(2);
    for (const command of commands) expect(bare(command)).not.toContain("$(");
  });

  it("is nobody's where the log does not show it: the nodes' disks did, and its worst target may be another", () => {
    expect(fixed({ ...withPod("shop-7", "node-1"), ...of("instance") })).toBeNull();
  });

  it("is nobody's without an access log, or with another cause", () => {
    expect(takeTargetOut.propose(mainFacts(), verdict("bad-target"), [])).toBeNull();
    expect(takeTargetOut.propose(known(rows), verdict("slow-dependency"), [])).toBeNull();
  });
});

describe("one client", () => {
  /** Two episodes of ten minutes, and a quiet stretch of twenty. */
  const rows = (storm: number, other = 300) =>
    requestLog(
      row(0, "all", [], [[storm + other, 1]]),
      row(0, "client", ["192.0.2.1"], [[storm, 1]]),
      row(0, "client", ["192.0.2.2"], [[other, 1]]),
      row(2, "all", [], [[440, 0.1]]),
      row(2, "client", ["192.0.2.1"], [[40, 0.1]]),
      row(2, "client", ["192.0.2.2"], [[400, 0.1]]),
    );
  const fixed = (storm: number, other?: number, more: Partial<Facts> = {}) =>
    limitTheClient.propose(known(rows(storm, other), more), verdict("client-storm"), []);

  it("is limited between what others send and what it sends", () => {
    const fix = fixed(20_000);
    // 20 a minute is the most of the other: twice that.
    expect(fix?.changes[0]?.command).toContain('"Limit":40,"EvaluationWindowSec":60');
    expect(fix?.changes[0]?.command).toContain('"Action":{"Count":{}}');
    expect(said(fix)).toContain("limit: 2 × 20 a minute, in tens: 40 in 60 s");
    expect(said(fix)).toContain("1015 a minute, with the limit about 55 (5.4 %)");
  });

  it("is only asked where others send as much", () => {
    const fix = fixed(20_000, 15_000);
    expect(fix?.changes).toEqual([]);
    expect(fix?.title).toContain("ask whoever runs 192.0.2.1");
    expect(said(fix)).not.toContain("create-web-acl");
  });

  it("has no name that a shell would run", () => {
    const { loadBalancer } = mainFacts();
    const hostile = { loadBalancer: { ...loadBalancer, arn: HOSTILE, name: HOSTILE } };
    const of = commandsOf(fixed(20_000, 300, hostile)).map((text) => bare(text).replaceAll("$(aws wafv2 list", ""));
    for (const command of of) expect(command).not.toContain("$(");
  });
});

describe("one path", () => {
  const rows = (template = "/reports/*") =>
    parted("path", ["GET", template], [[[600, 4]], [[6000, 0.05]]], [[[20, 4]], [[6000, 0.05]]]);
  const fixed = (log = rows(), more: Partial<Facts> & { groups?: Facts["targetGroups"] } = {}) =>
    pathOfItsOwn.propose(known(log, more), verdict("expensive-endpoint"), []);

  it("needs as many workers as are at work at a time, and room for chance", () => {
    const fix = fixed();
    // 600 in ten minutes are one a second; each takes 4 s.
    expect(said(fix)).toContain("in its busiest episode 1 a second × 4 s = 4 at work at a time");
    expect(said(fix)).toContain("4 + 2 × √4 = 8 workers");
    expect(said(fix)).toContain('[{"Field":"path-pattern","PathPatternConfig":{"Values":["/reports/*"]}}]');
  });

  it("is a path of the Ingress where the controller makes the rules", () => {
    const group = { ...GROUP, tags: { "ingress.k8s.aws/stack": "x" } };
    const groups = [group as unknown as Facts["targetGroups"][number]];
    const fix = fixed(rows(), { groups });
    expect(said(fix)).toContain("the path /reports/* in the Ingress");
    expect(said(fix)).not.toContain("create-rule");
  });

  it("gives no rule for what no rule could take", () => {
    expect(said(fixed(rows(`/${HOSTILE}`)))).not.toContain("create-rule");
    const rules = commandsOf(fixed(rows("/it's/*"))).filter((command) => command.includes("create-rule"));
    expect(rules).toHaveLength(1);
    for (const command of rules) expect(command).toContain("'\\''");
  });
});
