import { describe, expect, it } from "vitest";
import { entryOf } from "../../verdicts/trail.ts";
import { call, LISTENER, parse, RULE } from "./calls.ts";

describe("lookupEvents", () => {
  it.each([
    [
      "arn:aws:sts::111122223333:assumed-role/deploy/ada@example.com",
      { kind: "role", name: "deploy", session: "ada@example.com" },
    ],
    ["arn:aws:iam::111122223333:user/ops/bob", { kind: "user", name: "bob", session: null }],
    ["arn:aws:iam::111122223333:root", { kind: "root", name: "root", session: null }],
    ["not an arn", { kind: "other", name: null, session: null }],
  ])("tells who it was from %s", (arn, by) => {
    const { value } = parse(entryOf({ ...call("DeleteRule", "elasticloadbalancing", { ruleArn: RULE }), arn }, 1));
    expect(value[0]?.by).toEqual(by);
  });

  it("passes over reads and tags, and what was refused changed nothing", () => {
    const reads = entryOf(call("DescribeRules", "elasticloadbalancing", { listenerArn: LISTENER }), 1);
    const tags = entryOf(call("AddTags", "elasticloadbalancing", { resourceArns: [LISTENER] }), 2);
    const refused = entryOf(
      call("DeleteRule", "elasticloadbalancing", { ruleArn: RULE }, undefined, { error: "AccessDenied" }),
      3,
    );
    const { value, flaws } = parse(reads, tags, refused);
    expect(value.map(({ name, error, change }) => [name, error, change])).toEqual([
      ["AddTags", null, null],
      ["DeleteRule", "AccessDenied", null],
    ]);
    expect(flaws).toEqual([]);
  });

  it("leaves out what does not fit, and says so", () => {
    const whole = entryOf(call("DeleteRule", "elasticloadbalancing", { ruleArn: RULE }), 1);
    const { value, flaws } = parse(
      whole,
      { ...whole, CloudTrailEvent: "{" },
      { ...whole, CloudTrailEvent: JSON.stringify({ eventName: "DeleteRule" }) },
      { ...whole, EventName: "DeleteListener" },
      entryOf(call("ModifyRule", "elasticloadbalancing", { ruleArn: { nested: true } }), 2),
      entryOf(call("SetDesiredCapacity", "autoscaling", {}), 3),
      { ...whole, EventTime: "yesterday" },
      null,
    );
    expect(value).toHaveLength(1);
    expect(flaws).toEqual([
      expect.stringContaining("Events[6] left out: EventTime"),
      expect.stringContaining("Events[7] left out"),
      expect.stringContaining("not JSON"),
      expect.stringContaining("no usable eventTime"),
      expect.stringContaining("belongs to another call"),
      expect.stringContaining("do not have the shape of ModifyRule: ruleArn"),
      expect.stringContaining("do not have the shape of SetDesiredCapacity: autoScalingGroupName"),
    ]);
  });
});
