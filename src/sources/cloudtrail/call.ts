import type { ChangeFact, SettingChange, Touched } from "../../model/facts/changes.ts";
import { field } from "../parse.ts";

/** A call as it was recorded: what it was given and what it answered, whose shapes are each call's own. */
export interface RecordedCall {
  readonly name: string;
  readonly source: string;
  readonly request: unknown;
  readonly response: unknown;
}

/** What a call changed, as far as its own parameters and answer tell. */
export interface CallChange {
  readonly kind: ChangeFact["kind"];
  /** What was done, with its object: "rule 10 of k8s-shop changed". */
  readonly what: string;
  readonly touches: readonly Touched[];
  readonly settings: readonly SettingChange[];
}

/** "arn:…:targetgroup/shop/0123" → "shop"; what is no such ARN stays. */
export function nameIn(arn: string): string {
  const [form, ...rest] = (arn.split(":").slice(5).join(":") || arn).split("/");
  if (rest.length === 0) return form ?? arn;
  return (["app", "net", "gwy"].includes(rest[0] ?? "") ? rest[1] : rest[0]) ?? arn;
}

/** CloudTrail writes EC2's lists as {"items": […]}, and an empty one as {}. */
export function itemsOf(value: unknown): unknown[] {
  const items = field(value, "items");
  return Array.isArray(items) ? items : [];
}
