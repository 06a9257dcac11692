import { describe, expect, it } from "vitest";
import { reachOf, reachWords, readNodeGroups } from "../../src/analysis/node-groups.ts";

/** As Cluster Autoscaler wrote it up to 1.29. */
const TEXT = `Cluster-autoscaler status at 2023-11-02 10:15:31.661669494 +0000 UTC:
Cluster-wide:
  Health:      Healthy (ready=9 unready=0 notStarted=0 longNotStarted=0 registered=9 longUnregistered=0)
               LastProbeTime:      2023-11-02 10:15:31.067828801 +0000 UTC
               LastTransitionTime: 2023-11-01 00:38:36.41372897 +0000 UTC
  ScaleUp:     NoActivity (ready=9 registered=9)
  ScaleDown:   NoCandidates (candidates=0)

NodeGroups:
  Name:        eks-web-20c1e0f4-8d3a-6b1f-2c55-0a9be7d31f42
  Health:      Healthy (ready=6 unready=0 notStarted=0 longNotStarted=0 registered=6 longUnregistered=0 cloudProviderTarget=6 (minSize=2, maxSize=10))
               LastProbeTime:      2023-11-02 10:15:31.067828801 +0000 UTC
  ScaleUp:     NoActivity (ready=6 cloudProviderTarget=6)
  ScaleDown:   NoCandidates (candidates=0)

  Name:        nodes.shop.example.com
  Health:      Healthy (ready=3 unready=0 notStarted=0 registered=3 cloudProviderTarget=4 (minSize=0, maxSize=5))
  ScaleUp:     InProgress (ready=3 cloudProviderTarget=4)

`;

/** As it writes it since 1.30; keys in alphabetical order, dashes at the margin. */
const SORTED = `autoscalerStatus: Running
clusterWide:
  health:
    nodeCounts:
      registered:
        ready: 9
    status: Healthy
nodeGroups:
- health:
    cloudProviderTarget: 6
    maxSize: 10
    minSize: 2
    nodeCounts:
      registered:
        ready: 6
        total: 6
    status: Healthy
  name: eks-web-20c1e0f4-8d3a-6b1f-2c55-0a9be7d31f42
  scaleDown:
    status: NoCandidates
  scaleUp:
    backoffInfo:
      errorMessage: |
        name: not this one
        - nor this
        maxSize: 99
    status: Backoff
- health:
    cloudProviderTarget: 4
    maxSize: 5
    minSize: 0
  name: nodes.shop.example.com
time: 2026-08-15 09:15:37.012080408 +0000 UTC
`;

/** The same with the keys in the order of the type, indented and quoted. */
const AS_DECLARED = `time: "2026-08-15 09:15:37 +0000 UTC"
autoscalerStatus: Running
nodeGroups:
  - name: "eks-web-20c1e0f4-8d3a-6b1f-2c55-0a9be7d31f42"
    health:
      status: Healthy
      cloudProviderTarget: 6
      minSize: 2
      maxSize: 10
  - name: 'nodes.shop.example.com'
    health:
      status: Healthy
      cloudProviderTarget: 4
      minSize: 0
      maxSize: 5
`;

const GROUPS = [
  { name: "nodes.shop.example.com", min: 0, max: 5, current: 4 },
  { name: "web", min: 2, max: 10, current: 6 },
];

describe("Cluster Autoscaler's status", () => {
  it.each([
    ["the text up to 1.29", TEXT],
    ["YAML with sorted keys", SORTED],
    ["YAML with keys as declared", AS_DECLARED],
    ["lines that end as on Windows", TEXT.replaceAll("\n", "\r\n")],
  ])("%s", (_, status) => {
    expect(readNodeGroups(status)).toEqual(GROUPS);
  });

  it.each([
    ["nothing", ""],
    ["an autoscaler that begins", "autoscalerStatus: Initializing\ntime: x\n"],
    ["an empty list", "nodeGroups: []\ntime: x\n"],
    ["no group after the head", "nodeGroups:\ntime: x\nname: y\n"],
    ["something else", "<html>\n<p>minSize: 3</p>"],
  ])("names no group where it is %s", (_, status) => {
    expect(readNodeGroups(status)).toEqual([]);
  });

  it("leaves open what it does not tell, and takes it from no other group", () => {
    expect(
      readNodeGroups("nodeGroups:\n- health:\n    status: Healthy\n  name: a\n- name: b\n  health:\n    maxSize: 3\n"),
    ).toEqual([
      { name: "a", min: null, max: null, current: null },
      { name: "b", min: null, max: 3, current: null },
    ]);
  });
});

describe("how far the groups reach", () => {
  const node = (group: string | null, pods = 1) => ({
    name: "n",
    instanceId: null,
    instanceType: null,
    zone: null,
    ip: null,
    allocatableCpu: 4,
    allocatableMemory: null,
    requestedCpu: null,
    group,
    pods,
    busyInBursts: null,
  });

  it("is the sum of their maxima, and the part of it where the pods stand", () => {
    expect(reachOf({ nodeGroups: GROUPS, nodes: [node("web"), node("nodes.shop.example.com", 0)] })).toMatchObject({
      nodes: 15,
      hosting: 10,
    });
  });

  it("counts all of them where the nodes' labels name no group", () => {
    expect(reachOf({ nodeGroups: GROUPS, nodes: [node(null)] })).toMatchObject({ nodes: 15, hosting: 15 });
  });

  it("tells many groups by their number", () => {
    const nodeGroups = Array.from({ length: 30 }, (_, index) => ({ name: `g${index}`, min: 0, max: 2, current: 1 }));
    const reach = reachOf({ nodeGroups });
    expect(reach && reachWords({ pods: 1, nodesNeeded: 1 }, reach)).toEqual({
      line: "1 pod needs 1 node; the node groups reach 60 (30 groups)",
      before: [],
    });
  });
});
