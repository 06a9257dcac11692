import { episodes, level, metric } from "../facts.ts";
import { demand, podCpu, workers } from "../pods.ts";
import type { Row } from "../row.ts";

const unreadConfig = { kind: "processes", kindUnread: ["gunicorn.conf.py in the image"] } as const;
const work = (share: number) => demand([{ demand: 4 * share }]);
const uncounted = workers({ workers: null, kind: "processes", quota: 2, quotaFrom: "limit" });

export default [
  ["they are taken", { ...podCpu({ plateau: 0.9 }), ...workers({ kind: "processes", singleCore: true }) }, "yes"],
  [
    "they would be, with the default kind",
    { ...podCpu({ plateau: 0.3 }), ...workers(unreadConfig), ...work(1.5) },
    "yes",
  ],
  [
    "with the default kind little work arrives, and the plateau is no whole core",
    { ...podCpu({ plateau: 0.3 }), ...workers(unreadConfig), ...work(0.3) },
    "no",
  ],
  [
    "with the default kind, and they answer nearly all that they can while others wait",
    {
      ...podCpu({ plateau: 0.3 }),
      ...workers(unreadConfig),
      ...demand([{ demand: 3.8, outstanding: 16 }], { serviceTime: 0.5 }),
      ...metric({ requests: level(60, 456) }),
      ...episodes(),
    },
    "yes",
  ],
  [
    "uncounted, and alike pods top out under a whole core",
    { ...podCpu({ plateau: 0.95, jain: 0.99 }), ...uncounted },
    "yes",
  ],
  [
    "uncounted, and the pods that top out there are a few",
    { ...podCpu({ plateau: 0.95, jain: 0.7 }), ...uncounted },
    "no",
  ],
  ["uncounted, and no whole core", { ...podCpu({ plateau: 0.4, jain: 0.99 }), ...uncounted }, "no"],
  ["uncounted, and no CPU figure", uncounted, "unknown"],
] satisfies readonly Row[];
