import { loadBalancer, service, topology } from "../balancer.ts";
import type { Row } from "../row.ts";

const off = topology({ crossZone: "false" });
const zone = (name: string, targets: number, requests: number) => ({ zone: name, targets, requests, latency: 0.1 });
/** Two zones of the same requests; a target of the first gets so many times those of the second. */
const unequal = (factor: number) => ({ zones: [zone("a", 10, 1000 * factor), zone("b", 10, 1000)] });

export default [
  ["1.55 times the requests, cross-zone off", { ...unequal(1.55), ...off }, "yes"],
  ["1.45 times the requests", { ...unequal(1.45), ...off }, "unclear"],
  ["1.25 times the requests", { ...unequal(1.25), ...off }, "unclear"],
  ["1.15 times the requests", { ...unequal(1.15), ...off }, "no"],
  ["equal requests for unequal numbers of targets", { zones: [zone("a", 6, 900), zone("b", 2, 900)], ...off }, "yes"],
  [
    "three zones, the middle one first",
    { zones: [zone("a", 3, 900), zone("b", 2, 900), zone("c", 6, 900)], ...off },
    "yes",
  ],
  ["cross-zone is not known", unequal(3), "unclear"],
  ["cross-zone could not be read", { ...unequal(3), ...topology(), ...loadBalancer() }, "unclear"],
  ["cross-zone is on", { ...unequal(3), ...topology({ crossZone: "true" }) }, "no"],
  ["the load balancer has it on", { ...unequal(3), ...topology(), ...loadBalancer({}, true) }, "no"],
  [
    "nodes as targets, and kube-proxy picks among all pods",
    { ...unequal(3), ...topology({ targetType: "instance", crossZone: "false" }), ...service() },
    "unclear",
  ],
  [
    "nodes as targets that keep requests to their own pods",
    { ...unequal(3), ...topology({ targetType: "instance", crossZone: "false" }), ...service(null, "Local") },
    "yes",
  ],
  [
    "nodes as targets, with equal zones",
    { ...unequal(1.1), ...topology({ targetType: "instance", crossZone: "false" }), ...service() },
    "no",
  ],
  ["one zone", { zones: [zone("a", 4, 900)], ...off }, "unknown"],
  ["a zone without targets says nothing", { zones: [zone("a", 4, 900), zone("b", 0, 900)], ...off }, "unknown"],
  ["a zone without requests says nothing", { zones: [zone("a", 4, 900), zone("b", 4, 0)], ...off }, "unknown"],
] satisfies readonly Row[];
