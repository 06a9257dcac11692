import { describe, expect, it } from "vitest";
import alarm from "../../playbooks/evidence/alarm-history/picture.ts";
import pods from "../../playbooks/evidence/pod-cpu/picture.ts";
import shares from "../../playbooks/evidence/target-groups/picture.ts";
import ceiling from "../../playbooks/evidence/worker-quota/picture.ts";
import { pictures } from "../../playbooks/pictures.ts";
import { columns, type Line, textOf } from "../../src/drawing/lines.ts";
import { drawPicture } from "../../src/drawing/picture.ts";
import { bar, level, squeezed, standing } from "../../src/drawing/scale.ts";
import type { Session } from "../../src/model/session.ts";
import { facts, group, pod, session } from "../board/sample.ts";

const texts = (lines: readonly Line[]) => lines.map(textOf);

describe("scale", () => {
  it("draws bars to an eighth of a column", () => {
    expect(bar(1, 1, 4)).toBe("████");
    expect(bar(0.5, 1, 3)).toBe("█▌");
    expect(bar(0, 1, 4)).toBe("");
    expect(bar(3, 1, 2)).toBe("██");
  });

  it("has a level for each value and none for a missing one", () => {
    expect([0, 0.5, 1, null].map((value) => level(value, 1))).toEqual(["▁", "▄", "█", " "]);
    expect(standing(1, 2, 2, 0)).toBe("█");
    expect(standing(1, 2, 2, 1)).toBe(" ");
  });

  it("keeps every peak when a series is squeezed, and gaps as gaps", () => {
    const series = { start: 0, step: 60, values: [1, 9, null, null, 2, 3] };
    expect(squeezed(series, { start: 0, end: 360 }, 3)).toEqual([9, null, 3]);
    expect(squeezed(series, { start: 0, end: 360 }, 12).filter((value) => value === null)).toHaveLength(4);
  });
});

describe("the pictures", () => {
  it("fit their width, and say so where a fact is missing", () => {
    for (const one of pictures) {
      for (const width of [38, 44, 60, 120])
        for (const line of texts(drawPicture(one, session, width)))
          expect(columns(line), line).toBeLessThanOrEqual(width);
      expect(texts(drawPicture(one, { ...session, facts: {} }, 40)).join()).toMatch(/^not read: /);
      expect(texts(drawPicture(one, { ...session, facts: {}, outcome: null }, 40)).join()).toMatch(/^not read yet: /);
    }
  });

  it("mark the threshold and every episode under the alarm's metric", () => {
    const lines = texts(drawPicture(alarm, session, 70, 6));
    expect(lines.some((line) => line.startsWith(" 0.8 s ┄"))).toBe(true);
    expect(lines.find((line) => line.includes("ALARM"))?.match(/━+/g)).toHaveLength(3);
    expect(lines.find((line) => line.includes("episode"))?.replace(/\D+/g, "")).toBe("123");
  });

  it("tell the time under each spike of the pods' CPU, as far as the times do not run into each other", () => {
    const times = (width: number) => texts(drawPicture(pods, session, width)).filter((line) => line.endsWith(" UTC"));
    expect(times(60)).toEqual([`${" ".repeat(7)}08:20 09:00 09:40 UTC`]);
    const [strip = ""] = texts(drawPicture(pods, session, 60)).filter((line) => line.startsWith("…x7k2p"));
    expect(strip.search(/[▁-█]/)).toBe(7);
    const [narrow = ""] = times(38);
    expect(narrow).toMatch(/^ +08:20( \d\d:\d\d)* UTC$/);
  });

  it("scale the pods' CPU to what busy workers show, where a worker keeps one core busy at most", () => {
    const { workers } = facts;
    const drawn = (singleCore: boolean | null, count: number | null, quota: number | null) => {
      const given = { ...facts, ...(workers && { workers: { ...workers, singleCore, workers: count, quota } }) };
      const lines = texts(drawPicture(pods, { ...session, facts: given }, 100));
      const [strip = ""] = lines.filter((line) => line.startsWith("…x7k2p"));
      return [lines.find((line) => line.startsWith("a full column")), /[▁-█]/.exec(strip)?.[0]];
    };
    expect(drawn(true, 1, 1.5)).toEqual([
      "a full column is 1 core, what 1 busy worker shows; the quota is 1.5 cores",
      "▇",
    ]);
    expect(drawn(true, 2, null)).toEqual([
      "a full column is 2 cores, what 2 busy workers show; there is no quota",
      "▄",
    ]);
    // A worker of several threads may use more than a core: nothing is said of what it shows.
    expect(drawn(null, 1, 1.5)).toEqual(["a full column is the quota of 1.5 cores", "▅"]);
    expect(drawn(true, 4, 1.5)).toEqual(["a full column is the quota of 1.5 cores", "▅"]);
    expect(drawn(true, null, null)[0]).toBe("a full column is 0.9 cores, the highest minute; there is no quota");
  });

  it("show that all pods are alike, or that one is hot while others idle", () => {
    const strips = (one: Session) =>
      texts(drawPicture(pods, one, 60))
        .filter((line) => line.startsWith("…"))
        .map((line) => line.match(/[▁-█]+/g)?.join(""));
    expect(new Set(strips(session)).size).toBe(1);
    const apart = {
      ...session,
      facts: {
        ...facts,
        ...(facts.podCpu && {
          podCpu: {
            ...facts.podCpu,
            pods: [pod("p-hot", () => 1.5), pod("p-idle", () => 0.05), pod("p-half", () => 0.75)],
          },
        }),
      },
    };
    expect(strips(apart).map((strip) => strip?.[0])).toEqual(["█", "▁", "▄"]);
  });

  it("tell of many pods the busiest and the idlest", () => {
    const forty = Array.from({ length: 40 }, (_, index) => pod(`p-${index}`, () => 1 + index / 40));
    const many = { ...session, facts: { ...facts, ...(facts.podCpu && { podCpu: { ...facts.podCpu, pods: forty } }) } };
    const text = texts(drawPicture(pods, many, 60)).join("\n");
    expect(text).toContain("…39");
    expect(text).toMatch(/…0 /);
    expect(text).toContain("and 28 pods between these");
  });

  it("stand the ceiling in every row, and the figure beside it", () => {
    const rows = texts(drawPicture(ceiling, session, 60)).filter((line) => /^ \d/.test(line));
    const at = new Set(rows.map((line) => line.indexOf("│")));
    expect(at.size).toBe(1);
    expect(rows.map((line) => line.match(/[\d.]+$/)?.[0])).toEqual(["9.5", "3.2", "12.0"]);
  });

  it("list the largest share first, without the beginning that all names share", () => {
    const [first = "", second = ""] = texts(drawPicture(shares, session, 80)).slice(1);
    expect(first).toMatch(/^…dataservice-88e28b4b6c +█+.* 97 % +0.2 s +5.83 s$/);
    expect(second).toMatch(/^…auth-1111111111/);
    const many = Array.from({ length: 40 }, (_, index) => group(`g-${index}`, index / 780));
    const blame = facts.blame && { ...facts.blame, groups: many };
    const text = texts(drawPicture(shares, { ...session, facts: { ...facts, ...(blame && { blame }) } }, 80)).join(
      "\n",
    );
    expect(text).toContain("and 28 target groups with less than these");
  });
});
