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

/** Empty bodies parse as an empty answer in the AWS SDK: the parser then misses the list. */
const EXCEPTIONS: { readonly [key: string]: FailureKind | null } = {
  "cloudwatch empty-body": null,
  "elbv2 empty-body": null,
  "prometheus null-body": "malformed",
  // To its parser of XML the one is an empty answer, the other none.
  "elbv2 html-200": null,
  "elbv2 null-body": "malformed",
  // The AWS SDK reads the body as it is, whatever its headers say.
  "cloudwatch not-zipped": null,
  "elbv2 not-zipped": null,
};

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
    const key = `${source} ${fault}`;
    const expected = key in EXCEPTIONS ? EXCEPTIONS[key] : EXPECTED[fault];
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
