import { expect, test } from "vitest";
import { troubleText } from "../../src/app/first-look/trouble.ts";

const trouble = {
  what: 'there is no alarm "k8s-api-prd-core-latency" in eu-west-2 of account 111122223333.',
  lines: [["Then", `lbdoctor investigate ${"k8s-api-prod-core-latency".repeat(4)}`]],
} as const;

test("a sentence is broken between words on a terminal, and what is to be typed is not", () => {
  expect(troubleText(trouble, { isTTY: true, columns: 60 })).toBe(
    [
      'lbdoctor: there is no alarm "k8s-api-prd-core-latency" in',
      "          eu-west-2 of account 111122223333.",
      `Then:     lbdoctor investigate ${"k8s-api-prod-core-latency".repeat(4)}`,
      "",
    ].join("\n"),
  );
});

test("elsewhere each is one line", () => {
  expect(troubleText(trouble, { isTTY: false, columns: 60 }).split("\n")).toHaveLength(3);
});
