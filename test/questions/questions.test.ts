import { describe, expect, it } from "vitest";
import type { Json, Question } from "../../src/model/question.ts";
import { seconds } from "../../src/model/words.ts";
import { BIN, lbdoctor } from "../cli/lbdoctor.ts";
import { documentText, sectionText } from "../output/postmortem/solved.ts";
import { EVIDENCE } from "./evidence.ts";
import { EXPLANATIONS } from "./explanations.ts";
import { PEOPLE } from "./people.ts";
import { pageText, recorded, SECTIONS, textAt } from "./places.ts";

const main = await recorded("worker-ceiling");
const document = documentText(main);

/** Questions of evidence that are answered by something other than the main incident's session; each has a test below. */
const ELSEWHERE = ["E6", "L5", "M1", "M6", "N1", "N3", "N6"];

it("every one of the 98 questions has its place, and none has two kinds", () => {
  const all = Object.entries(SECTIONS).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, index) => `${section}${index + 1}`),
  );
  const kinds = [
    EVIDENCE.map(([id]) => id).concat(ELSEWHERE),
    EXPLANATIONS.map(([id]) => id),
    PEOPLE.map(([id]) => id),
  ];
  const placed = kinds.flatMap((ids) => [...new Set(ids)]);
  expect(all).toHaveLength(98);
  expect([...placed].sort()).toEqual([...all].sort());
});

describe("evidence, in the main incident's session", () => {
  it.each(EVIDENCE.map(([question, place, ...says]) => ({ question, place, says })))(
    "$question: $place",
    ({ place, says }) => {
      const text = textAt(main, place);
      for (const pattern of says) expect(text).toMatch(pattern);
    },
  );

  it.each([...new Set(EVIDENCE.map(([, place]) => place))])(
    "what stands at %s stands in the postmortem too",
    (place) => {
      const [kind, id = ""] = place.split(" ");
      if (kind === "verdict") expect(document).toContain(main.verdict?.headline);
      else if (kind === "hypothesis")
        expect(document).toContain(main.hypotheses.find(({ cause }) => cause === id)?.because);
      else if (kind === "fix") expect(document).toContain(main.fixes.find((fix) => fix.id === id)?.title);
      else if (kind === "factor") expect(document).toContain(`- \`${id}\``);
      else expect(document).toContain(`### ${id}\n`);
    },
  );
});

describe("evidence, elsewhere", () => {
  it("E6: the two changes that only work together, and why they are no one-line annotation", async () => {
    const fix = textAt(await recorded("clumping"), "fix ip-targets-and-least-outstanding");
    expect(fix).toMatch(/pods as targets and least outstanding requests, together/);
    expect(fix).toMatch(/Either change alone leaves one of the two missing/);
    expect(fix).toMatch(/new target group under a new name/);
    expect(fix).toMatch(/security group/);
  });

  it("L5: why single slow requests after the fix are no contradiction to a quiet alarm, with this incident's figures", () => {
    const slowest = main.facts.blame?.guilty?.maximum ?? 0;
    const verification = sectionText(document, "Resolution");
    expect(verification).toMatch(/A quiet alarm allows single slow requests: it judges the average of 60 s/);
    expect(verification).toContain(`Compare the slowest with ${seconds(slowest)} in these spikes`);
  });

  it("N6: the two next levers, in order, and the figures that choose between them", () => {
    const appendix = sectionText(document, "What this cause is").replace(/\s+/g, " ");
    expect(appendix).toMatch(
      /two levers are left, in this order.*1\. .*autoscaler's minimum.*2\. .*take the computing out/,
    );
    expect(appendix).toContain(
      "demand against the new ceiling, where the pods top out, throttling, replicas over time",
    );
  });

  it("M1: the cluster does not answer while AWS does: told as a network fault, with what to do", async () => {
    const cut = await recorded("worker-ceiling", ({ source }, answer) =>
      source === "kubernetes"
        ? { status: "failed", failure: { kind: "timeout", message: "no answer within 10 s" } }
        : answer,
    );
    expect(textAt(cut, "gaps")).toMatch(
      /connect to the VPN, then run it again \(if AWS answers and the cluster does not, it is the network\)/,
    );
    expect(pageText("private-endpoint")).toMatch(
      /\*\*Network\*\*: no answer at all.*\*\*Login\*\*: an answer that says no/,
    );
  });

  it("J1: the postmortem tells the nodes' types and what each has for pods, CPU and memory", () => {
    const [one] = main.facts.nodes ?? [];
    const path = sectionText(document, "The request's path");
    expect(path).toContain(`| ${one?.instanceType} |`);
    expect(path).toMatch(/\| 3\.92 cores \| [\d.]+ GiB \|/);
  });

  it("M6: nothing is changed by lbdoctor, and the postmortem asks who confirmed which step", () => {
    expect(sectionText(document, "The fix")).toContain("none of it has been applied");
    expect(sectionText(document, "Releasing a change like this")).toContain("Which steps need a person's confirmation");
  });

  it("N1: the commands that a person would run, in order, with nothing read", async () => {
    expect(BIN).not.toBe("");
    const { code, stdout } = await lbdoctor(["plan", main.opening.alarmName]);
    expect(code).toBe(0);
    const order = [
      /aws cloudwatch describe-alarms/,
      /aws elbv2 describe-target-groups/,
      /aws elbv2 describe-target-health/,
      /kubectl get pods/,
      /container_cpu_usage_seconds_total/,
    ];
    const at = order.map((pattern) => stdout.search(pattern));
    expect(at).not.toContain(-1);
    expect(at).toEqual([...at].sort((a, b) => a - b));
  });

  it("N3: had one pod been pinned while three idle, the cause and the fix would be others", async () => {
    const uneven = await recorded("worker-ceiling", (question, answer) =>
      answer.status === "answered" && asksForCpu(question) ? { ...answer, pages: answer.pages.map(pinned) } : answer,
    );
    expect(uneven.verdict?.rootCause).toBe("uneven-pod-load");
    expect(uneven.fixes.map(({ id }) => id)).toContain("ip-targets-and-least-outstanding");
    expect(textAt(uneven, "hypothesis worker-concurrency-ceiling")).toMatch(/^rejected: /);
  });
});

describe("explanations, on lbdoctor's pages", () => {
  it.each(EXPLANATIONS.map(([question, page, ...says]) => ({ question, page, says })))(
    "$question: page $page",
    ({ page, says }) => {
      for (const pattern of says) expect(pageText(page)).toMatch(pattern);
    },
  );
});

describe("people, asked by the postmortem", () => {
  const asked = sectionText(document, "Releasing a change like this");
  it.each(PEOPLE)("%s", (_, pattern) => {
    expect(asked).toMatch(pattern);
  });
});

function asksForCpu({ source, operation, input }: Question): boolean {
  return (
    source === "prometheus" &&
    operation === "query_range" &&
    String(input.query).includes("container_cpu_usage_seconds_total")
  );
}

/** The same load on one pod at a time: who has it changes every half hour, and the others idle. */
function pinned(page: unknown): unknown {
  const { data, ...rest } = page as { data: { result: { metric: Json; values: [number, string][] }[] } };
  const result = data.result.map((line, place) => ({
    ...line,
    values: line.values.map(([at, value]): [number, string] => {
      if (Number(value) < 0.3) return [at, value];
      return [at, Math.floor(at / 1800) % 4 === place % 4 ? "0.95" : "0.04"];
    }),
  }));
  return { ...rest, data: { ...data, result } };
}
