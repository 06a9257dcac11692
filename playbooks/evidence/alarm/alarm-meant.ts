import {
  ALARMS_PER_CALL,
  type AlarmAnswer,
  type AlarmFact,
  type Ask,
  alarmScope,
  alarmsNamed,
  compositeRule,
  describeAlarms,
  listed,
  type Question,
} from "../../../src/playbook.ts";

const OTHER_ALARM = "name another alarm on a load balancer, or investigate one of the alarms that this one names";

/** Whether some playbook takes an alarm. */
export type Takes = (alarm: AlarmFact) => boolean;

/** The alarm that is meant, with what it was found by; or why none can be looked into. */
export type Meant =
  | {
      readonly alarm: AlarmFact;
      readonly others: readonly string[];
      /** The alarm that holds the composite's actions back; null where there is none. */
      readonly suppressor: string | null;
      readonly proof: readonly Question[];
    }
  | { readonly kind: "missing" | "malformed"; readonly what: string; readonly remedy: string };

/** The metric alarm that a name stands for: that alarm itself, or the one beneath a composite alarm. */
export async function alarmMeant(
  asked: string,
  answer: AlarmAnswer | undefined,
  takes: Takes,
  ask: Ask,
): Promise<Meant> {
  if (!answer) {
    const remedy = "check its spelling, the region and the account";
    return { kind: "missing", what: `there is no alarm named ${asked}`, remedy };
  }
  if ("unsupported" in answer) return refused(asked, answer.unsupported);
  if ("alarm" in answer) {
    const { fault, remedy } = alarmScope(answer.alarm);
    // An alarm that can watch nothing is an answer of its own, where a playbook knows it.
    if (fault !== null && !takes(answer.alarm)) return refused(asked, fault, remedy ?? OTHER_ALARM);
    return { alarm: answer.alarm, others: [], suppressor: null, proof: [] };
  }
  const { rule, suppressor } = answer.composite;
  const read = compositeRule(rule);
  if ("unreadable" in read) return refused(asked, `it is a composite alarm; ${read.unreadable}`);
  const named = alarmsNamed(read.rule);
  if (named.length === 0) return refused(asked, "it is a composite alarm whose rule names no alarm");
  const { taken, others, proof } = await alarmsBeneath(beneathOf(answer), takes, ask);
  const quiet = named.filter(({ raises }) => !raises).map(({ name }) => `${name}: must not be in ALARM`);
  if (taken) return { alarm: { ...taken, composite: asked }, others: [...others, ...quiet], suppressor, proof };
  const beneath = others.length === 0 ? `not read: ${listed(named.map(({ name }) => name))}` : others.join("; ");
  return refused(asked, `it is a composite alarm, and none of the alarms under it can be judged (${beneath})`);
}

/**
 * The alarms that can bring a composite alarm to ALARM; of a rule in which none does, all that it names. Empty for
 * another alarm, and for a rule that cannot be read.
 */
function beneathOf(answer: AlarmAnswer | undefined): string[] {
  if (!answer || !("composite" in answer)) return [];
  const read = compositeRule(answer.composite.rule);
  const named = "rule" in read ? alarmsNamed(read.rule) : [];
  const raising = named.filter(({ raises }) => raises);
  return (raising.length > 0 ? raising : named).map(({ name }) => name);
}

/** The gap for an alarm that is there and cannot be looked into. */
export function refused(asked: string, because: string, remedy = OTHER_ALARM) {
  return { kind: "malformed", what: `${asked} cannot be investigated: ${because}`, remedy } as const;
}

/** The finding that leads from a composite alarm to the one that is looked into. */
export function compositeWords(
  { name, composite, state }: AlarmFact,
  others: readonly string[],
  suppressor: string | null,
) {
  const beside = others.length === 0 ? "" : `; also beneath it: ${others.join("; ")}`;
  const by = suppressor?.replace(/^arn:.*?:alarm:/, "");
  const held = by === undefined ? "" : `; its actions are held back while ${by} is in ALARM`;
  return {
    statement: `${composite} is a composite alarm; the alarm beneath it that is investigated is ${name} (${state})${beside}${held}`,
    measures: { others: others.length },
  };
}

/** Composite alarms stand above composite alarms; nobody has been seen to stack more of them. */
const DEEPEST = 5;

/** What stands beneath a composite alarm. */
interface Beneath {
  /** The alarm to look into; null where no playbook takes one of them. */
  readonly taken: AlarmFact | null;
  /** The other alarms beneath, each with what it watches. */
  readonly others: readonly string[];
  readonly proof: readonly Question[];
}

/**
 * Goes down from a composite alarm's rule to the metric alarms beneath it. Where playbooks take several of them, the one
 * that is in ALARM is meant, and of those the one that went there last: that is the one that raised the composite.
 */
async function alarmsBeneath(names: readonly string[], takes: Takes, ask: Ask): Promise<Beneath> {
  const seen = new Set<string>();
  const found: { readonly name: string; readonly answer: AlarmAnswer | undefined }[] = [];
  const proof: Question[] = [];
  let level = names;
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth += 1) {
    for (const name of level) seen.add(name);
    level = level.slice(0, ALARMS_PER_CALL);
    const asked = describeAlarms(level);
    const answer = await ask(asked);
    proof.push(asked.question);
    if (!answer.ok) break;
    const here = level.map((name) => ({ name, answer: answer.value.get(name) }));
    found.push(...here.filter((one) => one.answer === undefined || !("composite" in one.answer)));
    const next = here.flatMap((one) => beneathOf(one.answer));
    level = [...new Set(next)].filter((name) => !seen.has(name));
  }
  const alarms = found.flatMap(({ answer }) => (answer && "alarm" in answer ? [answer.alarm] : []));
  const taken = meant(alarms.filter(takes));
  return {
    taken,
    others: found.filter(({ name }) => name !== taken?.name).map(({ name, answer }) => `${name}: ${inShort(answer)}`),
    proof,
  };
}

function meant(alarms: readonly AlarmFact[]): AlarmFact | null {
  const weight = ({ state, stateSince }: AlarmFact) => [state === "ALARM" ? 1 : 0, stateSince ?? 0] as const;
  return alarms.reduce<AlarmFact | null>((best, one) => {
    if (!best) return one;
    const [[alarming, since], [best1, best2]] = [weight(one), weight(best)];
    return alarming > best1 || (alarming === best1 && since > best2) ? one : best;
  }, null);
}

function inShort(answer: AlarmAnswer | undefined): string {
  if (!answer) return "there is no such alarm";
  if ("unsupported" in answer) return answer.unsupported;
  if ("composite" in answer) return "a composite alarm";
  return `${answer.alarm.statistic} of ${answer.alarm.metric}, ${answer.alarm.state}`;
}
