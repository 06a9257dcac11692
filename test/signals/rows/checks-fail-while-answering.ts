import type { TopologyFact } from "../../../src/model/facts.ts";
import { suspect, targetGroups } from "../groups.ts";
import { checkLog, requestLog, row } from "../logs.ts";
import type { Row } from "../row.ts";

/** In an episode (0 or 1) so many checks of a target failed. */
const failed = (episode: number, checks = 3, reason = "RequestTimedOut", target = "a") =>
  row(episode, "failure", [target, "-", reason], [[checks, 5]], { failed: checks });
/** In a span so many requests of a target, of which some failed. */
const served = (span: number, seconds = 0.1, requests = 1000, broken = 0, target = "a") =>
  row(span, "target", [target], [[requests, seconds]], { failed: broken });
/** In an episode (0) or in quiet stretches (2) so many of a thousand requests take so long, and so many are given up. */
const hanging = (span: number, late: number, seconds: number, gaveUp = 0) =>
  row(
    span,
    "target",
    ["a"],
    [
      [1000 - late, 0.1],
      [late, seconds],
    ],
    { gaveUp },
  );
/** A check may take five seconds, and a connection may be silent for so many; an episode lasts 600 s. */
const settings = (idleTimeout: number | null = 60) => ({
  ...targetGroups("ip"),
  topology: { idleTimeout } as Pick<TopologyFact, "idleTimeout"> as TopologyFact,
});
const quiet = served(2);
const of = (checks: readonly ReturnType<typeof row>[], requests: readonly ReturnType<typeof row>[]) => ({
  ...suspect("shop"),
  ...settings(),
  ...checkLog(...checks),
  ...requestLog(...requests),
});

/** Of so many episodes with failed checks so many in which the target serves as ever, the others as slow as told. */
const episodes = (all: number, serving: number, otherwise = 0.2) => {
  const numbers = Array.from({ length: all }, (_, index) => index);
  const spans = [...numbers, null].map((episode, index) => ({
    span: { start: 10_000 * index, end: 10_000 * index + 600 },
    episode,
  }));
  const made = of(
    numbers.map((episode) => failed(episode)),
    [...numbers.map((episode) => served(episode, episode < serving ? 0.1 : otherwise)), served(all)],
  );
  return {
    ...made,
    "check-log": { ...made["check-log"], spans },
    "request-log": { ...made["request-log"], spans },
  };
};

// Half octaves: 0.1 s and 0.14 s lie one apart, 0.2 s two, 0.3 s three.
export default [
  ["checks time out while requests are as fast as ever", of([failed(0)], [served(0), quiet]), "yes"],
  ["they get another answer than they should", of([failed(0, 3, "ResponseCodeMismatch")], [served(0), quiet]), "yes"],
  ["checks do not connect", of([failed(0, 3, "ConnectionReset")], [served(0), quiet]), "unclear"],
  [
    "of two reasons one is that it does not connect",
    of([failed(0), failed(0, 3, "ConnectionReset")], [served(0), quiet]),
    "unclear",
  ],
  ["two failed checks", of([failed(0, 2)], [served(0), quiet]), "yes"],
  ["one failed check", of([failed(0, 1)], [served(0), quiet]), "unknown"],
  ["no failed check", of([], [served(0), quiet]), "unknown"],
  ["1.4 times as slow", of([failed(0)], [served(0, 0.14), quiet]), "yes"],
  ["twice as slow", of([failed(0)], [served(0, 0.2), quiet]), "unclear"],
  ["three times as slow", of([failed(0)], [served(0, 0.3), quiet]), "no"],
  ["1 % of its requests fail", of([failed(0)], [served(0, 0.1, 1000, 10), quiet]), "yes"],
  ["1.1 % of its requests fail", of([failed(0)], [served(0, 0.1, 1000, 11), quiet]), "unclear"],
  ["9.9 % of its requests fail", of([failed(0)], [served(0, 0.1, 1000, 99), quiet]), "unclear"],
  ["10.1 % of its requests fail", of([failed(0)], [served(0, 0.1, 1000, 101), quiet]), "no"],
  ["1 % of its requests take five seconds", of([failed(0)], [hanging(0, 10, 5), quiet]), "yes"],
  ["1.1 % of its requests take five seconds", of([failed(0)], [hanging(0, 11, 5), quiet]), "unclear"],
  ["1.1 % take two seconds", of([failed(0)], [hanging(0, 11, 2), quiet]), "yes"],
  [
    "as many of its requests take so long in quiet stretches",
    of([failed(0)], [hanging(0, 11, 5), hanging(2, 11, 5)]),
    "yes",
  ],
  ["1.1 % of its requests are given up", of([failed(0)], [hanging(0, 0, 5, 11), quiet]), "unclear"],
  ["as many are given up in quiet stretches", of([failed(0)], [hanging(0, 0, 5, 11), hanging(2, 0, 5, 11)]), "yes"],
  ["it hangs: 9.9 % of its requests are given up", of([failed(0)], [hanging(0, 0, 5, 99), quiet]), "unclear"],
  ["it hangs: 10.1 % of its requests are given up", of([failed(0)], [hanging(0, 0, 5, 101), quiet]), "no"],
  ["the idle timeout is as long as the episode", { ...of([failed(0)], [served(0), quiet]), ...settings(600) }, "yes"],
  [
    "the idle timeout is longer than the episode",
    { ...of([failed(0)], [served(0), quiet]), ...settings(660) },
    "unclear",
  ],
  ["the idle timeout is not known", { ...of([failed(0)], [served(0), quiet]), ...settings(null) }, "unclear"],
  ["20 requests in the episode", of([failed(0)], [served(0, 0.1, 20), quiet]), "yes"],
  ["19 requests in the episode", of([failed(0)], [served(0, 0.1, 19), quiet]), "unclear"],
  ["20 requests in quiet stretches", of([failed(0)], [served(0), served(2, 0.1, 20)]), "yes"],
  ["19 requests in quiet stretches", of([failed(0)], [served(0), served(2, 0.1, 19)]), "unclear"],
  ["a target that was not there before", of([failed(0)], [served(0)]), "unclear"],
  ["in one of two episodes it is slow", of([failed(0), failed(1)], [served(0), served(1, 0.3), quiet]), "unclear"],
  [
    "of two targets one is slow",
    of(
      [failed(0), failed(0, 3, "RequestTimedOut", "b")],
      [served(0), served(0, 0.3, 1000, 0, "b"), quiet, served(2, 0.1, 1000, 0, "b")],
    ),
    "unclear",
  ],
  ["an episode without failed checks does not count", of([failed(0)], [served(0), served(1, 0.3), quiet]), "yes"],
  ["as ever in 3 of 5 episodes", episodes(5, 3), "yes"],
  ["as ever in 4 of 7 episodes", episodes(7, 4), "unclear"],
  ["slow in 3 of 5 episodes", episodes(5, 2, 0.3), "no"],
  ["slow in 4 of 7 episodes", episodes(7, 3, 0.3), "unclear"],
  ["no target group stands out", { ...of([failed(0)], [served(0), quiet]), ...suspect(null) }, "unknown"],
] satisfies readonly Row[];
