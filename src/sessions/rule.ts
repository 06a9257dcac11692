import { Unusable } from "../model/unusable.ts";
import { oneLine } from "../model/visible.ts";
import { plural } from "../model/words.ts";

/** Which sessions stay: the newest so many, as far as they are not older than so many seconds. Infinity is no bound. */
export interface Rule {
  readonly newest: number;
  readonly age: number;
}

const DAY = 86_400;

/**
 * Applied without a word whenever an investigation is kept, unless LBDOCTOR_KEEP says otherwise. 200 is about a year of
 * one person on call, and some hundred MB; 90 days are longer than CloudWatch keeps five-minute figures (63 days, User
 * Guide, Metrics retention), after which hardly anything of an incident can be read again.
 */
const USUAL: Rule = { newest: 200, age: 90 * DAY };

/**
 * The standing rule: LBDOCTOR_KEEP is "200" (the newest so many), "90d" (those of so many days), both with a comma or a
 * blank between, or "all". What it does not name has no bound. Throws an Unusable.
 */
export function standingRule({ LBDOCTOR_KEEP: given }: NodeJS.ProcessEnv): Rule {
  if (given === undefined || given.trim() === "") return USUAL;
  let rule: Rule = { newest: Number.POSITIVE_INFINITY, age: Number.POSITIVE_INFINITY };
  if (given.trim() === "all") return rule;
  for (const word of given.trim().split(/[\s,]+/)) {
    const [, count, days] = /^(\d{1,6})(d?)$/.exec(word) ?? [];
    if (count === undefined || Number(count) === 0) {
      throw new Unusable(`LBDOCTOR_KEEP ${oneLine(given)}: expected a number like 200, days like 90d, both, or all`);
    }
    rule = days ? { ...rule, age: Number(count) * DAY } : { ...rule, newest: Number(count) };
  }
  return rule;
}

/** "the newest 200, for 90 days" */
export function ruleInWords({ newest, age }: Rule): string {
  const words = [
    ...(Number.isFinite(newest) ? [`the newest ${newest}`] : []),
    ...(Number.isFinite(age) ? [`for ${plural(Math.round(age / DAY), "day")}`] : []),
  ];
  return words.length === 0 ? "all, forever" : words.join(", ");
}
