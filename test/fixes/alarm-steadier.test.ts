import { describe, expect, it } from "vitest";
import latency from "../../playbooks/alarms/latency/playbook.ts";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { type Family, scenarioFor } from "../../simulator/families.ts";
import type { AlarmSpec, Scenario } from "../../simulator/scenario.ts";
import { solve, solveWorld } from "../../simulator/solve.ts";
import { buildWorld, type World } from "../../simulator/world.ts";
import type { Facts } from "../../src/model/facts.ts";
import type { Verdict } from "../../src/model/judgement.ts";
import type { JudgedMetric } from "../../src/model/metric.ts";
import type { Series } from "../../src/model/time.ts";
import { putChangedAlarm } from "../../src/remedy/aws-commands.ts";
import type { Rejudged, Steadier } from "../../src/remedy/steadier-alarm.ts";
import { steadierOf } from "../judged.ts";
import { type AlarmOutcome, alarmOutcomeOf, simulated } from "./alarm-outcomes.ts";
import { MAIN_VERDICT, mainFacts } from "./main-facts.ts";

/** Whole incidents are simulated. */
const LONG = { timeout: 120_000 };

const definition = latency.fixes.find(({ id }) => id === "steadier-alarm");
const proposed = (facts: Partial<Facts>, verdict: Verdict = MAIN_VERDICT) =>
  definition?.propose(facts, verdict, []) ?? null;

const REAL = [
  "worker-concurrency-ceiling",
  "uneven-pod-load",
  "cpu-throttling",
  "insufficient-capacity",
  "slow-dependency",
  "deploy-regression",
  "shared-load-balancer",
] as const satisfies readonly Family[];

describe("over simulated incidents of every real trouble", () => {
  const outcomes: [name: string, outcome: AlarmOutcome][] = [];

  it("the simulator's alarm does what the back-test said, offered and refused alike", LONG, async () => {
    for (const family of REAL)
      for (const seed of [3, 5, 6]) {
        const outcome = await alarmOutcomeOf(buildWorld(scenarioFor(family, seed)));
        if (outcome) outcomes.push([`${family} ${seed}`, outcome]);
      }
    for (const [name, { proposal, tempting }] of outcomes)
      for (const { settings, said, simulated: then } of [...tempting, ...(proposal ? [proposal] : [])]) {
        const told = ({ cycles, missed }: typeof said) => ({ name, settings, cycles, missed });
        expect(told(said)).toEqual(told(then));
        // The simulator's evaluations move by less than a second.
        expect(Math.abs(said.latest - then.latest)).toBeLessThan(2);
      }
  });

  it("what is offered shows every episode in at most half the cycles, in time", () => {
    const offered = outcomes.flatMap(([name, { proposal, today }]) => (proposal ? [{ name, proposal, today }] : []));
    // Without offers there would be nothing to hold to it.
    expect(offered.length).toBeGreaterThan(8);
    for (const { name, proposal, today } of offered) {
      expect([name, proposal.simulated.missed]).toEqual([name, []]);
      expect([name, proposal.simulated.cycles <= today / 2]).toEqual([name, true]);
      expect([name, proposal.simulated.latest < 60]).toEqual([name, true]);
      expect([name, proposal.lingers <= 3600]).toEqual([name, true]);
    }
  });

  it("what is refused hides episodes, or pages nearly as often", () => {
    const refused = outcomes.flatMap(([, { tempting, today }]) => tempting.map((one) => ({ ...one, today })));
    expect(refused.filter((one) => one.simulated.missed.length > 0).length).toBeGreaterThan(8);
    for (const { simulated: then, today } of refused)
      expect(then.missed.length > 0 || then.cycles > today / 2).toBe(true);
  });

  it("where nothing is calmer and complete it is left as it is", () => {
    const left = outcomes.filter(([, { proposal }]) => proposal === null);
    expect(left.length).toBeGreaterThan(0);
  });
});

