import { always, episodes, level, type Values } from "../facts.ts";
import { group, responses, suspect } from "../groups.ts";
import type { Row } from "../row.ts";

interface Part {
  /** Requests a minute outside the ten minutes of the spike, and in it. */
  readonly requests?: readonly [number | null, number];
  /** Those of them that fail. */
  readonly failed?: readonly [number, number];
  readonly healthy?: number;
}

const part = (name: string, { requests = [100, 100], failed = [0, 0], healthy = 0 }: Part) =>
  group(name, {
    requests: level(...requests),
    failed: level(...failed),
    healthy: healthy === 0 ? ([] as Values) : always(healthy),
  });

const rule = (weights: { readonly [name: string]: number }, stickiness: number | null = null) => ({
  priority: "1",
  condition: "host shop.example.com",
  groupStickiness: stickiness,
  targetGroups: Object.entries(weights).map(([name, weight]) => ({ arn: `arn:${name}`, weight })),
});

const front = (...rules: readonly ReturnType<typeof rule>[]) => ({ loadBalancer: { rules } });

/** A canary that got nothing before the spike, a tenth since, and fails half of it; the stable version fails 1 in 1,000. */
const world = (canary: Part = {}, stable: Part = {}, failedClass: "4xx" | "5xx" = "5xx") => ({
  ...episodes(),
  ...suspect("canary"),
  ...front(rule({ canary: 10, stable: 90 })),
  ...responses(
    [
      part("canary", { requests: [0, 100], failed: [0, 50], ...canary }),
      part("stable", { requests: [1000, 900], failed: [1, 1], ...stable }),
      part("cart", { requests: [500, 500] }),
    ],
    {},
    failedClass,
  ),
});

/** The same with a weight that has been there all along. */
const old = (canary: Part = {}, stable: Part = {}) =>
  world({ requests: [100, 100], ...canary }, { requests: [900, 900], ...stable });

export default [
  ["it fails since it gets a tenth", world(), "yes"],
  ["none stands out", { ...world(), ...suspect(null) }, "unknown"],
  ["no rule names it", { ...world(), ...front(rule({ stable: 1 })) }, "no"],
  ["it has its rule alone", { ...world(), ...front(rule({ canary: 1 })) }, "no"],
  ["the one beside it has weight 0", { ...world(), ...front(rule({ canary: 100, stable: 0 })) }, "no"],
  ["it has weight 0 itself", { ...world(), ...front(rule({ canary: 0, stable: 60, cart: 40 })) }, "no"],
  ["205 requests on it", world({ requests: [0, 20.5], failed: [0, 10] }), "yes"],
  ["195 requests on it", world({ requests: [0, 19.5], failed: [0, 10] }), "unknown"],
  ["195 requests on the other", world({}, { requests: [1000, 19.5], failed: [1, 0] }), "unknown"],
  [
    "195 requests on a third",
    {
      ...world(),
      ...front(rule({ canary: 10, stable: 80, cart: 10 })),
      ...responses([
        part("canary", { requests: [0, 100], failed: [0, 50] }),
        part("stable", { requests: [1000, 900], failed: [1, 1] }),
        part("cart", { requests: [100, 19.5] }),
      ]),
    },
    "unknown",
  ],
  // 40 of 1,000 and one more failed beside it: 4.1 %.
  ["3.1 times what the other fails", world({ failed: [0, 12.7] }, { requests: [1000, 100], failed: [30, 4] }), "yes"],
  ["2.9 times", world({ failed: [0, 11.9] }, { requests: [1000, 100], failed: [30, 4] }), "unclear"],
  ["1.55 times", world({ failed: [0, 6.36] }, { requests: [1000, 100], failed: [30, 4] }), "unclear"],
  ["1.45 times", world({ failed: [0, 5.94] }, { requests: [1000, 100], failed: [30, 4] }), "no"],
  [
    "it is as bad as the worse of the two beside it",
    {
      ...world(),
      ...front(rule({ canary: 10, stable: 80, cart: 10 })),
      ...responses([
        part("canary", { requests: [0, 100], failed: [0, 50] }),
        part("stable", { requests: [1000, 900], failed: [1, 1] }),
        part("cart", { requests: [100, 100], failed: [0, 48] }),
      ]),
    },
    "no",
  ],
  ["it has 48 % of the weight", { ...world(), ...front(rule({ canary: 48, stable: 52 })) }, "yes"],
  ["it has 52 %", { ...world(), ...front(rule({ canary: 52, stable: 48 })) }, "unclear"],
  // 1 % of what it gets fails otherwise: 501 of 50,000 with one more.
  ["the other fails 1.45 times as much as ever", world({}, { failed: [10, 13.07] }), "yes"],
  ["the other fails 1.55 times as much as ever", world({}, { failed: [10, 13.97] }), "unclear"],
  [
    "205 requests tell what is usual of the other",
    world({ healthy: 10 }, { requests: [4.1, 900], failed: [0, 1], healthy: 190 }),
    "yes",
  ],
  ["195 requests do", world({ healthy: 10 }, { requests: [3.9, 900], failed: [0, 1], healthy: 190 }), "unclear"],
  ["205 requests came before the spike", world({}, { requests: [6.84, 900], failed: [0, 1] }), "yes"],
  ["195 requests did", world({}, { requests: [6.5, 900], failed: [0, 1] }), "unclear"],
  [
    "a rule for HTTP splits alike",
    { ...world(), ...front(rule({ canary: 10, stable: 90 }), rule({ canary: 1, stable: 9 })) },
    "yes",
  ],
  [
    "another rule leads to it, too",
    { ...world(), ...front(rule({ canary: 10, stable: 90 }), rule({ canary: 1 })) },
    "unclear",
  ],
  [
    "another rule leads to the other, too",
    { ...world(), ...front(rule({ canary: 10, stable: 90 }), rule({ stable: 1 })) },
    "unclear",
  ],
  [
    "another rule leads elsewhere",
    { ...world(), ...front(rule({ canary: 10, stable: 90 }), rule({ cart: 1 })) },
    "yes",
  ],
  ["clients stay with a group", { ...world(), ...front(rule({ canary: 10, stable: 90 }, 300)) }, "yes"],
  ["it answers 4xx", world({}, {}, "4xx"), "yes"],
  [
    "it answers 4xx, and clients stay with a group",
    { ...world({}, {}, "4xx"), ...front(rule({ canary: 10, stable: 90 }, 300)) },
    "unclear",
  ],
  ["its weight is as it was", old(), "unclear"],
  // A tenth of the requests since.
  ["it gets 1.55 times its share of before", old({ requests: [64.5, 100] }, { requests: [935.5, 900] }), "yes"],
  ["1.45 times", old({ requests: [69, 100] }, { requests: [931, 900] }), "unclear"],
  ["its weight is 1.55 times its targets' share", old({ healthy: 10 }, { healthy: 145 }), "yes"],
  ["its weight is 1.45 times its targets' share", old({ healthy: 10 }, { healthy: 135 }), "unclear"],
  ["its targets are not known", old({}, { healthy: 9 }), "unclear"],
] satisfies readonly Row[];
