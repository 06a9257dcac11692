import { describe, expect, it } from "vitest";
import { blame, type GroupSeries } from "../../src/analysis/blame.ts";
import type { Episode } from "../../src/model/facts.ts";

const series = (values: (number | null)[]) => ({ start: 0, step: 60, values });
const group = (name: string, average: (number | null)[], requests: (number | null)[]): GroupSeries => ({
  arn: `arn:${name}`,
  name,
  average: series(average),
  maximum: series(average.map((value) => (value === null ? null : value * 3))),
  requests: series(requests),
});
const burst = (id: number, start: number, end: number): Episode => ({
  id,
  alarmAt: end,
  okAt: end + 60,
  burst: { start, end },
  breaching: 2,
  worst: 2,
  requests: 100,
  fewestRequests: 50,
});
const calm = group("calm", [0.1, 0.1, 0.1, 0.1], [500, 500, 500, 500]);

describe("blame", () => {
  it("names the group whose requests × excess is most, even where its requests are few", () => {
    const slow = group("slow", [0.5, 0.5, 8, 8], [20, 20, 20, 20]);
    const result = blame([calm, slow], [burst(1, 120, 240)], null);
    expect(result.verdict).toBe("one");
    expect(result.guilty?.name).toBe("slow");
    expect(result.guilty?.share).toBeCloseTo(1);
    expect(result.guilty).toMatchObject({ outside: 0.5, inside: 8, worstAverage: 8, maximum: 24 });
  });
  it("does not blame a group that is always slow for a burst that another makes", () => {
    const always = group("always", [5, 5, 5, 5], [50, 50, 50, 50]);
    const burstful = group("burstful", [0.1, 0.1, 3, 3], [50, 50, 50, 50]);
    expect(blame([always, burstful], [burst(1, 120, 240)], null).guilty?.name).toBe("burstful");
  });
  it("says alike where all with traffic rose, whoever has the largest share", () => {
    const a = group("a", [0.1, 0.1, 2, 2], [900, 900, 900, 900]);
    const b = group("b", [0.2, 0.2, 2, 2], [50, 50, 50, 50]);
    const silent = group("silent", [null, null, null, null], [null, null, null, null]);
    expect(blame([a, b, silent], [burst(1, 120, 240)], null)).toMatchObject({ verdict: "alike", guilty: null });
  });
  it("is unclear where two carry it between them and a third does not", () => {
    const a = group("a", [0.1, 0.1, 2, 2], [50, 50, 50, 50]);
    const b = group("b", [0.1, 0.1, 2, 2], [50, 50, 50, 50]);
    const result = blame([a, b, calm], [burst(1, 120, 240)], null);
    expect(result.verdict).toBe("unclear");
    expect(result.alsoRose).toHaveLength(1);
  });
  it("gives each episode its own shares", () => {
    const a = group("a", [0.1, 2, 0.1, 0.1], [50, 50, 50, 50]);
    const b = group("b", [0.1, 0.1, 0.1, 2], [50, 50, 50, 50]);
    const result = blame([a, b, calm], [burst(1, 60, 120), burst(2, 180, 240)], null);
    const shares = (name: string) =>
      result.groups.find((one) => one.name === name)?.shareByEpisode.map(({ share }) => Math.round(share));
    expect(shares("a")).toEqual([1, 0]);
    expect(shares("b")).toEqual([0, 1]);
  });
  it("is about the target group that the alarm watches, unless all rose together", () => {
    const loud = group("loud", [0.1, 0.1, 9, 9], [500, 500, 500, 500]);
    const watched = group("watched", [0.1, 0.1, 2, 2], [20, 20, 20, 20]);
    const episodes = [burst(1, 120, 240)];
    expect(blame([calm, loud, watched], episodes, null, "arn:watched")).toMatchObject({
      verdict: "one",
      guilty: { name: "watched" },
      alsoRose: ["loud"],
    });
    expect(blame([loud, watched], episodes, null, "arn:watched").verdict).toBe("alike");
  });
  it("counts the whole latency where the alarm never ends", () => {
    const poll = group("poll", [300, 300, 300, 300], [4, 4, 4, 4]);
    const result = blame([poll, calm], [burst(1, 0, 240)], null);
    expect(result.guilty?.name).toBe("poll");
    expect(result.guilty?.outside).toBeNull();
  });
  it("tells how far the groups are from the load balancer's own average", () => {
    const slow = group("slow", [0.5, 0.5, 8, 8], [500, 500, 500, 500]);
    const whole = { average: series([0.3, 0.3, 4.05, 4.05]), requests: series([1000, 1000, 1000, 1000]) };
    expect(blame([calm, slow], [burst(1, 120, 240)], whole).residual).toBeCloseTo(0);
    expect(blame([slow], [burst(1, 120, 240)], whole).residual).toBeCloseTo(8 / 4.05 - 1);
  });
});