describe("where datapoints are missing", LONG, () => {
  /** Minutes without any traffic, in and between the bursts of the main incident. */
  const gappy = (change: Partial<AlarmSpec>): Scenario => {
    const base = INCIDENTS["worker-ceiling"]();
    const lulls = [20, 65, 110, 155, 200, 245, 290, 335].map((minute) => ({
      at: minute * 60,
      seconds: 300,
      factor: 0,
    }));
    const { focus, others } = base;
    const traffic = { ...focus.traffic, levels: [...focus.traffic.levels, ...lulls] };
    return {
      ...base,
      alarm: { ...base.alarm, ...change },
      focus: { ...focus, traffic },
      others: others.map((other) => ({ ...other, levels: [...other.levels, ...lulls] })),
    };
  };

  it.each(["missing", "ignore", "notBreaching"] as const)(
    "%s: the back-test is the simulator's",
    async (treatMissingData) => {
      const world = buildWorld(gappy({ treatMissingData }));
      const { facts, fixes } = await solveWorld(world);
      expect(facts.judged?.values.values).toContain(null);
      const { proposal } = steadierOf(facts) ?? {};
      if (!proposal) throw new Error("nothing is proposed");
      expect(simulated(world, specOf(world, proposal), facts.episodes?.episodes ?? [])).toMatchObject({
        cycles: proposal.run.cycles,
        missed: [],
      });
      const fix = fixes.find(({ id }) => id === "steadier-alarm");
      expect(fix?.arithmetic?.join("\n")).toMatch(
        /datapoints are missing: .* not documented; 2 are assumed, and it is .* 0 to 3/,
      );
    },
  );

  it("breaching: what every gap would keep in ALARM is not offered", async () => {
    const world = buildWorld(gappy({ treatMissingData: "breaching" }));
    const { facts } = await solveWorld(world);
    const steadier = steadierOf(facts);
    expect(steadier?.today.exact).toBe(true);
    expect(steadier?.proposal).toBeNull();
  });
});

function specOf({ scenario }: World, { alarm, group }: Rejudged): AlarmSpec {
  const { statistic, threshold, evaluationPeriods, datapointsToAlarm } = alarm;
  const on = group ? "target group" : scenario.alarm.on;
  return { ...scenario.alarm, on, statistic, threshold, evaluationPeriods, datapointsToAlarm };
}

/** Single slow minutes every nine minutes, which today's two datapoints in a row pass over. */
function blips(series: Series): Series {
  const quiet = (index: number) => [-1, 0, 1].every((by) => (series.values[index + by] ?? 0) < 0.8);
  return { ...series, values: series.values.map((value, index) => (index % 9 === 4 && quiet(index) ? 5 : value)) };
}

describe("what it is judged by, one after the other", LONG, () => {
  const known = async () => {
    const world = buildWorld(INCIDENTS["worker-ceiling"]());
    const { facts } = await solveWorld(world);
    const { judged } = facts;
    if (!judged) throw new Error("the metric was not read");
    const noisy: JudgedMetric = { ...judged, values: blips(judged.values) };
    return { world, facts, noisy };
  };

  it("datapoints to look back on, where they do", async () => {
    const { facts } = await known();
    const { proposal } = steadierOf(facts) as Steadier;
    expect(proposal?.alarm.statistic).toBe("Average");
    expect(proposal?.group).toBeNull();
    expect(proposal?.alarm.datapointsToAlarm).toBe(2);
  });

  it("a percentile, where single slow minutes keep the average's alarm from ending", async () => {
    const { facts, noisy } = await known();
    const { proposal, today } = steadierOf({ ...facts, judged: noisy }) as Steadier;
    expect(today.exact).toBe(true);
    expect(proposal?.alarm.statistic).toMatch(/^p\d+$/);
    expect(proposal?.missed).toEqual([]);
  });

  it("no percentile of few samples; then the guilty target group alone, with the others' alarms beside it", async () => {
    const { world, facts, noisy } = await known();
    const few = facts.episodes?.episodes.map((episode) => ({ ...episode, fewestRequests: 10 })) ?? [];
    const episodes = facts.episodes && { ...facts.episodes, episodes: few };
    const changed: Partial<Facts> = { ...facts, judged: noisy, ...(episodes ? { episodes } : {}) };
    const { proposal } = steadierOf(changed) as Steadier;
    if (!proposal?.group) throw new Error("not the target group's");
    expect(simulated(world, specOf(world, proposal), few)).toMatchObject({ cycles: proposal.run.cycles, missed: [] });

    const fix = proposed(changed);
    const commands = fix?.changes.map(({ command }) => command) ?? [];
    expect(commands).toHaveLength(1 + 5 + 1);
    expect(commands[0]).toContain(`--alarm-name ${facts.alarm?.name}-${proposal.group.name}`);
    expect(commands[0]).toContain(`TargetGroup,Value=targetgroup/${proposal.group.name}/`);
    expect(commands[1]).toContain("--evaluation-periods 2 --datapoints-to-alarm 2");
    expect(commands.at(-1)).toBe(`aws cloudwatch delete-alarms --region eu-west-2 --alarm-names ${facts.alarm?.name}`);
    expect(fix?.risk).toContain("not back-tested");
    expect(fix?.rollback.at(-1)?.match(/-k8s-default-/g)).toHaveLength(6);
  });

  it("no target group alone while another one is slow, too", async () => {
    const { facts, noisy } = await known();
    const blame = facts.blame && {
      ...facts.blame,
      groups: facts.blame.groups.map((group, index) => (index === 1 ? { ...group, worstAverage: 1 } : group)),
    };
    const few = facts.episodes?.episodes.map((episode) => ({ ...episode, fewestRequests: 10 })) ?? [];
    const episodes = facts.episodes && { ...facts.episodes, episodes: few };
    const changed = { ...facts, judged: noisy, ...(blame ? { blame } : {}), ...(episodes ? { episodes } : {}) };
    expect(steadierOf(changed)?.proposal).toBeNull();
  });

  it("no target group whose usual is above the threshold: it would never be OK", async () => {
    const { facts } = await solve(INCIDENTS.clumping());
    const { alone } = steadierOf(facts) as Steadier;
    // It shows all of them in one stay, for it never ends.
    expect(alone?.missed).toEqual([]);
    expect(alone?.run.cycles).toBe(1);
    expect(alone?.complete).toBe(false);
  });
});

