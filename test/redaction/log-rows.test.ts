import { expect, test } from "vitest";
import type { Answer } from "../../src/model/question.ts";
import { Marks } from "../../src/redaction/marks.ts";
import { RedactingSource } from "../../src/redaction/recording.ts";
import { Tokens } from "../../src/redaction/tokens.ts";
import { askLog } from "../../src/sources/access-logs/questions.ts";

const { question, parse } = askLog(
  "requests",
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188",
  { bucket: "shop-logs", prefix: "" },
  [{ start: 0, end: 60 }],
);
const row = (cut: string, ...key: string[]) => ({
  ...{ span: 0, group: "targetgroup/shop/73e2d6bc24d8a067", cut, key },
  ...{ count: 1, failed: 0, made: 0, gaveUp: 0, sum: 5, times: [0, 0, 0, 0, 1] },
});
const answer: Answer = {
  status: "answered",
  pages: [
    {
      read: { engine: "files", objects: 1, bytes: 1, lines: 1, unreadable: 0, broken: 0 },
      rows: [
        row("client", "203.0.113.7"),
        row("client", "2001:db8:0:0:0:0:0:7"),
        row("target", "10.0.3.7:8080"),
        row("path", "GET", "/customers/acme"),
      ],
    },
  ],
};

async function recorded(strict: boolean) {
  const source = { ask: async () => answer };
  const redacting = new RedactingSource(source, new Tokens(), { words: [], strict }, new Marks("salt"));
  const given = await redacting.ask(question);
  if (given.status === "failed") throw new Error(given.failure.message);
  return { text: JSON.stringify(given.pages), value: parse(given.pages).value };
}

test("a recording has tokens in the place of clients and targets, and still can be read", async () => {
  const { text, value } = await recorded(false);
  expect(text).not.toMatch(/203\.0\.113\.7|10\.0\.3\.7|0:0:0:7|73e2d6bc24d8a067/);
  expect(value.rows).toHaveLength(4);
  expect(value.rows[2]?.key[0]).toMatch(/^198\.1[89]\.\d+\.\d+:8080$/);
  expect(value.rows[3]?.key).toEqual(["GET", "/customers/acme"]);
});

test("a strict one has marks in the place of paths", async () => {
  const { text } = await recorded(true);
  expect(text).not.toContain("acme");
});
