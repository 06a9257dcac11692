import type { WorkersFact } from "../../../src/model/facts.ts";
import { episodes, level, metric } from "../facts.ts";
import { demand, podCpu, workers } from "../pods.ts";
import type { Row } from "../row.ts";

const cpu = (plateau: number, kind: WorkersFact["kind"] = "processes") => ({
  ...podCpu({ plateau }),
  ...workers({ kind, singleCore: true }),
});
const work = (share: number) => demand([{ demand: 4 * share }]);

/** Four workers of half a second a request, which answer this share of what they can while 16 requests are in flight. */
const answered = (share: number) => ({
  ...demand([{ demand: 4 * share, outstanding: 16 }], { serviceTime: 0.5 }),
  ...metric({ requests: level(60, 480 * share) }),
  ...episodes(),
});

export default [
  ["each runs at a core", cpu(0.9), "yes"],
  [
    "each of the busiest pods runs at a core, and others idle",
    { ...podCpu({ plateau: 0.9, jain: 0.7 }), ...workers({ kind: "event loop", singleCore: true }) },
    "unclear",
  ],
  ["an event loop runs at a core", cpu(0.9, "event loop"), "yes"],
  [
    "an event loop at a core, and whether it can use more is not known",
    { ...podCpu({ plateau: 0.9 }), ...workers({ kind: "event loop", singleCore: null }) },
    "unclear",
  ],
  ["an idle event loop, whatever work arrives", { ...cpu(0.1, "event loop"), ...work(2) }, "no"],
  ["threads between busy and waiting", { ...cpu(0.6, "threads"), ...work(2) }, "unclear"],
  ["they block on more work than they are", { ...cpu(0.1), ...work(1.5) }, "yes"],
  [
    "they would block on more work than they are, but their kind is only the default",
    { ...cpu(0.1), ...work(1.5), ...workers({ kind: "processes", kindUnread: ["gunicorn.conf.py in the image"] }) },
    "unclear",
  ],
  ["they idle, and little work arrives", { ...cpu(0.1), ...work(0.3) }, "no"],
  ["they idle, and nearly as much work arrives as they can do", { ...cpu(0.1), ...work(0.9) }, "unclear"],
  ["they idle, and answer nearly all that they can while others wait", { ...cpu(0.1), ...answered(0.95) }, "yes"],
  ["they idle, and answer less than they can while others wait", { ...cpu(0.1), ...answered(0.8) }, "unclear"],
  [
    "they answer nearly all that they can, but their kind is only the default",
    {
      ...cpu(0.1),
      ...answered(0.95),
      ...workers({ kind: "processes", kindUnread: ["gunicorn.conf.py in the image"] }),
    },
    "unclear",
  ],
  ["between busy and waiting, and little work arrives", { ...cpu(0.6), ...work(0.3) }, "unclear"],
  ["they idle, and what work arrives is not known", cpu(0.1), "unknown"],
  ["no CPU figure, and more work than they are", { ...workers(), ...work(1.5) }, "yes"],
  ["no CPU figure, and little work arrives", { ...workers(), ...work(0.3) }, "unclear"],
  ["an event loop without a CPU figure", { ...workers({ kind: "event loop" }), ...work(2) }, "unknown"],
] satisfies readonly Row[];
