import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { StepGap } from "../../src/model/session.ts";
import { plainPage } from "../../src/output/plain.ts";
import { session } from "./session.ts";

const plain = { width: 100, color: false };

function gap(what: string, consequence: string): StepGap {
  const remedy = "connect to the VPN, then run it again";
  return { id: what, step: "pod-cpu", source: "kubernetes", kind: "timeout", what, consequence, remedy };
}

test("the page of an investigation with a cause", async () => {
  await expect(plainPage(session(), plain)).toMatchFileSnapshot("pages/cause.txt");
});

test("the page of an investigation that could not read the cluster", async () => {
  const { verdict, hypotheses, steps } = session();
  const headline = "not established. 2 explanations are still open; see what each of them needs.";
  const open = "still open: round robin clumps requests";
  const page = plainPage(
    session({
      outcome: "open",
      verdict: verdict && { ...verdict, rootCause: null, confidence: "none", headline, summary: headline },
      steps: steps.map((step) =>
        step.id === "pod-cpu" ? { ...step, state: "skipped", note: "needs the workload's pods" } : step,
      ),
      findings: session().findings.slice(0, 2),
      hypotheses: hypotheses.map((one) =>
        one.cause === "uneven-pod-load" || one.cause === "worker-concurrency-ceiling"
          ? { ...one, status: "undetermined", because: "needs the pods' CPU", evidence: [] }
          : one,
      ),
      gaps: [
        gap("the cluster's API: list pods in default: no answer in 10 s", open),
        gap("the cluster's API: list nodes: no answer in 10 s", open),
      ],
    }),
    plain,
  );
  await expect(page).toMatchFileSnapshot("pages/no-cluster.txt");
});

describe("an alarm that did not go to ALARM in the window", () => {
  const { start, end } = session().opening.window;
  const titled = (stays: readonly { readonly alarmAt: number; readonly okAt: number | null }[]) => {
    const episodes = { window: { start, end }, episodes: stays, cycles: 0 };
    const facts = { ...session().facts, episodes } as never;
    return plainPage(session({ facts }), plain).split("\n")[0];
  };

  test.each([
    ["not in ALARM in 5 h", []],
    ["in ALARM for all of 5 h", [{ alarmAt: start, okAt: null }]],
    ["in ALARM for the first 10 min of 5 h", [{ alarmAt: start, okAt: start + 600 }]],
  ])("%s", (words, stays) => {
    expect(titled(stays)).toContain(words);
  });
});

test("what the summary repeats of the headline stands there once", () => {
  const { verdict } = session();
  const headline = "not established: the alarm was not in ALARM in this window.";
  const summary = `${headline} A longer --window reaches further back.`;
  const page = plainPage(session({ verdict: verdict && { ...verdict, rootCause: null, headline, summary } }), plain);
  expect(page.split("was not in ALARM in this window").length).toBe(2);
  expect(page).toContain("A longer --window reaches further back.");
});

describe("no line is wider than the terminal", () => {
  const endless = "a-name-that-never-ends-".repeat(12);
  const odd = session({
    opening: { ...session().opening, alarmName: endless },
    findings: [
      {
        ...session().findings[0],
        id: "pod-cpu.x",
        step: "pod-cpu",
        statement: `${endless} 全角文字${"全角".repeat(60)}`,
      },
    ] as never,
    gaps: [gap(endless, endless)],
  });
  test.each([60, 80, 100, 120])("%i columns", (width) => {
    for (const one of [session(), odd]) {
      const widths = plainPage(one, { width, color: false })
        .split("\n")
        .filter((line) => !line.includes("lbdoctor show"))
        .map((line) => stringWidth(line));
      expect(Math.max(...widths)).toBeLessThanOrEqual(width);
    }
  });
});

test("colours change nothing but colours", () => {
  const coloured = plainPage(session(), { width: 100, color: true });
  expect(coloured).toContain("\u001b[1mCAUSE\u001b[0m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are what is taken away
  expect(coloured.replace(/\u001b\[[\d;]+m/g, "")).toBe(plainPage(session(), plain));
});

test("a cause that is confirmed too, but explains less, is told beside the factors", () => {
  const [first, second] = session().hypotheses;
  if (!first || !second) throw new Error("the sample has hypotheses");
  const page = plainPage(session({ hypotheses: [first, { ...second, status: "confirmed" }] }), plain);
  expect(page).toMatch(/^ALSO {6}round robin clumps requests: all four pods/m);
});

test("an explanation that fits, but is not proven, stays open", () => {
  const [first, second] = session().hypotheses;
  if (!first || !second) throw new Error("the sample has hypotheses");
  const page = plainPage(session({ hypotheses: [first, { ...second, status: "supported" }] }), plain);
  expect(page).toMatch(/^OPEN {6}round robin clumps requests {2}possible: all four pods/m);
});

test("more gaps of one kind than anybody reads are counted", () => {
  const gaps = Array.from({ length: 7 }, (_, index) => gap(`question ${index}`, "still open: all"));
  const page = plainPage(session({ gaps }), plain);
  expect(page).toContain("question 3\n          and 3 more like these\n");
  expect(page).not.toContain("question 4");
});
