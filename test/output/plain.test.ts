import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { Session, StepGap } from "../../src/model/session.ts";
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

describe("the first line", () => {
  const { start } = session().opening.window;
  const now = Date.parse(session().opening.now) / 1000;
  const standing = (state: string, stateSince: number | null, cycles = 9) => {
    const facts = session().facts;
    const alarm = { name: "slow", arn: "", state, stateSince } as never;
    const episodes = facts.episodes && { ...facts.episodes, cycles };
    return plainPage(session({ facts: { ...facts, alarm, ...(episodes && { episodes }) } }), plain).split("\n")[0];
  };

  test.each([
    ["in ALARM for 19 days", standing("ALARM", now - 19 * 86_400, 0)],
    ["OK for 6 min · 9 × ALARM in 4 h 50 min, longest 6 min", standing("OK", now - 360)],
    ["OK now · 9 × ALARM", standing("OK", null)],
    ["OK for 6 min · ALARM once, longest 6 min", standing("OK", now - 360, 1)],
    ["INSUFFICIENT_DATA for 2 h · 9 × ALARM", standing("INSUFFICIENT_DATA", now - 7200)],
    // Of a moment after the investigation's own nothing can be said.
    ["in ALARM · 9 × ALARM", standing("ALARM", now + 60)],
  ])("says how the alarm stands and for how long: %s", (words, line) => {
    expect(line).toContain(words);
  });

  test("says no more of the window where the state is older than it", () => {
    expect(standing("ALARM", start - 60, 0)).toMatch(/ {2}in ALARM for 5 h 1 min$/);
    expect(standing("ALARM", start + 60, 0)).toContain("in ALARM for 4 h 59 min · in ALARM for the first");
  });

  test("leads to the console of the alarm's partition, where the terminal knows links and the account is real", () => {
    const alarm = {
      name: "slow/5xx \u0007",
      arn: "arn:aws-cn:cloudwatch:cn-north-1:1:alarm:x",
      state: "OK",
      stateSince: null,
    };
    const live = { kind: "live", region: "cn-north-1", account: null, context: null } as const;
    const one = session({ facts: { alarm } as never, opening: { ...session().opening, source: live } });
    const linked = plainPage(one, { ...plain, links: true });
    expect(linked).toContain(
      "\u001b]8;;https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1#alarmsV2:alarm/slow%2F5xx%20%5Cu%7B7%7D\u001b\\slow/5xx \\u{7}\u001b]8;;\u001b\\",
    );
    expect(plainPage(one, plain)).not.toContain("\u001b");
    expect(plainPage(session({ facts: { alarm } as never }), { ...plain, links: true })).not.toContain("\u001b");
  });
});

describe("the fix", () => {
  const change = (target: string, ...lines: string[]) => ({ target, patch: "p", command: "c", lines });
  const fix = (changes: Session["fixes"][number]["changes"]): Session["fixes"][number] => ({
    id: "more-workers",
    for: ["worker-concurrency-ceiling"],
    title: "2 workers",
    why: "twice as many at a time",
    risk: "memory",
    changes,
    preconditions: [],
    verify: [],
    rollback: [],
  });
  const two = [
    change("ConfigMap shop/gunicorn", "- workers = 1", "+ workers = 2"),
    change("Deployment shop/shop", "- limits.cpu: 1500m", "+ limits.cpu: 2000m"),
  ];

  test("stands right after the cause, its changes as a diff beside each other", () => {
    const page = plainPage(session({ fixes: [fix(two), { ...fix([]), title: "more pods" }] }), plain);
    expect(page.indexOf("\nFIX ")).toBeGreaterThan(page.indexOf("\nCAUSE "));
    expect(page.indexOf("\nRULED OUT ")).toBeGreaterThan(page.indexOf("\nFIX "));
    expect(page).toContain(`FIX       2 workers
          ConfigMap shop/gunicorn    Deployment shop/shop
          - workers = 1              - limits.cpu: 1500m
          + workers = 2              + limits.cpu: 2000m
          twice as many at a time
          Also: more pods
`);
  });

  test("stands one change under the other where there is no room", () => {
    const page = plainPage(session({ fixes: [fix(two)] }), { width: 56, color: false });
    expect(page).toContain("+ workers = 2\n          Deployment shop/shop\n          - limits.cpu: 1500m\n");
  });

  test("says in words what only a person can change, and leaves a patch to lbdoctor fix", () => {
    const words = { target: "Deployment shop/shop", patch: "--keep-alive 75 in the arguments", command: "" };
    const patch = { target: "alarm slow", patch: '{\n  "Period": 60\n}', command: "" };
    const page = plainPage(session({ fixes: [fix([words, patch])] }), plain);
    expect(page).toContain("          Deployment shop/shop\n            --keep-alive 75 in the arguments\n");
    expect(page).not.toContain("alarm slow");
  });

  test("names an object once, and counts the lines of a file that changes much", () => {
    const many = Array.from({ length: 20 }, (_, index) => `+ line ${index}`);
    const page = plainPage(session({ fixes: [fix([change("a file", ...many), change("a file", "- x")])] }), plain);
    expect(page.match(/a file/g)).toHaveLength(1);
    expect(page).toContain("+ line 7\n            … 13 more lines\n");
  });
});

test("the short page lists the nearest of each, and says where the rest is", () => {
  const [, rejected] = session().hypotheses;
  if (!rejected) throw new Error("the sample has hypotheses");
  const far = Array.from({ length: 7 }, (_, index) => ({
    ...rejected,
    title: `far ${index}`,
    evidence: ["rollouts.latest"],
  }));
  const near = { ...rejected, title: "near" };
  const [cause] = session().hypotheses;
  const one = session({ hypotheses: [...(cause ? [cause] : []), ...far, near] });
  const short = plainPage(one, plain, "short");
  expect(short).toContain("near");
  expect(short).toContain("far 4");
  expect(short).not.toContain("far 5");
  expect(short).toContain("… 2 more: lbdoctor show");
  expect(short).not.toContain("FINDINGS");
  expect(plainPage(one, plain)).toContain("far 6");
});

test("the short page says of what is missing what it is and what to do, once; the whole one what that leaves open", () => {
  const [, rejected] = session().hypotheses;
  if (!rejected) throw new Error("the sample has hypotheses");
  const open = Array.from({ length: 9 }, (_, index) => ({
    ...rejected,
    title: `open ${index}`,
    status: "undetermined" as const,
  }));
  const fits = { ...rejected, title: "fits", status: "supported" as const };
  const gaps = Array.from({ length: 6 }, (_, index) => gap(`question ${index}`, `still open: ${index}`));
  const one = session({ outcome: "open", hypotheses: [...open, fits], gaps });
  const short = plainPage(one, plain, "short");
  expect(short).toMatch(/^OPEN {6}fits {4}possible: /m);
  expect(short).toContain("open 4 ");
  expect(short).not.toContain("open 5 ");
  expect(short).toContain("question 3\n          … 2 more\n          · connect to the VPN, then run it again\n");
  expect(short).not.toContain("still open: 0");
  expect(plainPage(one, plain)).toContain("still open: 0");
});
