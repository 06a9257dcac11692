import { describe, expect, it } from "vitest";
import counts from "../../playbooks/evidence/alarm-history/counts.ts";
import alarmMetricFigure from "../../playbooks/evidence/alarm-history/figure.ts";
import alarmPicture from "../../playbooks/evidence/alarm-history/picture.ts";
import { reproduce } from "../../src/analysis/backtest.ts";
import { compareSessions, type VerifyFacts } from "../../src/analysis/verify.ts";
import { drawFigures } from "../../src/drawing/figure.ts";
import { textOf } from "../../src/drawing/lines.ts";
import { drawPicture } from "../../src/drawing/picture.ts";
import type { Session } from "../../src/model/session.ts";
import { jsonReport } from "../../src/output/json.ts";
import { documentText, sectionText } from "../output/postmortem/solved.ts";
import { investigated } from "./playbook.ts";
import { changesOf, one, type World } from "./world.ts";

/** Minutes of the window in which something is wrong, four times for six minutes. */
const isBad = (minute: number) => [40, 80, 120, 160].some((from) => minute >= from && minute < from + 6);

const BALANCER = { LoadBalancer: "app/shop/1" };
const requests = () => one(600);

const errors: World = {
  alarm: {
    name: "shop-5xx",
    comparison: "GreaterThanThreshold",
    threshold: 5,
    period: 60,
    evaluationPeriods: 2,
    datapointsToAlarm: 2,
    treatMissingData: "notBreaching",
    dimensions: { ...BALANCER, AvailabilityZone: "eu-west-2a" },
    metric: "HTTPCode_Target_5XX_Count",
    statistic: "Sum",
  },
  metrics: {
    RequestCount: requests,
    // No error, no datapoint; each error is a sample.
    HTTPCode_Target_5XX_Count: (minute) => (isBad(minute) ? { sum: 40, samples: 40 } : null),
  },
};

const share: World = {
  ...errors,
  alarm: {
    ...errors.alarm,
    name: "shop-5xx-share",
    dimensions: BALANCER,
    expression: {
      text: "m1/m2*100",
      of: [
        ["HTTPCode_Target_5XX_Count", "Sum"],
        ["RequestCount", "Sum"],
      ],
      value: (failed = null, all = null) => (failed === null || all === null ? null : (failed / all) * 100),
    },
    treatMissingData: "missing",
  },
  metrics: {
    ...errors.metrics,
    HTTPCode_Target_5XX_Count: (minute) => one(isBad(minute) ? 60 : 1),
  },
};

const hosts: World = {
  alarm: {
    ...errors.alarm,
    name: "shop-hosts",
    comparison: "LessThanThreshold",
    threshold: 2,
    treatMissingData: "breaching",
    dimensions: { ...BALANCER, TargetGroup: "targetgroup/shop/2" },
    metric: "HealthyHostCount",
    statistic: "Minimum",
  },
  metrics: { HealthyHostCount: (minute) => one(isBad(minute) ? 1 : 3) },
};

/** The same bad minutes on windows of five minutes. */
const slid = (world: World, more: Partial<World["alarm"]> = {}): World => ({
  ...world,
  alarm: { ...world.alarm, period: 300, evaluationPeriods: 1, datapointsToAlarm: 1, ...more },
});

const statement = (session: Session, id: string) =>
  session.findings.find((one) => one.id === `alarm-history.${id}`)?.statement;
const facts = ({ facts: { alarm, judged, episodes } }: Session) => {
  if (!alarm || !judged || !episodes) throw new Error("the alarm was not read");
  return { alarm, judged, episodes };
};

