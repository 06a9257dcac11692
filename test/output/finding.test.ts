import { expect, test } from "vitest";
import { findingPage } from "../../src/output/finding.ts";
import { session } from "./session.ts";

const plain = { width: 100, color: false };

test("the page of a finding: its figures, what it decides, and the command behind it", async () => {
  const one = session();
  const [, , third] = one.findings;
  if (!third) throw new Error("the sample has three findings");
  await expect(findingPage(one, third, plain)).toMatchFileSnapshot("pages/finding.txt");
});

test("commands are not wrapped: they are there to be copied", () => {
  const command = `kubectl get pods -l ${"x".repeat(300)}`;
  const finding = { id: "pod-cpu.x", step: "pod-cpu", statement: "s", measures: {}, reproduce: [command] };
  expect(findingPage(session({ findings: [finding] }), finding, plain)).toContain(`\n${command}\n`);
});

test("control characters in a command are shown, not obeyed", () => {
  const finding = {
    id: "a.b",
    step: "a",
    statement: "s",
    measures: { "a\u001b": "b\u009b" },
    reproduce: ["aws '\u001b[2J'"],
  };
  const page = findingPage(session({ findings: [finding] }), finding, plain);
  expect(page).toContain("aws '\\u{1b}[2J'");
  expect(page).toContain("a\\u{1b}  b\\u{9b}");
});
