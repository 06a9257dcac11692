import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { playbooks } from "../../playbooks/index.ts";
import type { FactName } from "../../src/model/facts.ts";
import type { Step } from "../../src/model/playbook.ts";
import { CAUSES, FACTORS } from "../../src/model/vocabulary.ts";

const files = (folder: string, ending: string) =>
  readdirSync(new URL(`../../playbooks/${folder}/`, import.meta.url))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort();
const all = <T>(of: (playbook: (typeof playbooks)[number]) => readonly T[]) => [
  ...new Set(playbooks.flatMap((one) => of(one))),
];

describe("playbooks", () => {
  it("have one file and one page for each cause, named by its id", () => {
    const causes = all(({ hypotheses }) => hypotheses.map(({ cause }) => cause)).sort();
    expect(files("hypotheses", ".ts")).toEqual(causes);
    expect(files("hypotheses", ".md")).toEqual(causes);
    for (const cause of causes) expect(CAUSES).toContain(cause);
  });

  it("have one file and one page for each factor, named by its id", () => {
    const factors = all((one) => one.factors.map(({ factor }) => factor)).sort();
    expect(files("factors", ".ts")).toEqual(factors);
    expect(files("factors", ".md")).toEqual(factors);
    for (const factor of factors) expect(FACTORS).toContain(factor);
  });

  it("have one file for each step, named by its id", () => {
    expect(files("steps", ".ts")).toEqual(all(({ steps }) => steps.map(({ id }) => id)).sort());
  });

  it("import nothing but src/playbook.ts and what they share", () => {
    const known = /^(\.\.\/\.\.\/src\/playbook\.ts|\.\.\/shared\/[\w-]+\.ts)$/;
    for (const folder of ["steps", "hypotheses", "factors", "fixes", "shared"])
      for (const name of files(folder, ".ts")) {
        const text = readFileSync(new URL(`../../playbooks/${folder}/${name}.ts`, import.meta.url), "utf8");
        const imports = [...text.matchAll(/from "([^"]+)"/g)].map(([, from]) => from);
        expect(imports, `${folder}/${name}`).toEqual(imports.filter((from) => known.test(from ?? "")));
      }
  });

  it.each(playbooks.map((one) => [one.id, one] as const))(
    "%s: every fact that is read is given by exactly one step",
    (_, playbook) => {
      const given = playbook.steps.flatMap(({ gives }) => gives);
      expect(new Set(given).size).toBe(given.length);
      const read = [...playbook.steps, ...playbook.hypotheses].flatMap(({ needs, uses }) => [...needs, ...uses]);
      for (const name of [...read, ...playbook.factors.flatMap(({ needs }) => needs)]) expect(given).toContain(name);
    },
  );

  it.each(playbooks.map((one) => [one.id, one] as const))(
    "%s: no step waits for itself, over however many others",
    (_, playbook) => {
      const giver = (name: FactName) => playbook.steps.find(({ gives }) => gives.includes(name));
      const visit = (step: Step, path: readonly string[]): void => {
        expect(path, "a circle of waiting steps").not.toContain(step.id);
        for (const name of [...step.needs, ...step.uses]) {
          const next = giver(name);
          if (next) visit(next, [...path, step.id]);
        }
      };
      for (const step of playbook.steps) visit(step, []);
    },
  );
});
