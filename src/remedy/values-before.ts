import type { SettingChange } from "../model/facts.ts";

/** The values of before, where each of them is recorded; null where one is not, or there is none. */
export function before(settings: readonly SettingChange[]): readonly (readonly [name: string, value: string])[] | null {
  const known = settings.flatMap((one) => (typeof one.before === "string" ? [[one.name, one.before] as const] : []));
  return known.length > 0 && known.length === settings.length ? known : null;
}