describe("a window that begins in an episode", LONG, () => {
  const world = buildWorld(INCIDENTS["worker-ceiling"]());
  /** What is proposed where the window begins this many seconds into the episode. */
  const from = async (id: number, seconds: number) => {
    const whole = await solveWorld(world);
    const begin = whole.facts.episodes?.episodes.find((one) => one.id === id)?.alarmAt ?? Number.NaN;
    const start = Math.floor((begin + seconds) / 60) * 60;
    return solveWorld(world, undefined, undefined, { start, end: world.scenario.now });
  };

  it.each([
    [2, 60],
    [4, 180],
  ])("%d, %d s in: pages are the stays in ALARM, its own included, and it is not later than itself", async (id, s) => {
    const { facts, fixes } = await from(id, s);
    const count = facts.episodes?.episodes.length ?? 0;
    expect(facts.episodes?.cycles).toBe(count - 1);
    const why = fixes.find((one) => one.id === "steadier-alarm")?.why;
    expect(why).toMatch(new RegExp(`fixed, [12] pages? instead of ${count} for episodes like these\\. It misses none`));
    expect(why).toContain("never later than today's");
  });
});

describe("nothing is said of the alarm", () => {
  const without = (change: Partial<Facts>) => proposed({ ...mainFacts(), ...change });

  it("but here", () => {
    expect(proposed(mainFacts())).not.toBeNull();
  });

  it("where it is itself the fault, or nothing is established", () => {
    for (const rootCause of ["alarm-too-sensitive", "low-traffic-artifact", "long-poll-held-open", null] as const)
      expect(proposed(mainFacts(), { ...MAIN_VERDICT, rootCause })).toBeNull();
  });

  it("where it does not flap", () => {
    const { episodes } = mainFacts();
    expect(without({ episodes: { ...episodes, cycles: 2 } })).toBeNull();
  });

  it("where its history could not be read, or is not what its datapoints give", () => {
    const { episodes, alarm } = mainFacts();
    expect(without({ episodes: { ...episodes, from: "metric" } })).toBeNull();
    expect(without({ alarm: { ...alarm, evaluationPeriods: 5, datapointsToAlarm: 5 } })).toBeNull();
  });
});

describe("the words", () => {
  const fix = proposed(mainFacts());

  it("put the service first and hide nothing", () => {
    expect(fix?.why).toMatch(/^Not a fix\. /);
    expect(fix?.why).toMatch(
      /fixed, 1 page instead of 9 for episodes like these\. It misses none, is never later than today's/,
    );
    expect(fix?.preconditions[0]).toContain("the fix for the service");
    // Its bursts grow for five minutes: five in a row see each of them late, and twice the threshold a minute late.
    expect(fix?.notOffered?.map(({ because }) => because)).toEqual([
      "it would still page 9 of 9 times, 3 min later at worst",
      "it would still page 9 of 9 times, 60 s later at worst",
    ]);
  });

  it("say how long it stays", () => {
    const n = Number(/--evaluation-periods (\d+)/.exec(fix?.changes[0]?.command ?? "")?.[1]);
    expect(fix?.why).toContain(`for up to ${n - 2} min after the last`);
    expect(fix?.arithmetic?.join("\n")).toContain(`(${n} − 2) × 60 s = ${n - 2} min`);
  });

  it("change the present alarm under its own name, and back", () => {
    const name = mainFacts().alarm.name;
    expect(fix?.changes.map(({ command }) => command)).toEqual([expect.stringContaining(`--alarm-name ${name}`)]);
    expect(fix?.rollback[0]).toContain("--evaluation-periods 2 --datapoints-to-alarm 2");
  });
});

describe("a percentile alarm's new definition", () => {
  const change = { statistic: "p99", threshold: 1, evaluationPeriods: 10, datapointsToAlarm: 2, leastRequests: null };

  it("says again what it does on few samples, and an average's does not", () => {
    const alarm = { ...mainFacts().alarm, lowSamples: "ignore" } as const;
    expect(putChangedAlarm(alarm, change)).toContain("--evaluate-low-sample-count-percentile ignore");
    expect(putChangedAlarm(alarm, { ...change, statistic: "Average" })).not.toContain("low-sample");
    expect(putChangedAlarm({ ...alarm, lowSamples: "evaluate" }, change)).not.toContain("low-sample");
  });
});
