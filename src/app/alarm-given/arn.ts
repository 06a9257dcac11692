import type { AlarmGiven } from "./one.ts";

/** arn:partition:cloudwatch:region:account:alarm:NAME; a name may hold colons and spaces itself. */
export function fromArn(arn: string): AlarmGiven | null {
  const [, region, account, name] = /^arn:[\w-]+:cloudwatch:([\w-]*):(\d*):alarm:(.+)$/s.exec(arn) ?? [];
  return name === undefined ? null : { name, region: region || null, account: account || null };
}
