import { Unusable } from "../model/unusable.ts";

/** The name of the alarm that the user means: a name as it is, or the name in an alarm's ARN. */
export function alarmName(given: string): string {
  if (given === "") throw new Unusable("the alarm's name is empty");
  if (!given.startsWith("arn:")) return given;
  // arn:partition:cloudwatch:region:account:alarm:NAME, where the name may hold colons itself.
  const name = /^arn:[\w-]+:cloudwatch:[\w-]*:\d*:alarm:(.+)$/.exec(given)?.[1];
  if (name === undefined) throw new Unusable("this ARN is not one of a CloudWatch alarm");
  return name;
}
