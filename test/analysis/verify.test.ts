import { describe, expect, it } from "vitest";
import { compareSessions, type VerifyFacts } from "../../src/analysis/verify.ts";
import type { Series } from "../../src/model/time.ts";
import { BURST_LATENCY, mainFacts } from "../fixes/main-facts.ts";
import { judgedOf } from "../judged.ts";

const HOUR = 3600;
const then = mainFacts();

/** The session after the change, two hours later: so many minutes at each load and latency, in order. */
function fixedSession(
  stretches: readonly { minutes: number; requests: number; seconds: number }[],
  change: (facts: VerifyFacts) => Partial<VerifyFacts> = () => ({}),
): VerifyFacts {
  const start = then.episodes.window.end + 2 * HOUR;
  const minutes = stretches.flatMap((one) => Array.from({ length: one.minutes }, () => one));
  const grid = (read: (one: (typeof minutes)[number]) => number): Series => ({
    start,
    step: 60,
    values: minutes.map(read),
  });
  const latency = grid(({ seconds }) => seconds);
  const metric = {
    ...then.alarmMetric,
    judged: latency,
    average: latency,
    requests: grid(({ requests }) => requests),
  };
  const episodes = {
    ...then.episodes,
    window: { start, end: start + minutes.length * 60 },
    transitions: [],
    episodes: [],
    cycles: 0,
  };
  const judged = judgedOf(then.alarm, metric);
  const facts = { ...then, judged, alarmMetric: metric, guiltyMetric: metric, episodes, rollouts: [] };
  return { ...facts, ...change(facts) };
}

const QUIET = { minutes: 120, requests: 24, seconds: 0.5 };

describe("a quiet alarm", () => {
  it("is fixed once load as heavy as a burst has come and gone well (000 L6)", () => {
    const result = compareSessions(then, fixedSession([QUIET, { minutes: 6, requests: 500, seconds: 0.7 }]));
    expect(result.outcome).toBe("fixed");
    expect(result.statement).toBe(
      "quiet because it is fixed: 6 periods as heavy as the episodes took 0.7 s on average, 3.6 s then",
    );
  });

  it("proves nothing while the burst has not come, and says when it would (000 L6)", () => {
    const result = compareSessions(then, fixedSession([QUIET]));
    expect(result.outcome).toBe("unproven");
    expect(result.statement).toMatch(/the load has not come back: the busiest period since had 24 requests, 5 % of/);
    expect(result.nextAt).toBe("between 05:00 and 10:00 UTC");
  });

  it("proves nothing on fewer periods than the shortest burst had", () => {
    const result = compareSessions(then, fixedSession([QUIET, { minutes: 4, requests: 500, seconds: 0.7 }]));
    expect(result.outcome).toBe("unproven");
    expect(result.open.join()).toMatch(/5 periods of at least 384 requests are needed to say; there were 4/);
  });

  it("is not fixed where only the alarm was changed", () => {
    const result = compareSessions(then, fixedSession([QUIET, { minutes: 6, requests: 500, seconds: 2 }]));
    expect(result.outcome).toBe("not fixed");
    expect(result.statement).toMatch(/quiet only because it was changed/);
  });

  const strict = (change: Partial<VerifyFacts["alarm"]>): VerifyFacts => ({
    ...then,
    alarm: { ...then.alarm, treatMissingData: "breaching", ...change },
  });

  it("is fixed where missing datapoints breach, since those before the first are not missing", () => {
    const after = fixedSession([QUIET, { minutes: 6, requests: 500, seconds: 0.7 }]);
    expect(compareSessions(strict({ evaluationPeriods: 3 }), after).outcome).toBe("fixed");
  });

  it("is fixed where a percentile was over the threshold on fewer samples than its old settings judge", () => {
    const few = { minutes: 30, requests: 30, seconds: 2 };
    const after = fixedSession([QUIET, few, { minutes: 6, requests: 500, seconds: 0.7 }], ({ alarm }) => ({
      alarm: { ...alarm, statistic: "p90" },
    }));
    expect(compareSessions(strict({ statistic: "p90" }), after).outcome).toBe("not fixed");
    expect(compareSessions(strict({ statistic: "p90", lowSamples: "ignore" }), after).outcome).toBe("fixed");
  });

  describe("whose settings judge something else since", () => {
    const burst = [QUIET, { minutes: 6, requests: 500, seconds: 2 }];
    /** The alarm looks at the median, which was well all the time. */
    const onMedian = (change: (facts: VerifyFacts) => Partial<VerifyFacts> = () => ({})) =>
      fixedSession(burst, (facts) => {
        const { values } = facts.judged.values;
        const median = { ...facts.judged.values, values: values.map(() => 0.1) };
        return {
          alarm: { ...facts.alarm, statistic: "p50" },
          judged: { ...facts.judged, values: median, statistics: { p50: median } },
          ...change(facts),
        };
      });

    it("is judged by the statistic of then where that is known", () => {
      const { outcome, statement } = compareSessions(then, onMedian());
      expect([outcome, statement]).toEqual(["not fixed", expect.stringMatching(/only because it was changed/)]);
    });

    it.each<[string, Partial<VerifyFacts["alarm"]>]>([
      ["another statistic", { statistic: "p90" }],
      ["an expression", { expression: { queries: [], judged: "e", words: "m * 2" } }],
      ["the target group alone", { dimensions: { ...then.alarm.dimensions, TargetGroup: "targetgroup/a/1" } }],
    ])("proves nothing where %s was judged then", (_, other) => {
      const before = { ...then, alarm: { ...then.alarm, ...other } };
      const { outcome, statement } = compareSessions(before, onMedian());
      expect([outcome, statement]).toEqual(["unproven", expect.stringMatching(/quiet, but judges something else/)]);
    });

    it("compares no loads of periods of another length", () => {
      const longer = onMedian(({ alarm, alarmMetric }) => {
        const stretched = alarmMetric && {
          ...alarmMetric,
          period: 300,
          requests: { ...alarmMetric.requests, step: 300 },
        };
        return {
          alarm: { ...alarm, period: 300 },
          ...(stretched && { alarmMetric: stretched, guiltyMetric: stretched }),
        };
      });
      const { outcome, statement } = compareSessions(then, longer);
      expect([outcome, statement]).toEqual([
        "unknown",
        expect.stringMatching(/periods of 60 s then and has periods of 5 min now/),
      ]);
    });
  });

  it("leaves open whether an autoscaler acts that stayed at its minimum (000 L7)", () => {
    const burst = [QUIET, { minutes: 6, requests: 500, seconds: 0.7 }];
    const replicas = { start: 0, step: 60, values: [4, 4, 4] };
    const result = compareSessions(
      then,
      fixedSession(burst, ({ autoscaler }) => (autoscaler ? { autoscaler: { ...autoscaler, replicas } } : {})),
    );
    expect(result.open.join()).toMatch(/the autoscaler stayed at 4 pods/);
  });
});

