import { episodes, level } from "../facts.ts";
import { group, responses, suspect } from "../groups.ts";
import type { Row } from "../row.ts";

interface Case {
  /** Requests a minute of the group in question in the spike, where 1,000 are usual, and those of them that it refuses. */
  readonly to: number;
  readonly refused: number;
  /** Requests of another group, where 1,000 are usual. */
  readonly from: number;
  readonly usual?: number | null;
}

const moved = ({ to, refused, from, usual = 1000 }: Case) => ({
  ...episodes(),
  ...suspect("shop"),
  ...responses(
    [
      group("cart", { requests: level(1000, from) }),
      group("shop", { requests: level(usual, to), failed: level(0, refused) }),
    ],
    {},
    "4xx",
  ),
});
const whole = { to: 1300, refused: 300, from: 700 };
const tagged = (tag: string) => ({
  ...moved(whole),
  targetGroups: ["cart", "shop"].map((name) => ({
    arn: `arn:${name}`,
    name,
    targetType: "ip",
    protocol: null,
    port: null,
    healthCheck: { path: null, matcher: null, interval: 30, timeout: 5 },
    tags: { [tag]: "shop/web:80" },
  })),
});

export default [
  ["300 of 1,000 moved, and are refused", moved(whole), "yes"],
  ["21 % more, and all is refused", moved({ to: 1210, refused: 210, from: 790 }), "yes"],
  ["19 % more", moved({ to: 1190, refused: 190, from: 810 }), "unclear"],
  ["5.3 % more", moved({ to: 1053, refused: 53, from: 947 }), "unclear"],
  ["4.7 % more", moved({ to: 1047, refused: 47, from: 953 }), "no"],
  ["62 % of them are refused", moved({ ...whole, refused: 186 }), "yes"],
  ["58 % of them are", moved({ ...whole, refused: 174 }), "unclear"],
  ["another lost 28 % fewer than came", moved({ ...whole, from: 784 }), "yes"],
  ["another lost 32 % fewer", moved({ ...whole, from: 796 }), "unclear"],
  ["another lost 28 % more", moved({ ...whole, from: 616 }), "yes"],
  ["another lost 32 % more", moved({ ...whole, from: 604 }), "unclear"],
  ["nobody lost them", moved({ ...whole, from: 1000 }), "unclear"],
  ["the other one is the same service, by its Ingress", tagged("ingress.k8s.aws/resource"), "unclear"],
  ["the other one is the same service, by its Service", tagged("service.k8s.aws/resource"), "unclear"],
  ["the other one bears a tag of something else", tagged("team"), "yes"],
  ["none stands out", { ...moved(whole), ...suspect(null) }, "unknown"],
  ["how many are usual is not known", moved({ ...whole, usual: null }), "unknown"],
] satisfies readonly Row[];
