import { describe, expect, it } from "vitest";
import {
  closedTime,
  erlangC,
  lineAfter,
  logNormalQuantile,
  type Station,
  steadyWait,
  stretch,
} from "../../src/analysis/queueing.ts";

const station = (change: Partial<Station> = {}): Station => ({
  servers: 1,
  work: 1,
  workVariation: 1,
  arrivalVariation: 1,
  ...change,
});

describe("Erlang's C", () => {
  it("is the load itself with one server", () => {
    expect(erlangC(1, 0.7)).toBeCloseTo(0.7, 10);
  });

  // Published tables: 2 servers at 1 Erlang 1/3, 10 servers at 8 Erlang 0.4092.
  it.each([
    [2, 1, 1 / 3],
    [10, 8, 0.4092],
  ])("%d servers at %d", (servers, load, wanted) => {
    expect(erlangC(servers, load)).toBeCloseTo(wanted, 4);
  });

  it("is certain from saturation on, and never without load", () => {
    expect(erlangC(4, 4)).toBe(1);
    expect(erlangC(4, 9)).toBe(1);
    expect(erlangC(4, 0)).toBe(0);
  });
});

describe("the steady wait", () => {
  it("of M/M/1 is ρ/(μ − λ)", () => {
    expect(steadyWait(station(), 0.5)).toBeCloseTo(1, 10);
    expect(steadyWait(station(), 0.9)).toBeCloseTo(9, 10);
  });

  it("of M/D/1 is half of that", () => {
    expect(steadyWait(station({ workVariation: 0 }), 0.5)).toBeCloseTo(0.5, 10);
  });

  it("has no end from saturation on", () => {
    expect(steadyWait(station(), 1)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("a line over time", () => {
  it("settles at what the steady state says", () => {
    const rate = 0.9;
    const wait = lineAfter(station(), rate, 0, 1e5);
    // Diffusion: σ²/(2·|drift|) = (0.9 + 0.9) / 0.2 requests, against 9 of M/M/1's ρ/(1 − ρ).
    expect(wait).toBeCloseTo(9, 1);
  });

  it("grows by the surplus above saturation", () => {
    const grown = lineAfter(station({ workVariation: 0.01, arrivalVariation: 0.01 }), 2, 0, 1000);
    expect(grown).toBeGreaterThan(1000);
    expect(grown).toBeLessThan(1001);
  });

  it("grows like the square root of time at saturation", () => {
    const short = lineAfter(station(), 1, 0, 100);
    expect(short).toBeCloseTo(Math.sqrt((2 * 2 * 100) / Math.PI), 2);
    expect(lineAfter(station(), 1, 0, 400) / short).toBeCloseTo(2, 2);
  });

  it("is worked off by the spare capacity", () => {
    const left = lineAfter(station({ workVariation: 0.01, arrivalVariation: 0.01 }), 0.5, 100, 100);
    expect(left).toBeGreaterThan(49.9);
    expect(left).toBeLessThan(50.2);
  });

  it("stays a number far from every balance", () => {
    for (const rate of [1e-6, 0.01, 0.999999, 1, 1.000001, 50])
      for (const before of [0, 1, 1e4])
        for (const time of [1e-3, 1, 1e6]) {
          const line = lineAfter(station({ servers: 3 }), rate, before, time);
          expect(line, `${rate} ${before} ${time}`).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(line)).toBe(true);
        }
  });
});

describe("stretches one after the other", () => {
  it("come to the same as one long stretch", () => {
    const busy = station({ servers: 4 });
    const whole = stretch(busy, 3.9, 0, 240);
    let line = 0;
    for (let part = 0; part < 4; part += 1) line = stretch(busy, 3.9, line, 60).line;
    expect(line / whole.line).toBeCloseTo(1, 2);
  });

  it("let a burst's queue be waited through after it", () => {
    const { wait } = stretch(station(), 0.1, 60, 10);
    expect(wait).toBeGreaterThan(50);
  });
});

describe("quantiles of response times", () => {
  it("are those of the log-normal", () => {
    expect(logNormalQuantile(1, 0, 0.95)).toBeCloseTo(1, 10);
    expect(logNormalQuantile(2, 1, 0.5)).toBeCloseTo(2 / Math.SQRT2, 6);
  });
});

describe("callers who send again once they are answered", () => {
  const station = { servers: 1, work: 0.5, workVariation: 1, arrivalVariation: 1 };

  it("have the worker to themselves when they are alone", () => {
    expect(closedTime(station, 4, 1, 0)).toBeCloseTo(0.5, 9);
  });

  it("wait as a balanced closed network does: work × (1 + (callers − 1) / stations)", () => {
    expect(closedTime(station, 4, 13, 0)).toBeCloseTo(0.5 * (1 + 12 / 4), 9);
  });

  it("share all workers when they are many: callers × work / workers", () => {
    expect(closedTime({ ...station, servers: 2 }, 4, 800, 0)).toBeCloseTo((800 * 0.5) / 8, 0);
  });

  it("wait less when they pause, or when requests are alike", () => {
    expect(closedTime(station, 4, 13, 1)).toBeLessThan(closedTime(station, 4, 13, 0));
    expect(closedTime({ ...station, workVariation: 0.2 }, 4, 13, 0)).toBeLessThan(closedTime(station, 4, 13, 0));
  });
});
