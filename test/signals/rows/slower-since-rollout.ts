import { alarmsAt, always, at, episodes, level, metric } from "../facts.ts";
import { rollouts } from "../pods.ts";
import type { Row } from "../row.ts";

type Spikes = readonly (readonly [number, number])[];

interface Told {
  /** Minute of the rollout. */
  readonly rollout: number;
  readonly spikes: Spikes;
  readonly minutes: number;
  /** Requests a minute outside the spikes, which bring 100. */
  readonly quiet?: number;
  /** Minutes before the rollout that bring 100 as well. */
  readonly busy?: number;
  /** Seconds that a request takes before the rollout, since it in quiet minutes, and since it in the spikes. */
  readonly takes?: readonly [before: number, quiet: number, spike: number];
}

function told({ rollout, spikes, minutes, quiet = 100, busy = 0, takes = [0.1, 0.2, 0.2] }: Told) {
  const [before, since, spike] = takes;
  const latency = level(since, spike, spikes, minutes).map((value, minute) => (minute < rollout ? before : value));
  const requests = level(quiet, 100, spikes, minutes).map((value, minute) => (minute < busy ? 100 : value));
  return { ...rollouts(rollout), ...episodes(spikes, {}, minutes), ...metric({ requests, average: latency }) };
}

/** A rollout at minute 150, and trouble from minute 160 to the window's end. */
const usual = { rollout: 150, spikes: [[160, 175]], minutes: 175 } as const;
/** Where quiet minutes take as long as before it, only equal load tells. */
const onlyUnderLoad = { ...usual, takes: [0.1, 0.1, 0.2] } as const;
/** A quiet service with a busy hour in the morning: its first trouble comes so many minutes after the rollout. */
const later = (minutes: number) =>
  told({
    rollout: 60,
    spikes: [[60 + minutes, 80 + minutes]],
    minutes: 80 + minutes,
    quiet: 10,
    busy: 40,
    takes: [0.1, 0.1, 0.2],
  });
/** Short spikes every ten minutes, the first so many of them before the rollout. */
const every10 = (older: number, all: number) =>
  told({
    rollout: 10 * older + 35,
    spikes: Array.from({ length: all }, (_, index) => [10 * index + 40, 10 * index + 41] as const),
    minutes: 10 * all + 40,
  });
/** As busy all the time; the first trouble comes so many minutes after the rollout. */
const healthy = (minutes: number, rollout = 60) =>
  told({ rollout, spikes: [[rollout + minutes, rollout + 10 + minutes]], minutes: rollout + 10 + minutes });
/** A window that begins so many minutes before the rollout; no minute before it is as busy as the spikes. */
const short = (rollout: number, takes: Told["takes"] = [0.1, 0.1, 0.2]) =>
  told({ rollout, spikes: [[rollout + 40, rollout + 50]], minutes: rollout + 50, quiet: 10, takes });

/** A spike before the rollout at minute 100 and two since, which take a second; quiet minutes take 0.1 s. */
const olderToo = (before: number, first: Spikes = [[50, 60]], quiet = 0.1) => {
  const spikes = [...first, [110, 120], [140, 150]] as Spikes;
  const busy = [
    [50, 60],
    [110, 120],
    [140, 150],
  ] as const;
  return {
    ...rollouts(100),
    ...episodes(spikes, {}, 175),
    ...metric({
      requests: level(10, 100, busy, 175),
      average: level(0.1, 1, busy, 175).map((value, minute) =>
        minute >= 50 && minute < 60 ? before : minute > 100 && value === 0.1 ? quiet : value,
      ),
    }),
  };
};

export default [
  ["1.55 times as slow at equal load", told({ ...usual, takes: [0.1, 0.155, 0.155] }), "yes"],
  ["1.45 times as slow at equal load", told({ ...usual, takes: [0.1, 0.145, 0.145] }), "no"],
  ["as busy before at 83 % of the load", told({ ...onlyUnderLoad, quiet: 83 }), "yes"],
  ["never as busy before: 78 % of the load", told({ ...onlyUnderLoad, quiet: 78 }), "unknown"],
  ["three minutes before were as busy", told({ ...onlyUnderLoad, quiet: 10, busy: 3 }), "yes"],
  ["two minutes before were as busy", told({ ...onlyUnderLoad, quiet: 10, busy: 2 }), "unknown"],
  ["one minute before was as busy", told({ ...onlyUnderLoad, quiet: 10, busy: 1 }), "unknown"],
  ["never as busy before, and quiet minutes are slower since", told({ ...usual, quiet: 10 }), "yes"],
  ["never as busy before, and no quiet minute since", told({ ...usual, spikes: [[150, 175]], quiet: 10 }), "unclear"],
  ["trouble 115 min after it", later(115), "yes"],
  ["trouble 125 min after it", later(125), "no"],
  ["62 min of health at that load", healthy(62), "no"],
  ["58 min of health at that load", healthy(58), "yes"],
  ["11 of 21 episodes are older", every10(11, 21), "no"],
  ["1 of 2 episodes is older", every10(1, 2), "yes"],
  ["the window begins 28 min before it", told({ rollout: 28, spikes: [[38, 50]], minutes: 50 }), "unclear"],
  ["the window begins 32 min before it", told({ rollout: 32, spikes: [[42, 54]], minutes: 54 }), "yes"],
  ["28 min before it, and quiet minutes that take as long since", short(28), "unknown"],
  ["10 quiet minutes before it, which take as long since", short(10), "unknown"],
  ["9 quiet minutes before it, which take as long since", short(9), "unclear"],
  ["28 min before it, and quiet minutes are slower since", short(28, [0.1, 0.2, 0.2]), "unclear"],
  ["28 min before it, and 62 min of health at that load after it", healthy(62, 28), "no"],
  ["28 min before it, and 58 min of health at that load after it", healthy(58, 28), "unclear"],
  [
    "episodes older than it, and that load took 2.1 times as long as quiet minutes before it",
    olderToo(0.21),
    "unknown",
  ],
  ["episodes older than it, and that load took 1.9 times as long as quiet minutes before it", olderToo(0.19), "yes"],
  ["the same, and quiet minutes are 1.55 times as slow since", olderToo(0.21, [[50, 60]], 0.155), "yes"],
  ["the same, and quiet minutes are 1.45 times as slow since", olderToo(0.21, [[50, 60]], 0.145), "unknown"],
  ["no episode is older, and that load took 2.1 times as long as quiet minutes before it", olderToo(0.21, []), "yes"],
  [
    "it came before the window",
    { ...told({ rollout: 0, spikes: [[10, 20]], minutes: 30 }), ...rollouts(-5) },
    "unclear",
  ],
  [
    "an episode that began before it, by the alarm's history",
    {
      ...told(usual),
      ...episodes(usual.spikes, {
        episodes: episodes(usual.spikes).episodes.episodes.map((one) => ({ ...one, since: at(-90) })),
      }),
    },
    "no",
  ],
  [
    "the alarm fired soon after it, before the window",
    { ...told({ ...usual, rollout: -10 }), ...episodes(usual.spikes, { earlier: alarmsAt(at(-5)) }) },
    "unclear",
  ],
  ["no latency of the target group", { ...rollouts(150), ...episodes(usual.spikes) }, "unclear"],
  ["no episode", { ...rollouts(150), ...episodes([]), ...metric({ requests: always(100) }) }, "unknown"],
  ["no rollout", { ...rollouts(), ...episodes() }, "unknown"],
] satisfies readonly Row[];
