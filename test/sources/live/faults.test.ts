import { describe, expect, test } from "vitest";
import type { FailureKind, SourceName } from "../../../src/model/question.ts";
import { FAULTS, type Fault } from "../../loopback/faults.ts";
import { PATIENT, QUICK, rig, SAMPLES, sampleSource } from "./rig.ts";

/** Each source's kind of failure for each fault; null where the answer comes all the same. */
const EXPECTED: { readonly [F in (typeof FAULTS)[number]]: FailureKind | null } = {
  reset: "unreachable",
  silent: "timeout",
  trickle: "timeout",
  forbidden: "forbidden",
  expired: "unauthenticated",
  throttled: "throttled",
  "html-500": "malformed",
  "empty-body": "malformed",
  cut: "malformed",
  short: "unreachable",
  unavailable: "unreachable",
  redirect: "unauthenticated",
  "throttled-for-long": "throttled",
  "html-200": "malformed",
  // The adapters hand out what is well-formed; the parsers judge it.
  "null-body": null,
  binary: "malformed",
  deep: "malformed",
  "not-zipped": "malformed",
  "no-json-type": null,
  "large-headers": "malformed",
  huge: "malformed",
};

/** What is waited for until the deadline. */
const HOPELESS: readonly Fault[] = ["silent", "trickle", "throttled", "throttled-for-long"];

/** By what each of AWS's services answers with. */
const AWS: { readonly [source: string]: "json" | "xml" } = {
  cloudwatch: "json",
  cloudtrail: "json",
  acm: "json",
  elbv2: "xml",
  elb: "xml",
  ec2: "xml",
};

/**
 * Where a source's kind of failure is another than that of most. The AWS SDK takes an empty body for an empty answer, whose
 * list the parser then misses, and reads a body as it is, whatever its headers say; to its parser of XML a page of HTML is an
 * empty answer as well, and `null` is none.
 */
function expectedOf(source: string, fault: Fault): FailureKind | null {
  const protocol = AWS[source];
  if (protocol !== undefined && (fault === "empty-body" || fault === "not-zipped")) return null;
  if (protocol === "xml" && fault === "html-200") return null;
  if (fault === "null-body" && (protocol === "xml" || source === "prometheus")) return "malformed";
  return EXPECTED[fault as keyof typeof EXPECTED];
}

describe.each(Object.keys(SAMPLES) as (keyof typeof SAMPLES)[])("%s", (source) => {
  const { question, pages } = SAMPLES[source];

  test("answers with the vendor's own page", async () => {
    const { live } = await rig({ source: sampleSource });
    const answer = await live.ask(question);
    expect(answer).toMatchObject({ status: "answered", pages });
  });

  test.each(FAULTS)("%s is told as its kind", async (fault) => {
    const faulty = (asked: { source: SourceName; operation: string }) =>
      asked.source === source && asked.operation === question.operation ? fault : null;
    const limits = HOPELESS.includes(fault) ? QUICK : PATIENT;
    const { live } = await rig({ source: sampleSource, fault: faulty }, { limits });
    const started = performance.now();
    const answer = await live.ask(question);
    const expected = expectedOf(source, fault);
    expect(answer.status === "failed" ? answer.failure.kind : null).toBe(expected);
    if (answer.status === "failed") {
      // One sentence, without markup, headers or a stack.
      expect(answer.failure.message).not.toMatch(/<\w+|[\n\r]|authorization|Deserialization/i);
      expect(answer.failure.message.length).toBeLessThan(300);
    }
    // Nothing outlives its deadline; the rest is a busy machine's own slowness.
    expect(performance.now() - started).toBeLessThan(limits.question + 5_000);
  });

  test("throttled once is answered", async () => {
    const throttledFirst = (asked: { source: SourceName }, attempt: number): Fault | null =>
      asked.source === source && attempt === 1 ? "throttled" : null;
    const { live } = await rig({ source: sampleSource, fault: throttledFirst });
    const answer = await live.ask(question);
    expect(answer).toMatchObject({ status: "answered", pages });
  });

  test("a closed port is unreachable", async () => {
    const { loopback, live } = await rig({ source: sampleSource });
    await loopback.close();
    const answer = await live.ask(question);
    expect(answer).toMatchObject({ status: "failed", failure: { kind: "unreachable" } });
    expect(answer.status === "failed" && answer.failure.message).toMatch(/refuses the connection/);
  });
});
