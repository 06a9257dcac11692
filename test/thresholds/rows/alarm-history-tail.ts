import { alarm, episodes } from "../../signals/facts.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/evidence/alarm-history/tail.ts");

/** Of an alarm that was on before the window, the burst's last minutes lie in it. */
const tail = (minutes: number) => (module: Module) => {
  const { episodes: fact } = episodes([[0, minutes]]);
  const begun = fact.episodes.map((episode) => ({ ...episode, alarmAt: fact.window.start }));
  return module.tailOf({ ...fact, episodes: begun }, alarm().alarm);
};

export default {
  module: "playbooks/evidence/alarm-history/tail.ts",
  rows: [
    ["three minutes of a burst are enough", tail(3), null],
    ["two minutes are only its end", tail(2), 120],
  ],
} satisfies Held<Module>;
