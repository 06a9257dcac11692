import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";
import { describe, expect, test } from "vitest";
import type { Answer, Question } from "../../src/model/question.ts";
import { onArrival } from "../../src/redaction/arrival.ts";
import { Marks } from "../../src/redaction/marks.ts";
import { RedactingSource } from "../../src/redaction/recording.ts";
import { Tokens } from "../../src/redaction/tokens.ts";
import { FREE_PLACES, NAMED_PLACES, type Place } from "./places.ts";
import { FORMS, type Form, TOKEN_FORMS } from "./secret-forms.ts";

/* Every usual form of a secret in every place where a string can stand: none of them gets into a session or a recording. */

/** What is found of a secret in the answer as it is kept, recorded and recorded strictly. */
async function surviving({ question, page }: Place, { invent }: Form, seed: number): Promise<string[]> {
  const { text, marks } = invent(seed);
  const answer: Answer = { status: "answered", pages: [page(text)] };
  const holds = (value: unknown) => marks.some((mark) => JSON.stringify(value).includes(mark));
  if (!holds(answer)) return ["it was not planted"];
  const arrived = onArrival(question, answer, new Marks("salt"));
  // An old recording has not been masked on arrival.
  const recorded = async (strict: boolean) =>
    new RedactingSource({ ask: async () => answer }, new Tokens(), { words: [], strict }, new Marks("salt")).ask(
      question,
    );
  return [
    ...(holds(arrived) ? ["in the session"] : []),
    ...(holds(await recorded(false)) ? ["in the recording"] : []),
    ...(holds(await recorded(true)) ? ["in the strict recording"] : []),
  ];
}

async function allSurviving(place: Place, forms: readonly Form[]) {
  const found = forms.map(async (form, index) => [form.name, await surviving(place, form, index + 1)] as const);
  return (await Promise.all(found)).filter(([, where]) => where.length > 0);
}

test("there are enough forms and places", () => {
  expect(FORMS.length).toBeGreaterThanOrEqual(68);
  expect(new Set(FORMS.map(({ name }) => name)).size).toBe(FORMS.length);
});

test.each(FREE_PLACES)("no secret survives in $name", async (place) => {
  expect(await allSurviving(place, FORMS)).toEqual([]);
});

test.each(NAMED_PLACES)("no token with a form of its own survives in $name", async (place) => {
  expect(await allSurviving(place, TOKEN_FORMS)).toEqual([]);
});

describe("secretlint, which has its own rules, looks at the same", () => {
  /** What secretlint's recommended rules find in a text. */
  async function found(content: string): Promise<string[]> {
    const source = { filePath: "answer.txt", content, contentType: "text" as const };
    const { messages } = await lintSource({ source, options: { config: { rules: [{ id: "all", rule: creator }] } } });
    return messages.map(({ message }) => message);
  }
  const [argument] = FREE_PLACES as readonly [Place];
  const invented = FORMS.map(({ invent }, index) => invent(index + 1).text);

  test("it knows many of the forms, so these are real ones", async () => {
    const known = await Promise.all(invented.map(found));
    expect(known.filter((messages) => messages.length > 0).length).toBeGreaterThanOrEqual(20);
  });

  test("it finds none of them after they have arrived", async () => {
    const answer: Answer = { status: "answered", pages: invented.map((text) => argument.page(text)) };
    expect(await found(JSON.stringify(onArrival(argument.question, answer, new Marks("salt")), null, 1))).toEqual([]);
  });
});

describe("names outlive their arrival, and not their recording", () => {
  const PLAIN = { words: [], strict: false };
  const elb = (operation: Question["operation"]): Question => ({ source: "elbv2", operation, input: {} });
  const pods: Question = { source: "kubernetes", operation: "list", input: { apiVersion: "v1", resource: "pods" } };

  test.each([
    [
      "a host outside AWS",
      pods,
      { items: [{ metadata: { name: "a", labels: { host: "db-7.prod.acme.io" } } }] },
      "acme",
    ],
    [
      "a host in a sentence of the alarm",
      { source: "cloudwatch", operation: "DescribeAlarms", input: {} } satisfies Question,
      { MetricAlarms: [{ AlarmName: "a", AlarmDescription: "see https://wiki.acme.internal" }] },
      "acme",
    ],
    [
      "a bucket",
      elb("DescribeLoadBalancerAttributes"),
      {
        Attributes: [
          { Key: "access_logs.s3.bucket", Value: "acme-logs" },
          { Key: "access_logs.s3.prefix", Value: "acme" },
        ],
      },
      "acme",
    ],
    [
      "a bucket by its ARN",
      elb("DescribeTags"),
      { TagDescriptions: [{ ResourceArn: "arn:aws:s3:::acme-logs" }] },
      "acme",
    ],
  ])("%s", async (_, question, page, name) => {
    const answer: Answer = { status: "answered", pages: [page] };
    const marks = new Marks("salt");
    expect(JSON.stringify(onArrival(question, answer, marks))).toContain(name);
    const redacting = new RedactingSource({ ask: async () => answer }, new Tokens(), PLAIN, marks);
    expect(JSON.stringify(await redacting.ask(question))).not.toContain(name);
  });

  test("the role and the session that a refusal names", async () => {
    const message =
      "CloudWatch does not permit it: User: arn:aws:sts::210987654321:assumed-role/acme-oncall/ada.lovelace is not authorized";
    const refused: Answer = { status: "failed", failure: { kind: "forbidden", message } };
    const redacting = new RedactingSource({ ask: async () => refused }, new Tokens(), PLAIN, new Marks("salt"));
    expect(JSON.stringify(await redacting.ask(pods))).not.toMatch(/acme|lovelace|210987654321/);
  });
});

test("a failure that repeats what was sent does not repeat a token", () => {
  for (const [index, { name, invent }] of TOKEN_FORMS.entries()) {
    const { text, marks } = invent(index + 1);
    const failure = {
      kind: "malformed",
      message: `Prometheus cannot answer the query: ${text.split("\n")[1] ?? text}`,
    } as const;
    const question: Question = { source: "prometheus", operation: "query", input: {} };
    const out = JSON.stringify(onArrival(question, { status: "failed", failure }, new Marks("salt")));
    expect([name, marks.filter((mark) => out.includes(mark))]).toEqual([name, []]);
  }
});