describe("an alarm that fired again", () => {
  const again = (requests: number) =>
    fixedSession([QUIET, { minutes: 6, requests, seconds: 2 }], ({ episodes }) => {
      const burst = { start: episodes.window.start + 7200, end: episodes.window.end };
      const episode = { ...then.episodes.episodes[0], id: 1, alarmAt: burst.start + 120, okAt: null, burst };
      return { episodes: { ...episodes, episodes: [episode as VerifyFacts["episodes"]["episodes"][number]] } };
    });

  it("is not fixed at the load of then", () => {
    const result = compareSessions(then, again(480));
    expect(result.outcome).toBe("not fixed");
    expect(result.statement).toBe("the alarm fired once since, at 480 requests a period and more, 480 then");
  });

  it("is told apart from one that met more load than then", () => {
    const result = compareSessions(then, again(900));
    expect(result.statement).toMatch(/all of them under more load than then \(at least 900/);
  });
});

describe("what cannot be compared", () => {
  it("is said", () => {
    const none = { ...then, episodes: { ...then.episodes, episodes: [] } };
    expect(compareSessions(none, fixedSession([QUIET])).outcome).toBe("unknown");
    expect(compareSessions(then, fixedSession([])).outcome).toBe("unknown");
  });
});

describe("what came before the change", () => {
  const burst = [QUIET, { minutes: 6, requests: 500, seconds: 0.7 }];

  it("is no evidence of it", () => {
    const after = fixedSession(burst, ({ episodes }) => ({
      rollouts: [{ at: episodes.window.end - 120, replicaSet: "new", revision: 43, image: null, version: null }],
    }));
    const result = compareSessions(then, after);
    expect(result.outcome).toBe("unproven");
    expect(result.comparable).toBe(2);
  });

  it("leaves nothing to compare where the same minutes are looked at again", () => {
    expect(compareSessions(then, then).outcome).toBe("unknown");
  });
});

describe("the load classes", () => {
  it("set latency then and now side by side", () => {
    const { classes } = compareSessions(then, fixedSession([QUIET, { minutes: 6, requests: 500, seconds: 0.7 }]));
    const top = classes.at(-1);
    expect(top).toMatchObject({ from: 384, to: null });
    expect(top?.before).toMatchObject({ periods: 45 });
    expect(top?.before?.mean).toBeCloseTo(BURST_LATENCY, 6);
    expect(top?.after).toEqual({ periods: 6, mean: 0.7, worst: 0.7 });
  });
});
