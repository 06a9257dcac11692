import { mainFacts } from "../../fixes/main-facts.ts";
import { loadBalancer } from "../balancer.ts";
import { flows } from "../connections.ts";
import { always, episodes, level } from "../facts.ts";
import { targetHealth } from "../groups.ts";
import type { Row } from "../row.ts";

const { workload } = mainFacts();
const serving = (command: readonly string[], environment = {}) => ({
  workload: { ...workload, serving: { ...workload.serving, command, environment, variables: [], mounts: [] } },
});
const uvicorn = (seconds: number | null) =>
  serving(["uvicorn", "app:app", ...(seconds === null ? [] : ["--timeout-keep-alive", String(seconds)])]);
const idle = (seconds: number | null) => {
  const { loadBalancer: known } = loadBalancer();
  return { loadBalancer: { ...known, type: "network" as const, idleTimeout: seconds } };
};
const risen = (client: number, balancer: number, target: number) => ({
  ...episodes(),
  ...flows({ client: level(9, 9 + client), balancer: level(0, balancer), target: level(0, target) }),
});
const BY_TARGETS = risen(38, 0, 62);
const BY_BALANCER = { ...risen(38, 62, 0), ...targetHealth(always(0)) };

export default [
  ["targets reset, and the server closes after 120 s of 350", { ...BY_TARGETS, ...idle(350), ...uvicorn(120) }, "yes"],
  ["targets make 58 %", { ...risen(42, 0, 58), ...idle(350), ...uvicorn(120) }, "no"],
  ["targets reset, and the server closes after 350 s as well", { ...BY_TARGETS, ...idle(350), ...uvicorn(350) }, "yes"],
  ["targets reset, and the server keeps longer", { ...BY_TARGETS, ...idle(350), ...uvicorn(351) }, "no"],
  ["targets reset, and only the default is known", { ...BY_TARGETS, ...idle(350), ...uvicorn(null) }, "unclear"],
  [
    "the load balancer resets, and the server keeps for 3600 s",
    { ...BY_BALANCER, ...idle(350), ...uvicorn(3600) },
    "yes",
  ],
  ["the load balancer resets, and the server closes first", { ...BY_BALANCER, ...idle(350), ...uvicorn(120) }, "no"],
  ["the load balancer resets, and both keep as long", { ...BY_BALANCER, ...idle(350), ...uvicorn(350) }, "no"],
  [
    "the load balancer resets, and the default is shorter",
    { ...BY_BALANCER, ...idle(350), ...uvicorn(null) },
    "unknown",
  ],
  [
    "the load balancer resets while a target is unhealthy",
    { ...BY_BALANCER, ...idle(350), ...uvicorn(3600), ...targetHealth(level(0, 1)) },
    "unclear",
  ],
  [
    "the load balancer makes 58 %",
    { ...risen(42, 58, 0), ...targetHealth(always(0)), ...idle(350), ...uvicorn(3600) },
    "no",
  ],
  ["how healthy the targets were is not known", { ...risen(38, 62, 0), ...idle(350), ...uvicorn(3600) }, "unclear"],
  ["the idle timeout is not known", { ...BY_TARGETS, ...idle(null), ...uvicorn(120) }, "unknown"],
  ["the server is not known", { ...BY_TARGETS, ...idle(350), ...serving(["./shop"]) }, "unknown"],
  ["no reset rose", { ...risen(0, 0, 0), ...idle(350), ...uvicorn(120) }, "unknown"],
] satisfies readonly Row[];