describe.each([
  {
    kind: "a count",
    world: errors,
    fires: "the Sum of HTTPCode_Target_5XX_Count of load balancer shop in eu-west-2a is above 5 in 2 consecutive",
    unit: "count",
    worst: 40,
    impact: [
      "24 min over the threshold of 5",
      "14400 requests (10 % of all) fell into the datapoints over the threshold, all services of the load balancer in eu-west-2a together",
      "5XX\\_Count in these datapoints: 960",
    ],
    episodes: ["| Over the threshold from | Worst | Requests in breaching datapoints |"],
    timeline: "over the threshold from 08:40, up to 40;",
    command:
      "--namespace AWS/ApplicationELB --metric-name HTTPCode_Target_5XX_Count --dimensions Name=LoadBalancer,Value=app/shop/1 Name=AvailabilityZone,Value=eu-west-2a --statistic Sum --period 60",
    trouble: "each datapoint higher by 2 thresholds",
    tempting: "a threshold of 10",
    figure: ["reaches 40; the threshold is 5", "count"],
  },
  {
    kind: "a share by metric math",
    world: share,
    fires:
      "m1/m2*100 of load balancer shop, all its target groups together (m1: Sum of HTTPCode_Target_5XX_Count, m2: Sum of RequestCount) is above 5 %",
    unit: "%",
    worst: 10,
    impact: ["24 min over the threshold of 5 %", "14400 requests (10 % of all)"],
    episodes: ["| 10 % | 3600 |"],
    timeline: "over the threshold from 08:40, up to 10 %;",
    command: '"Expression":"m1/m2*100"',
    trouble: "each datapoint higher by 2 thresholds",
    tempting: "a threshold of 10 %",
    figure: ["m1/m2*100 of each 60 s", "reaches 10 %; the threshold is 5 %", "%"],
  },
  {
    kind: "hosts, of which few are bad",
    world: hosts,
    fires: "the Minimum of HealthyHostCount of target group shop is below 2 hosts in 2 consecutive periods of 60 s",
    unit: "hosts",
    worst: 1,
    impact: ["24 min below the threshold of 2 hosts"],
    episodes: ["| Episode | In ALARM (UTC) | For | Below the threshold from | Worst |", "| 1 host |"],
    timeline: "below the threshold from 08:40, down to 1 host;",
    command: "--metric-name HealthyHostCount",
    trouble: "it falls to 0",
    tempting: "a threshold of 1 host",
    figure: ["falls to 1 host; the threshold is 2 hosts", "hosts"],
  },
])("$kind", ({ world, fires, unit, worst, impact, episodes, timeline, command, trouble, tempting, figure }) => {
  const session = investigated(world);

  it("says what makes it fire, and in which unit", async () => {
    expect(statement(await session, "condition")).toContain(`fires when ${fires}`);
    expect(JSON.parse(jsonReport(await session)).alarm.unit).toBe(unit);
    expect((await session).gaps).toEqual([]);
  });
  it("has its episodes, each as bad as it was", async () => {
    const { episodes } = facts(await session);
    expect(episodes.episodes.map(({ breaching, worst }) => [breaching, worst])).toEqual(Array(4).fill([6, worst]));
  });
  it("is rebuilt from its datapoints, transition for transition", async () => {
    const { alarm, judged, episodes } = facts(await session);
    const today = reproduce(alarm, judged, episodes);
    expect(today?.exact).toBe(true);
    expect(today?.met).toBe(changesOf(world).length);
  });
  it("is offered as a steadier alarm, with its own words and its own metric", async () => {
    const fix = (await session).fixes.find(({ id }) => id === "steadier-alarm");
    expect(fix?.why).toMatch(/1 page instead of 4 for episodes like these\. It misses none/);
    expect(fix?.changes[0]?.command).toContain(command);
    expect(fix?.rollback[0]).toContain(command);
    expect(fix?.arithmetic?.join()).toContain(`synthetic test: ${trouble} for 15 min`);
    expect(fix?.notOffered?.map(({ title }) => title)).toContain(tempting);
  });
  it("is offered as a calmer alarm where the alarm is the fault", async () => {
    const fix = (await investigated(world, "alarm-too-sensitive")).fixes.find(({ id }) => id === "calmer-alarm");
    expect(fix?.changes[0]?.command).toContain("put-metric-alarm");
    expect(fix?.changes[0]?.command).toContain(command);
    expect(fix?.arithmetic?.join()).toContain(trouble);
  });
  it("has its impact and its timeline", async () => {
    const text = documentText(await session);
    for (const line of impact) expect(sectionText(text, "Customer impact")).toContain(line);
    for (const line of episodes) expect(sectionText(text, "Episodes")).toContain(line);
    expect(sectionText(text, "Timeline")).toContain(timeline);
    expect(text).not.toMatch(/undefined|NaN/);
  });
  it("is drawn in its own unit", async () => {
    const drawn = drawFigures(await session, [alarmMetricFigure])[0]?.figure;
    for (const words of figure) expect(JSON.stringify(drawn)).toContain(words);
    const picture = drawPicture(alarmPicture, await session, 80)
      .map(textOf)
      .join("\n");
    expect(picture).toContain(unit === "hosts" ? "lowest of each column" : "highest of each column");
    expect(picture).not.toMatch(/\d s /);
  });
});

// Windows that slide hold the same minutes several times: 24 bad minutes of 40 errors are 960, whatever the period.
it.each([60, 300])("the errors' share of the requests is counted once at a period of %i s", async (period) => {
  const world = { ...errors, alarm: { ...errors.alarm, period, evaluationPeriods: 1, datapointsToAlarm: 1 } };
  const told = (await investigated(world, "target-errors", counts)).findings.find(
    ({ id }) => id === "alarm-history.share",
  );
  const { inside = 0, outside = 0 } = told?.measures ?? {};
  expect(Number(inside) + Number(outside)).toBe(960);
});

