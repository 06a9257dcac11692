import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/factors/subnet-nearly-full/factor.ts");

type Free = readonly (number | null)[];
const subnets = (free: Free, name: string) =>
  free.map((one, index) => ({ id: `subnet-${name}${index}`, zone: "eu-west-2a", cidr: "10.0.1.0/27", free: one }));
const statement =
  (balancer: Free, targets: Free = []) =>
  (module: Module) =>
    module.default.find({ subnets: { balancer: subnets(balancer, "lb"), targets: subnets(targets, "t") } })
      ?.statement ?? null;

export default {
  module: "playbooks/factors/subnet-nearly-full/factor.ts",
  rows: [
    [
      "seven are free where a node of the load balancer stands",
      statement([120, 7]),
      "the load balancer needs 8 free addresses in each of its subnets to grow: subnet-lb1 (eu-west-2a, 10.0.1.0/27) has 7 now",
    ],
    ["eight are", statement([120, 8]), null],
    ["nobody knows", statement([null]), null],
    ["one is left for targets", statement([120], [1]), null],
    ["none is", statement([120], [0, 40]), "no address is left for targets in subnet-t0"],
    [
      "both",
      statement([0], [0]),
      "the load balancer needs 8 free addresses in each of its subnets to grow: subnet-lb0 (eu-west-2a, 10.0.1.0/27) has 0 now; no address is left for targets in subnet-t0",
    ],
  ],
} satisfies Held<Module>;
