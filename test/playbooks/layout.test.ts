import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { figures } from "../../playbooks/figures.ts";
import { identify, playbooks } from "../../playbooks/index.ts";
import { pictures } from "../../playbooks/pictures.ts";
import { factsOf } from "../../src/engine/judge.ts";
import type { Step } from "../../src/model/playbook.ts";
import type { FactToken } from "../../src/model/token.ts";
import { CAUSES, FACTORS } from "../../src/model/vocabulary.ts";

const PLAYBOOKS = new URL("../../playbooks/", import.meta.url);
/** The ids of the units of a kind: the names of their folders. */
const units = (kind: string) =>
  readdirSync(new URL(`${kind}/`, PLAYBOOKS), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
const filesOf = (kind: string, id: string) => readdirSync(new URL(`${kind}/${id}/`, PLAYBOOKS));
const all = <T>(of: (playbook: (typeof playbooks)[number]) => readonly T[]) => [
  ...new Set(playbooks.flatMap((one) => of(one))),
];

describe("playbooks", () => {
  it("have one folder for each alarm's playbook, cause, factor, fix and evidence, named by its id", () => {
    expect(units("alarms")).toEqual(all(({ id }) => [id]).sort());
    expect(units("causes")).toEqual(all(({ causes }) => causes.map(({ cause }) => cause)).sort());
    expect(units("factors")).toEqual(all((one) => one.factors.map(({ factor }) => factor)).sort());
    expect(units("fixes")).toEqual(all((one) => one.fixes.map(({ id }) => id)).sort());
    const steps = all((one) => [...one.steps, ...(one.onward?.steps ?? [])].map(({ id }) => id));
    expect(units("evidence")).toEqual([identify.id, ...steps].sort());
  });

  it("list every picture and every figure that stands beside its evidence", async () => {
    const drawn = async (file: string) =>
      Promise.all(
        units("evidence")
          .filter((id) => filesOf("evidence", id).includes(file))
          .map(async (id) => [id, (await import(new URL(`evidence/${id}/${file}`, PLAYBOOKS).href)).default] as const),
      );
    const [asPictures, asFigures] = [await drawn("picture.ts"), await drawn("figure.ts")];
    expect(asPictures.length).toBeGreaterThan(0);
    expect(new Set(pictures)).toEqual(new Set(asPictures.map(([, one]) => one)));
    for (const [id, { evidence }] of asPictures) expect(evidence).toBe(id);
    expect(new Set(figures)).toEqual(new Set(asFigures.map(([, one]) => one)));
  });

  it("name causes and factors by words of the vocabulary", () => {
    for (const cause of units("causes")) expect(CAUSES).toContain(cause);
    for (const factor of units("factors")) expect(FACTORS).toContain(factor);
  });

  it.each([
    // A cause that only other kinds of alarm have is a table of their own, which the playbooks import.
    ["causes", ["page.md"]],
    ["factors", ["factor.ts", "page.md"]],
    ["fixes", ["fix.ts"]],
    ["evidence", ["collect.ts"]],
    ["alarms", ["playbook.ts"]],
  ])("keep the code and the page of each of their %s in its folder", (kind, files) => {
    for (const id of units(kind)) expect(filesOf(kind, id), `${kind}/${id}`).toEqual(expect.arrayContaining(files));
  });

  it.each(playbooks.map((one) => [one.judges, one] as const))(
    "%s: every fact that is read is given by exactly one step",
    (_, playbook) => {
      const given = [identify, ...playbook.steps].flatMap(({ gives }) => gives.map(({ id }) => id));
      expect(new Set(given).size).toBe(given.length);
      const read = [
        ...playbook.steps.flatMap(({ needs, uses }) => [...Object.values(needs), ...uses]),
        ...playbook.causes.flatMap(factsOf),
        ...playbook.factors.flatMap(({ needs }) => Object.values(needs)),
      ];
      for (const { id } of read) expect(given).toContain(id);
    },
  );

  it.each(playbooks.flatMap((one) => (one.onward ? [[one.judges, one, one.onward] as const] : [])))(
    "%s: what is behind the pods is told by facts that the playbook has, and each is given once",
    (_, { steps, causes }, onward) => {
      const given = new Set([identify, ...steps].flatMap(({ gives }) => gives.map(({ id }) => id)));
      const anew = onward.steps.flatMap(({ gives }) => gives.map(({ id }) => id));
      expect(new Set(anew).size).toBe(anew.length);
      expect(given).toContain(onward.when.id);
      for (const { id } of onward.steps.flatMap(({ needs, uses }) => [...Object.values(needs), ...uses]))
        expect(given).toContain(id);
      for (const { id } of onward.leaves) expect([...given].filter((one) => !anew.includes(one))).toContain(id);
      for (const { id } of onward.keeps) expect(anew).toContain(id);
      expect(causes).toEqual(expect.arrayContaining([...onward.causes]));
      // A fact of the pods in front would pass for one of those behind.
      const ofPods = [
        "workload",
        "podCpu",
        "cpuCheck",
        "workers",
        "demand",
        "rollouts",
        "restarts",
        "autoscaler",
        "nodes",
      ];
      const left = onward.leaves.map(({ id }) => id);
      expect([...anew, ...left]).toEqual(expect.arrayContaining(ofPods.filter((id) => given.has(id))));
    },
  );

  it.each(playbooks.map((one) => [one.judges, one] as const))(
    "%s: no step waits for itself, over however many others",
    (_, playbook) => {
      const giver = ({ id }: FactToken) => playbook.steps.find(({ gives }) => gives.some((one) => one.id === id));
      const visit = (step: Step, path: readonly string[]): void => {
        expect(path, "a circle of waiting steps").not.toContain(step.id);
        for (const token of [...Object.values(step.needs), ...step.uses]) {
          const next = giver(token);
          if (next) visit(next, [...path, step.id]);
        }
      };
      for (const step of playbook.steps) visit(step, []);
    },
  );
});
