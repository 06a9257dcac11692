import { node } from "../../signals/pods.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/evidence/nodes/read.ts");

/** How busy a node was in the bursts whose share of busy CPU grew by a hundredth a minute from 0 to 100 %. */
const busy = async (module: Module) => {
  const values = Array.from({ length: 101 }, (_, minute) => minute);
  // A rate covers the minute before it.
  const series = { start: 60, step: 60, values };
  const span = { start: 0, end: 6060 };
  const answer = { ok: true, value: [{ labels: { instance: "10.0.0.1:9100", mode: "user" }, series }] };
  const { loadOf } = await module.readNodes([node({ ip: "10.0.0.1" })], span, (async () => answer) as never);
  return loadOf(node({ ip: "10.0.0.1" }), [span]).busyInBursts;
};

export default {
  module: "playbooks/evidence/nodes/read.ts",
  rows: [["a node is as busy as in a quarter of the minutes", busy, 75]],
} satisfies Held<Module>;
