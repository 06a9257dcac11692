import { expect, it } from "vitest";
import type { ChangeFact } from "../../../src/model/facts.ts";
import type { Input } from "../../../src/model/question.ts";
import { lookupEvents } from "../../../src/sources/cloudtrail/questions.ts";
import { entryOf, type Recorded } from "../../verdicts/trail.ts";

/*
 * Calls as CloudTrail records them, and what is read of them.
 */

const ELB = "arn:aws:elasticloadbalancing:eu-west-1:111122223333";
export const RULE = `${ELB}:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee`;
export const LISTENER = `${ELB}:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2`;
export const BALANCER = `${ELB}:loadbalancer/app/shop/50dc6c495c0c9188`;
export const [OLD, NEW] = [
  `${ELB}:targetgroup/stable/73e2d6bc24d8a067`,
  `${ELB}:targetgroup/canary/2453ed029918f21f`,
] as const;

const AT = 1_782_460_800;
const question = lookupEvents({ key: "EventName", value: "PutMetricAlarm" }, { start: AT, end: AT + 60 });
export const parse = (...events: unknown[]) => question.parse([{ Events: events }]);
export const call = (
  name: string,
  source: string,
  request: Input,
  response?: Input,
  more: Partial<Recorded> = {},
): Recorded => ({
  at: AT,
  name,
  source,
  request,
  ...(response && { response }),
  ...more,
});
const read = (one: Recorded) => {
  const { value, flaws } = parse(entryOf(one, 1));
  expect(flaws).toEqual([]);
  return value[0]?.change;
};

/** A title, a call, the kind and words of the change that it is, and its settings. */
export type Sample = readonly [string, Recorded, ChangeFact["kind"], string, unknown];

export function readsEach(samples: readonly Sample[]): void {
  it.each(samples)("reads %s", (_, one, kind, what, expected) => {
    const change = read(one);
    expect(change).toMatchObject({ kind, what });
    const settings = change?.settings.map(({ name, before, after }) => [
      name,
      ...(before === undefined ? [] : [before]),
      after,
    ]);
    expect(settings).toEqual(expected);
  });
}

/** What the sample of this title can touch. */
export function touchedBy(samples: readonly Sample[], title: string) {
  const found = samples.find(([name]) => name === title);
  if (!found) throw new Error(`there is no sample ${title}`);
  return read(found[1])?.touches;
}
