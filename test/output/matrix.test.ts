import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { playbooks } from "../../playbooks/index.ts";
import { matrixPage } from "../../src/app/matrix.ts";

it("playbooks/MATRIX.md says what the tables of the causes say; npm run matrix writes it", () => {
  const page = readFileSync(new URL("../../playbooks/MATRIX.md", import.meta.url), "utf8");
  expect(page).toBe(matrixPage(playbooks));
});
