import { describe, expect, it } from "vitest";
import { alarmsNamed, compositeRule } from "../../src/analysis/composite-rule.ts";

const read = (text: string) => {
  const answer = compositeRule(text);
  if ("unreadable" in answer) throw new Error(answer.unreadable);
  return answer.rule;
};
const why = (text: string) => {
  const answer = compositeRule(text);
  return "unreadable" in answer ? answer.unreadable : null;
};
const state = (alarm: string, which = "ALARM") => ({ kind: "state", state: which, alarm });
const arn = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a, b";

describe("compositeRule", () => {
  it.each([
    ["a bare name", "ALARM(a)", state("a")],
    ["a quoted name with every sign", 'OK("a (b), %c")', state("a (b), %c", "OK")],
    ["a quoted name with quotation marks", String.raw`ALARM("say \"x\" \\ y")`, state('say "x" \\ y')],
    ["an ARN", `INSUFFICIENT_DATA("${arn}")`, state(arn, "INSUFFICIENT_DATA")],
    ["spaces wherever they may stand", '\n ALARM  ( "x" ) ', state("x")],
    ["a constant", "TRUE", { kind: "constant", value: true }],
    ["lower case", "alarm(a) or not ok(b)", { kind: "or", parts: [state("a"), { kind: "not", of: state("b", "OK") }] }],
    [
      "AND before OR",
      "ALARM(a) OR ALARM(b) AND ALARM(c)",
      { kind: "or", parts: [state("a"), { kind: "and", parts: [state("b"), state("c")] }] },
    ],
    [
      "parentheses before both",
      "(ALARM(a) OR ALARM(b)) AND NOT (FALSE)",
      {
        kind: "and",
        parts: [
          { kind: "or", parts: [state("a"), state("b")] },
          { kind: "not", of: { kind: "constant", value: false } },
        ],
      },
    ],
    [
      "AT_LEAST with a count",
      "AT_LEAST(2, ALARM, (a, b, c))",
      { kind: "at-least", count: 2, percent: false, negated: false, state: "ALARM", alarms: ["a", "b", "c"] },
    ],
    [
      "AT_LEAST with a share and NOT",
      `AT_LEAST(60%, NOT OK, ("${arn}", b%))`,
      { kind: "at-least", count: 60, percent: true, negated: true, state: "OK", alarms: [arn, "b%"] },
    ],
    [
      "a name that is a word of the grammar",
      "ALARM(OR) OR OK(ALARM)",
      { kind: "or", parts: [state("OR"), state("ALARM", "OK")] },
    ],
  ])("reads %s", (_, text, rule) => {
    expect(read(text)).toEqual(rule);
  });

  it.each([
    ["nothing", "", /it ends at character 1/],
    ["a missing parenthesis", "ALARM(a", /it ends at character 8, where "\)" is expected/],
    ["two rules side by side", "ALARM(a) ALARM(b)", /"ALARM" stands at character 10, where the end of the rule/],
    ["a name with a space and no quotation marks", "ALARM(a b)", /"b" stands at character 9/],
    ["an unknown function", "MAYBE(a)", /"MAYBE" stands at character 1/],
    ["an open quotation mark", 'ALARM("a)', /closing quotation mark/],
    ["AT_LEAST without a number", "AT_LEAST(x, ALARM, (a))", /where a number is expected/],
    ["AT_LEAST over nothing", "AT_LEAST(1, ALARM, ())", /an alarm's name is expected/],
    ["a rule that nests for ever", "(".repeat(5_000), /nested too deeply/],
    ["one NOT after another for ever", "NOT ".repeat(2_000), /nested too deeply/],
    ["a rule beyond the limit", "ALARM(a) OR ".repeat(2_000), /longer than 10240/],
  ])("says of %s where it stops", (_, text, words) => {
    expect(why(text)).toMatch(words);
  });
});

describe("alarmsNamed", () => {
  it.each([
    ["ALARM(a) AND NOT ALARM(deploying)", ["a +", "deploying -"]],
    ["NOT (OK(a) OR ALARM(b))", ["a +", "b -"]],
    ["AT_LEAST(2, ALARM, (a, b)) OR AT_LEAST(1, NOT ALARM, (c))", ["a +", "b +", "c -"]],
    ["NOT AT_LEAST(50%, NOT ALARM, (a))", ["a +"]],
    [`ALARM("${arn}") OR ALARM("a, b")`, ["a, b +"]],
    ["ALARM(a) OR (ALARM(b) AND NOT ALARM(a))", ["a +", "b +"]],
    ["TRUE", []],
  ])("of %s", (text, names) => {
    expect(alarmsNamed(read(text)).map(({ name, raises }) => `${name} ${raises ? "+" : "-"}`)).toEqual(names);
  });
});
