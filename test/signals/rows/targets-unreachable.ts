import { always, episodes, level } from "../facts.ts";
import { responses } from "../groups.ts";
import { readiness } from "../pods.ts";
import type { Row } from "../row.ts";

/** An episode that is over, or still goes on. */
const episode = (isOver: boolean) => {
  const { episodes: fact } = episodes();
  return { episodes: { ...fact, episodes: fact.episodes.map((one) => (isOver ? one : { ...one, okAt: null })) } };
};

/** So many are healthy in the spike, pods are ready, and so many of 100 own 5xx a minute are 504. */
const silent = (late: number | null, reasons: readonly string[] = [], healthy = level(3, 0), isOver = false) => ({
  ...episode(isOver),
  targetHealth: {
    healthy: responses([], { "504": healthy }).responses.made["504"],
    unhealthy: { start: 0, step: 60, values: [] },
  },
  ...readiness(always(1)),
  ...responses([], late === null ? {} : { "502": level(0, 100 - late), "504": level(0, late) }),
  topology: { targets: reasons.map((reason) => ({ id: "i-1", state: "unhealthy", reason })) },
});
/** When pods were ready is not known. */
const unseen = (facts: object) => ({ ...facts, readiness: undefined });
/** So many of 100 own 5xx a minute are 503, and the others 504. */
const unserved = (count: number) => ({
  ...silent(0),
  ...responses([], { "503": level(0, count), "504": level(0, 100 - count) }),
});
const rule = (group: string) => ({
  protocol: "tcp",
  ports: { from: 80, to: 80 },
  groups: [group],
  cidrs: [],
  prefixLists: [],
});
/** Whether the targets' group lets the load balancer in now. */
const lets = (group: string) => ({
  networkRules: {
    balancer: [{ id: "sg-lb", name: null, inbound: [], outbound: [rule("sg-t")] }],
    targets: [{ id: "sg-t", name: null, inbound: [rule(group)], outbound: [] }],
    interfaces: [
      { id: "eni-1", subnet: "subnet-t", addresses: ["10.0.1.1"], instance: null, isFirst: true, groups: ["sg-t"] },
    ],
    balancerSubnets: [{ id: "subnet-lb", zone: null, cidr: "10.0.0.0/24", free: 9 }],
    targetSubnets: [{ id: "subnet-t", zone: null, cidr: "10.0.1.0/24", free: 9 }],
    acls: [],
    ports: [80],
    unfound: 0,
  } as never,
});
const LATE = ["Target.Timeout"];
/** A pod that is ready in so many of the spike's ten minutes. */
const readyIn = (minutes: number) => readiness(level(1, 0, [[30 + minutes, 60]]));

export default [
  ["62 % are 504", silent(62), "yes"],
  ["58 % are 504", silent(58), "unclear"],
  ["58 % are, and targets fail by time-out now", silent(58, ["Target.Timeout"]), "unclear"],
  ["no request came, and targets fail by time-out now", silent(null, ["Target.Timeout"]), "yes"],
  ["no request came, and none fails now", silent(null), "unclear"],
  ["targets fail for another reason now", silent(100, ["Target.Timeout", "Target.FailedHealthChecks"]), "no"],
  ["they do, and the episode is over", silent(100, ["Target.FailedHealthChecks"], level(3, 0), true), "yes"],
  ["none healthy in 6 of 10 minutes", silent(100, [], level(0, 2, [[36, 60]])), "yes"],
  ["none healthy in 5 of 10 minutes", silent(100, [], level(0, 2, [[35, 60]])), "no"],
  ["no pod was ready", { ...silent(100), ...readyIn(0) }, "no"],
  ["a pod was ready in 6 of 10 minutes", { ...silent(100), ...readyIn(6) }, "yes"],
  ["a pod was ready in 5 of 10 minutes", { ...silent(100), ...readyIn(5) }, "unclear"],
  ["62 % are 503: none was registered", unserved(62), "no"],
  ["58 % are 503", unserved(58), "unclear"],
  ["62 % are 503, and when pods were ready is not known", unseen(unserved(62)), "no"],
  ["targets were healthy, and when pods were ready is not known", unseen(silent(100, [], level(3, 3))), "no"],
  ["when pods were ready is not known, and a rule drops all", unseen({ ...silent(100, LATE), ...lets("sg-x") }), "yes"],
  ["it is not known, and the rules let it in", unseen({ ...silent(100, LATE), ...lets("sg-lb") }), "unknown"],
  ["it is not known, nor are the rules", unseen(silent(100, LATE)), "unknown"],
  [
    "a rule drops all now, and it is over",
    unseen({ ...silent(100, LATE, level(3, 0), true), ...lets("sg-x") }),
    "unknown",
  ],
  ["a rule drops all, and no target is known to fail", unseen({ ...silent(100), ...lets("sg-x") }), "unknown"],
  ["a rule drops all, and 58 % are 504", unseen({ ...silent(58, LATE), ...lets("sg-x") }), "unknown"],
  ["no pod was ready, though a rule drops all", { ...silent(100, LATE), ...readyIn(0), ...lets("sg-x") }, "no"],
  ["the targets are not known", { ...silent(100), topology: undefined }, "unknown"],
  ["no episode", { ...silent(100), ...episodes([]) }, "unknown"],
] satisfies readonly Row[];
