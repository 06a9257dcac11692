import type { Held } from "../row.ts";

type Module = typeof import("../../../src/analysis/target-health.ts");

/** Two targets are healthy in the first ten minutes; nothing is published from then on, in an episode up to the window's end. */
const after = (secondsBeforeTheEnd: number) => (module: Module) => {
  const healthy = { start: 0, step: 60, values: new Array<number>(10).fill(2) };
  const burst = { start: 600, end: 660 };
  const window = { start: 0, end: 600 + secondsBeforeTheEnd };
  return module.noneHealthy(healthy, { window, episodes: [{ burst }] } as unknown as Parameters<
    Module["noneHealthy"]
  >[1]);
};

export default {
  module: "src/analysis/target-health.ts",
  rows: [
    ["a minute that began 190 s before the window's end", after(190), 1],
    ["a minute that began 170 s before it may be on its way", after(170), null],
  ],
} satisfies Held<Module>;
