import { describe, expect, it } from "vitest";
import { pictures } from "../../playbooks/pictures.ts";
import { columns, textOf } from "../../src/drawing/lines.ts";
import { briefPicture } from "../../src/drawing/picture.ts";
import type { Facts } from "../../src/model/facts.ts";
import type { Session } from "../../src/model/session.ts";
import type { Cause } from "../../src/model/vocabulary.ts";
import { plainPage } from "../../src/output/plain.ts";
import { facts, pod, session } from "../board/sample.ts";

const { alarmMetric } = facts;

/** The sample with the guilty group's own figures, a cause, and what is changed of its facts. */
function sample(rootCause: Cause, change: Partial<Facts> = {}): Session {
  const { verdict } = session;
  return {
    ...session,
    facts: { ...facts, ...(alarmMetric && { guiltyMetric: alarmMetric }), ...change },
    verdict: verdict && { ...verdict, rootCause },
  };
}

const drawn = (one: Session, width = 70) => briefPicture(one, pictures, width).map(textOf);
const demand = facts.demand;
if (!demand || !alarmMetric || !facts.podCpu) throw new Error("the sample has these facts");

describe("the minutes of the longest spike", () => {
  const ceiling = (change: Partial<typeof demand> = {}) =>
    sample("worker-concurrency-ceiling", { demand: { ...demand, ...change } });

  it("stand requests in flight against the capacity, and the work and CPU that minutes show", () => {
    // 300 requests a minute, 5 s each: 25 in flight; 0.6 s without a queue: work for 3.
    const lines = drawn(ceiling({ serviceTime: 0.6 }));
    const row = (label: string) =>
      lines
        .find((line) => line.startsWith(label))
        ?.trim()
        .split(/\s{2,}/);
    expect(lines[0]).toBe("requests in flight in the longest spike, against a capacity of 4");
    expect(lines[1]?.trim()).toBe(`25 ┤${" ".repeat(13)}█████ █████ █████ █████ █████`);
    expect(lines[4]).toMatch(/^ +4 ┄+▂+┄/);
    expect(row("in flight")?.slice(1)).toEqual(["1.5", "1.5", "25.0", "25.0", "25.0", "25.0", "25.0", "1.5", "1.5"]);
    expect(row("work for")?.slice(1)).toEqual(Array.from({ length: 9 }, () => "3.0"));
    expect(
      lines
        .find((line) => line.includes("08:18"))
        ?.trim()
        .split(/\s+/),
    ).toEqual(Array.from({ length: 9 }, (_, minute) => `08:${18 + minute}`));
    expect(lines.slice(-3).join(" ")).toBe(
      "On average each minute brings work for at most 3 of 4 at a time, which looks like enough. Yet up to 25 were in flight: minute averages hide the seconds in which all 4 are taken.",
    );
  });

  it("say nothing of hidden seconds where the work of a minute alone is too much", () => {
    const text = drawn(ceiling({ serviceTime: 1.2 })).join(" ");
    expect(text).toContain("The busiest minute brings work for 6 at a time, and 4 requests can be processed.");
    expect(text).not.toContain("hide");
  });

  it("are drawn only where they show it: a known capacity, more in flight, this cause, and room", () => {
    expect(drawn(ceiling())).not.toEqual([]);
    expect(drawn(ceiling({ ceiling: null }))).toEqual([]);
    expect(drawn(ceiling({ ceiling: 25 }))).toEqual([]);
    expect(drawn(ceiling({ ceiling: 24 }))).not.toEqual([]);
    expect(drawn(sample("slow-dependency"))).toEqual([]);
    expect(drawn(ceiling(), 20)).toEqual([]);
    expect(drawn({ ...ceiling(), verdict: null })).toEqual([]);
    const { guiltyMetric: _, ...without } = ceiling().facts;
    expect(drawn({ ...ceiling(), facts: without })).toEqual([]);
  });

  it("take the worst of several minutes where a spike is longer than the page is wide, and fit every width", () => {
    const { episodes } = facts;
    if (!episodes) throw new Error("the sample has episodes");
    const [first] = episodes.episodes;
    if (!first) throw new Error("the sample has an episode");
    const long = { ...first, burst: { start: first.burst.start, end: first.burst.start + 50 * 60 } };
    for (const width of [40, 50, 70, 110])
      for (const one of [
        ceiling(),
        sample("worker-concurrency-ceiling", { episodes: { ...episodes, episodes: [long] } }),
      ]) {
        const lines = drawn(one, width);
        expect(lines.length).toBeGreaterThan(6);
        for (const line of lines) expect(columns(line), line).toBeLessThanOrEqual(width);
        expect(lines.join("\n")).toContain("25.0");
      }
  });
});

describe("the pods of the longest spike", () => {
  const { podCpu } = facts;
  const uneven = (pods = [pod("p-idle", () => 0.05), pod("p-hot", (minute) => (minute % 2 ? 1.5 : 1.2))]) =>
    sample("uneven-pod-load", { ...(podCpu && { podCpu: { ...podCpu, pods } }) });

  it("show hot and idle pods side by side, the hottest first, to the same scale", () => {
    const lines = drawn(uneven());
    expect(lines[1]).toMatch(/^…hot {5}(▆▆▆▆▆▆ ██████ ){2}▆▆▆▆▆▆ {3}1.50$/);
    expect(lines[2]).toMatch(/^…idle {4}(▁▁▁▁▁▁ ){5} {2}0.05$/);
    expect(lines.at(-1)).toBe("In the same minute one pod used 1.5 cores and another 0.05 cores.");
  });

  it("tell of many pods the busiest and the idlest, and fit every width", () => {
    const many = uneven(Array.from({ length: 40 }, (_, index) => pod(`p-${index}`, () => (index + 1) / 20)));
    for (const width of [30, 50, 70, 110])
      for (const line of drawn(many, width)) expect(columns(line), line).toBeLessThanOrEqual(width);
    const text = drawn(many).join("\n");
    expect(text).toContain("and 32 pods between these");
    expect(text).toMatch(/…39 [\s\S]*…0 /);
  });

  it("are not drawn of one pod, or without room", () => {
    expect(drawn(uneven([pod("p-only", () => 1)]))).toEqual([]);
    expect(drawn(uneven(), 20)).toEqual([]);
  });
});

describe("on the page", () => {
  const page = (unicode: boolean) =>
    plainPage(sample("worker-concurrency-ceiling"), { width: 80, color: false, unicode }, "short", pictures);

  it("they stand after what to do and before what it is not", () => {
    const labels = page(true).match(/^[A-Z]+( [A-Z]+)*(?= )/gm);
    expect(labels?.slice(0, 4)).toEqual(["CAUSE", "FIX", "WHY", "RULED OUT"]);
    expect(page(true)).toMatch(/^WHY {7}requests in flight/m);
  });

  it("they are ASCII where the terminal shows no more", () => {
    const part = (unicode: boolean) => /^WHY[\s\S]*?\n\n/m.exec(page(unicode))?.[0] ?? "";
    expect(part(true)).toContain("█");
    expect(part(false)).toMatch(/^[\x20-\x7e\n]+$/);
    expect(part(false)).toContain("#####-#####");
  });
});
