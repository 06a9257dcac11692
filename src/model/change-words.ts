import type { ChangedBy, ChangeFact, SettingChange } from "./facts/changes.ts";
import { clock, listed, plural } from "./words.ts";

/** "role deploy (ada)", "user ada"; null where nobody is told. */
export function byWords(by: ChangedBy | null): string | null {
  if (by?.name == null) return null;
  if (by.kind === "root") return "the account's root user";
  if (by.kind === "service" || by.kind === "other") return by.name;
  return `${by.kind} ${by.name}${by.session === null ? "" : ` (${by.session})`}`;
}

/** "weight of canary 10 → 60"; only the new value where the old one is not known. */
export function settingWords({ name, before, after }: SettingChange): string {
  if (before === undefined) return after === null ? `${name} removed` : `${name} → ${after}`;
  if (before === null) return after === null ? name : `${name} → ${after} (new)`;
  return `${name} ${before} → ${after ?? "removed"}`;
}

/** Settings that are told of one change; more would hide who made it. */
const TOLD = 4;

/** "rule 10 of shop changed by role deploy (ada): weight of canary 10 → 60", without its time. */
export function changeWords({ what, by, settings, count, at, until, kind, from }: ChangeFact): string {
  const who = byWords(by);
  const told = settings.slice(0, TOLD).map(settingWords);
  const more = settings.length - told.length;
  const all = [...told, ...(more > 0 ? [`${more} more`] : [])];
  return `${what}${who === null ? "" : ` by ${who}`}${all.length === 0 ? "" : `: ${listed(all)}`}${oftenWords({ count, at, until, kind, from })}`;
}

/** " (12 calls until 10:05)", with a blank before it; empty for one that is alone. */
export function oftenWords({
  count,
  at,
  until,
  kind,
  from,
}: Pick<ChangeFact, "count" | "at" | "until" | "kind" | "from">): string {
  const what = kind === "event" ? "time" : from === "kubernetes" ? "step" : "call";
  return count === 1 ? "" : ` (${plural(count, what)} until ${clock(Math.max(at, until))})`;
}

/** So many of these changes, in order of time: what somebody set before what follows from load or trouble, and of each the latest. */
export function mostTelling<C extends ChangeFact>(changes: readonly C[], most: number): C[] {
  const follows = ({ kind }: ChangeFact) => kind === "scaling" || kind === "targets" || kind === "event";
  const told = [...changes.filter(follows), ...changes.filter((one) => !follows(one))].slice(-most);
  return changes.filter((one) => told.includes(one));
}
