import { atQuota, autoscaler, nodes, podCpu, workers } from "../pods.ts";
import type { Row } from "../row.ts";

const room = nodes(0.5);

export default [
  ["the nodes are full", { ...podCpu(), ...nodes(0.95) }, "yes"],
  [
    "the nodes are full, and each worker has its core",
    { ...podCpu({ plateau: 0.9 }), ...nodes(0.95), ...workers() },
    "unclear",
  ],
  [
    "the nodes are full, and each worker has three quarters of a core",
    { ...podCpu({ plateau: 0.75 }), ...nodes(0.95), ...workers() },
    "yes",
  ],
  ["some pods idle and the nodes have room", { ...podCpu({ jain: 0.7 }), ...room }, "no"],
  ["some pods idle and the nodes are not known", { ...atQuota(0.95, { jain: 0.7 }), ...nodes(null) }, "no"],
  ["the pods use half of their quota", { ...atQuota(0.5), ...room }, "no"],
  ["the pods' quota is not known", { ...podCpu(), ...room }, "unknown"],
  ["half of the quota, and the nodes nearly full", { ...atQuota(0.5), ...nodes(0.85) }, "unclear"],
  ["half of the quota, and the nodes not known", { ...atQuota(0.5), ...nodes(null) }, "unknown"],
  ["close to the quota", { ...atQuota(0.8), ...room }, "unclear"],
  ["at the quota, the pods neither alike nor apart", { ...atQuota(0.95, { jain: 0.87 }), ...room }, "unclear"],
  ["at the quota, the autoscaler not known", { ...atQuota(0.95), ...room }, "unknown"],
  ["at the quota and at the maximum", { ...atQuota(0.95), ...room, ...autoscaler(1) }, "yes"],
  [
    "at the quota, throttled, and the nodes have room",
    { ...atQuota(0.95, { throttledShare: 0.6 }), ...room, ...autoscaler("absent") },
    "no",
  ],
  ["at the quota, and the autoscaler has pods to give", { ...atQuota(0.95), ...room, ...autoscaler(0) }, "unclear"],
  ["at the quota, throttling not known", { ...atQuota(0.95), ...room, ...autoscaler("absent") }, "unclear"],
  [
    "at the quota, not throttled, the nodes nearly full",
    { ...atQuota(0.95, { throttledShare: 0 }), ...nodes(0.85), ...autoscaler("absent") },
    "unclear",
  ],
  [
    "at the quota, not throttled, and nothing adds pods",
    { ...atQuota(0.95, { throttledShare: 0 }), ...room, ...autoscaler("absent") },
    "unclear",
  ],
] satisfies readonly Row[];
