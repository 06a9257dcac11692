import type { ContainerCpu } from "../../../src/model/facts.ts";
import { podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

const used: ContainerCpu = { name: "app", role: "serving", plateau: 0.1, limit: null, throttledShare: null };
const beside = { name: "edge", image: "registry.example/edge:3", command: [] };
const workload = (other: object) => ({
  workload: {
    serving: { name: "app" },
    containers: [
      { name: "app", image: null, command: [] },
      { ...beside, ...other },
    ],
  },
});
const busy = (container?: string) => podCpu({ containers: [used], ...(container ? { container } : {}) });

export default [
  ["the serving container is the busy one", { ...busy(), ...workload({}) }, "yes"],
  ["another one is, by its image a proxy", { ...busy("edge"), ...workload({ image: "envoy:1.3" }) }, "yes"],
  ["another one is, by its program a proxy", { ...busy("edge"), ...workload({ command: ["/usr/sbin/nginx"] }) }, "yes"],
  ["another one is, which may be anything", { ...busy("edge"), ...workload({}) }, "unclear"],
  ["another one is, which the pods do not list", { ...busy("old"), ...workload({}) }, "unclear"],
  ["the containers' CPU is not known", { ...podCpu(), ...workload({}) }, "unknown"],
] satisfies readonly Row[];
