import { describe, expect, it } from "vitest";
import targetsWithPods from "../../playbooks/fixes/targets-with-pods/fix.ts";
import { lostShare } from "../../playbooks/fixes/targets-with-pods/share.ts";
import type { Facts, TargetGroupFact } from "../../src/model/facts.ts";
import { nodesOfTargets } from "../signals/connections.ts";
import { groupFacts, said, verdictOf } from "./group-facts.ts";

const MADE_BY_CONTROLLER = { "service.k8s.aws/stack": "default/data-service" };
/** Two of five nodes hold a pod; the three others fail their check. */
const NODES = nodesOfTargets([1, false], [1, false], [0, true], [0, true], [0, true]);

function proposed(more: {
  readonly tags?: { readonly [key: string]: string };
  readonly nodes?: ReturnType<typeof nodesOfTargets>;
  readonly workload?: Partial<Facts["workload"]>;
  readonly check?: Partial<TargetGroupFact["healthCheck"]>;
  readonly topology?: Partial<Facts["topology"]>;
}) {
  const facts = groupFacts({
    tags: more.tags ?? {},
    workload: { replicas: 2, ...more.workload },
    topology: { crossZone: "true", ...more.topology },
    service: { externalTrafficPolicy: "Local", healthCheckNodePort: 30_517 },
  });
  const [group] = facts.targetGroups;
  const healthCheck = { ...group?.healthCheck, interval: 10, unhealthy: 2, ...more.check };
  return targetsWithPods.propose(
    {
      ...facts,
      targetGroups: [{ ...group, targetType: "instance", healthCheck }],
      targets: (more.nodes ?? NODES).nodesOfTargets,
    } as never,
    verdictOf("local-policy-blackhole"),
    [],
  );
}

describe("a pod behind each target", () => {
  it("is the pods themselves as targets, with the client's address, where the controller made the group", () => {
    const fix = proposed({ tags: MADE_BY_CONTROLLER });
    expect(fix?.changes[0]).toMatchObject({ target: "Service default/data-service" });
    expect(JSON.parse(fix?.changes[0]?.patch ?? "{}").metadata.annotations).toEqual({
      "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
      "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes": "preserve_client_ip.enabled=true",
    });
    expect(fix?.rollback[0]).toContain('"service.beta.kubernetes.io/aws-load-balancer-nlb-target-type":"instance"');
  });

  it("is policy Cluster where there are fewer pods than nodes, and says what that costs", () => {
    const fix = proposed({});
    expect(JSON.parse(fix?.changes[0]?.patch ?? "{}")).toEqual({ spec: { externalTrafficPolicy: "Cluster" } });
    expect(fix?.rollback[0]).toContain('{"spec":{"externalTrafficPolicy":"Local"}}');
    expect(fix?.risk).toContain("instead of the client's");
    expect(fix?.preconditions.join()).toContain("a DaemonSet, or 3 pods more and a topology spread,");
  });

  it("warns that the check's port goes away with policy Local, where the check asks it", () => {
    expect(said(proposed({ check: { port: "30517" } }))).toContain("the health check asks port 30517");
    expect(said(proposed({ check: { port: "traffic-port" } }))).not.toContain("the health check asks port");
  });

  it("is a topology spread where there is a pod for each node", () => {
    const fix = proposed({ workload: { replicas: 5 } });
    expect(fix?.changes[0]?.patch).toContain('"kubernetes.io/hostname"');
    expect(fix?.notOffered?.[0]?.because).toContain("5 pods would do for 5 nodes");
    const held = { replicas: 5, spread: ["kubernetes.io/hostname, maxSkew 1, ScheduleAnyway"] };
    expect(proposed({ workload: held })?.title).toContain("externalTrafficPolicy Cluster");
  });

  it("names the nodes without a pod, and counts what goes to them", () => {
    const text = said(proposed({}));
    expect(text).toContain("3 of 5 targets without a ready pod: node-3 (eu-central-1a), node-4");
    expect(text).toContain("0 of them are healthy to the load balancer now, among 2: 0 % of new connections");
    expect(text).toContain("2 × 10 s = 20 s");
    expect(text).toContain("2 pods leave at least 3 of 5 nodes empty");
  });

  it("counts by zone where cross-zone load balancing is off", () => {
    // The first zone has a pod on one of its two nodes, the second on its only one.
    const { nodesOfTargets: known } = nodesOfTargets([1, false], [0, false], [1, false]);
    const nodes = { nodesOfTargets: known.map((one, index) => (index === 2 ? { ...one, zone: "b" } : one)) };
    const of = (crossZone: string | null) => said(proposed({ nodes, topology: { crossZone } }));
    expect(of("true")).toContain("among 3: 33 % of new connections go to a node without a pod\n");
    expect(of("false")).toContain("among 3: 25 % of new connections go to a node without a pod (each zone");
    expect(of(null)).toContain("33 %");
    expect(lostShare(nodes.nodesOfTargets, null, null)).toEqual({ share: null, isZonal: false });
    expect(lostShare(known, null, null).share).toBeCloseTo(1 / 3);
  });

  it("counts all targets where none is healthy: the load balancer then sends to all of them", () => {
    const { nodesOfTargets: known } = nodesOfTargets([1, true], [0, true], [0, true], [0, true]);
    expect(lostShare(known, "true", null).share).toBe(0.75);
  });

  it("is nothing where each target has a pod, or for another cause", () => {
    expect(proposed({ nodes: nodesOfTargets([1, false], [1, true]) })).toBeNull();
    expect(targetsWithPods.propose(groupFacts({}), verdictOf("no-healthy-targets"), [])).toBeNull();
  });
});