describe("verify", () => {
  const session = async (world: World): Promise<VerifyFacts> => facts(await investigated(world)) as VerifyFacts;
  /** The same day, so much later. */
  const later = (known: VerifyFacts, seconds: number): VerifyFacts => {
    const moved = <T extends { start: number }>(series: T): T => ({ ...series, start: series.start + seconds });
    const { judged, episodes } = known;
    const span = (one: { start: number; end: number }) => ({ start: one.start + seconds, end: one.end + seconds });
    const { traffic } = judged;
    return {
      ...known,
      judged: {
        ...judged,
        values: moved(judged.values),
        traffic: traffic && { ...traffic, perStep: moved(traffic.perStep) },
      },
      episodes: {
        ...episodes,
        window: span(episodes.window),
        episodes: episodes.episodes.map((one) => ({ ...one, burst: span(one.burst) })),
      },
    };
  };
  const quiet = (world: World, metric: string, value: number): World => ({
    ...world,
    metrics: { ...world.metrics, [metric]: () => one(value) },
  });
  const DAY = 86_400;

  it("proves a count fixed where as many requests came without errors", async () => {
    const then = await session(errors);
    const now = later(await session(quiet(errors, "HTTPCode_Target_5XX_Count", 2)), DAY);
    const found = compareSessions(then, now);
    expect(found.outcome).toBe("fixed");
    expect(found.statement).toMatch(
      /^quiet because it is fixed: 240 periods as heavy as the episodes had 2 on average, 40 then$/,
    );
  });
  it("says of a share in percent what it was and is", async () => {
    const then = await session(share);
    const found = compareSessions(then, later(await session(quiet(share, "HTTPCode_Target_5XX_Count", 3)), DAY));
    expect(found.statement).toContain("had 0.5 % on average, 10 % then");
    expect(compareSessions(then, later(then, DAY)).outcome).toBe("not fixed");
  });
  it("proves nothing of hosts, that no traffic makes, but that they fail again", async () => {
    const then = await session(hosts);
    const now = later(await session(quiet(hosts, "HealthyHostCount", 3)), DAY);
    expect(compareSessions(then, now)).toMatchObject({ outcome: "unproven", classes: [] });
    expect(compareSessions(then, now).statement).toMatch(/quiet for .*, but nothing that it watches shows/);
    expect(compareSessions(then, later(then, DAY))).toMatchObject({
      outcome: "not fixed",
      statement: "the alarm fired 4 times since",
    });
  });
});

describe("a period of five minutes", () => {
  it.each([
    ["a count", slid(errors, { threshold: 30 })],
    ["a share", slid(share, { evaluationPeriods: 2, datapointsToAlarm: 2 })],
    ["hosts", slid(hosts)],
  ])("%s is judged on windows that slide by a minute, as CloudWatch does", async (_, world) => {
    const session = await investigated(world);
    const { alarm, judged, episodes } = facts(session);
    expect(judged.onClockBecause).toBeNull();
    expect([judged.values.step, judged.length]).toEqual([60, 300]);
    const today = reproduce(alarm, judged, episodes);
    expect(today?.exact).toBe(true);
    expect(today?.met).toBe(changesOf(world).length);
    expect(changesOf(world).length).toBeGreaterThan(4);
    expect(statement(session, "windows")).toMatch(
      /every minute, on windows that slide: judged on the \d+ windows that its minutes make/,
    );
  });

  it("counts what came in once, however many windows hold it", async () => {
    const { episodes } = facts(await investigated(slid(errors, { threshold: 30 })));
    // Windows breach that begin up to four minutes before the first bad one, and up to the last.
    for (const { requests } of episodes.episodes) expect(requests).toBeLessThanOrEqual(600 * 15);
  });

  it("stays on the clock's periods where a recording lacks the minutes, and tells the gap", async () => {
    const session = await investigated({ ...slid(errors, { threshold: 30 }), withMinutes: false });
    const { judged } = facts(session);
    expect(judged.values.step).toBe(300);
    expect(session.gaps).toMatchObject([{ source: "cloudwatch", kind: "not-recorded" }]);
    expect(statement(session, "windows")).toMatch(
      /judged on the clock's periods alone, since the minutes' sum could not be read: .* known to about 5 min/,
    );
  });

  it("of a percentile cannot be made, and says so", async () => {
    const world = slid(errors, { metric: "TargetResponseTime", statistic: "p95", threshold: 30 });
    const latency = {
      ...world,
      metrics: { ...world.metrics, TargetResponseTime: errors.metrics.HTTPCode_Target_5XX_Count },
    };
    const session = await investigated(latency as World);
    expect(statement(session, "windows")).toContain(
      "the p95 of a longer period cannot be made from those of its minutes",
    );
    expect(session.gaps).toEqual([]);
  });
});
