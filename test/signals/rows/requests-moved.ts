import { episodes, level, type Values } from "../facts.ts";
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

/** Every other minute so many more than the level, and every other so many fewer. */
const swing = (values: Values, by: number): Values =>
  values.map((value, minute) => (value === null ? null : value + (minute % 2 === 0 ? by : -by)));
const swinging = ({ own = 0, other = 0, to = 1310, refused = 310 }) => ({
  ...moved(whole),
  ...responses(
    [
      group("cart", { requests: swing(level(1000, 690), other) }),
      group("shop", { requests: swing(level(1000, to), own), failed: level(0, refused) }),
    ],
    {},
    "4xx",
  ),
});

/** So many requests move two hours after the window begins, for six hours in which the usual ones get fewer and fewer. */
const falling = (came: number) => {
  const [spikes, minutes] = [[[120, 480]] as const, 480];
  return {
    ...moved(whole),
    ...episodes(spikes, {}, minutes),
    ...responses(
      [
        group("cart", { requests: level(1000, 1000 - came, spikes, minutes) }),
        group("shop", {
          requests: level(1400, 1400 + came, spikes, minutes).map((value, minute) => (value ?? 0) - 0.8 * minute),
          failed: level(0, 300, spikes, minutes),
        }),
      ],
      {},
      "4xx",
    ),
  };
};

/** In one minute the group in question gets a hundred times its requests; the episode begins at minute 100. */
const floodAt = (flood: number) => {
  const [spikes, minutes] = [[[100, 160]] as const, 160];
  const requests = level(1000, 1300, spikes, minutes);
  return {
    ...moved(whole),
    ...episodes(spikes, {}, minutes),
    ...responses(
      [
        group("cart", { requests: level(1000, 700, spikes, minutes) }),
        group("shop", {
          requests: requests.map((value, minute) => (minute === flood ? 100_000 : value)),
          failed: level(0, 300, spikes, minutes),
        }),
      ],
      {},
      "4xx",
    ),
  };
};
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
  ["11 % more, and all is refused", moved({ to: 1110, refused: 110, from: 890 }), "yes"],
  ["9 % more", moved({ to: 1090, refused: 90, from: 910 }), "unclear"],
  ["no more requests, and 11 % are refused", moved({ to: 1000, refused: 110, from: 890 }), "no"],
  ["no more, and 9 % are: a wave may hide as many", moved({ to: 1000, refused: 90, from: 910 }), "unclear"],
  ["but for a wave, 48 % of what is refused came in addition", moved({ to: 1190, refused: 500, from: 810 }), "no"],
  ["52 % of it did", moved({ to: 1090, refused: 269, from: 910 }), "unclear"],
  ["49 % of what is refused came in addition", moved({ to: 1490, refused: 1000, from: 510 }), "unclear"],
  ["51 % of what is refused came in addition", moved({ to: 1510, refused: 1000, from: 490 }), "yes"],
  ["none came, in a wave that falls all day", falling(0), "no"],
  ["300 came, in a wave that falls by as many", falling(300), "yes"],
  ["a flood, half an hour before", floodAt(71), "unclear"],
  ["a flood, earlier still", floodAt(68), "yes"],
  ["31 % more, where chance makes nearly as much", swinging({ own: 270 }), "yes"],
  ["31 % more, where chance makes as much", swinging({ own: 300 }), "unclear"],
  ["another lost as many, and chance makes nearly as much", swinging({ other: 270 }), "yes"],
  ["another lost as many, as chance makes", swinging({ other: 300 }), "unclear"],
  ["none came, and chance hides none", swinging({ own: 260, to: 1000, refused: 700 }), "no"],
  ["none came, but chance may hide them", swinging({ own: 290, to: 1000, refused: 700 }), "unclear"],
  ["62 % of them are refused", moved({ ...whole, refused: 186 }), "yes"],
  ["58 % of them are", moved({ ...whole, refused: 174 }), "unclear"],
  ["another lost 28 % fewer than came", moved({ ...whole, from: 784 }), "yes"],
  ["another lost 32 % fewer", moved({ ...whole, from: 796 }), "unclear"],
  ["another lost 28 % more", moved({ ...whole, from: 616 }), "yes"],
  ["another lost 32 % more", moved({ ...whole, from: 604 }), "unclear"],
  ["another lost 28 % more than are refused", moved({ ...whole, refused: 400, from: 488 }), "yes"],
  ["another lost 32 % more than are refused", moved({ ...whole, refused: 400, from: 472 }), "unclear"],
  ["nobody lost them", moved({ ...whole, from: 1000 }), "unclear"],
  ["the other one is the same service, by its Ingress", tagged("ingress.k8s.aws/resource"), "unclear"],
  ["the other one is the same service, by its Service", tagged("service.k8s.aws/resource"), "unclear"],
  ["the other one bears a tag of something else", tagged("team"), "yes"],
  ["none stands out", { ...moved(whole), ...suspect(null) }, "unknown"],
  ["how many are usual is not known", moved({ ...whole, usual: null }), "unknown"],
] satisfies readonly Row[];
