import type { AlarmState } from "../model/facts.ts";

/**
 * The rule of a composite alarm. Grammar: CloudWatch User Guide, "Composite alarms" (rule expressions), and the API
 * reference of PutCompositeAlarm, as of November 2025, when AT_LEAST was added:
 *
 *   or        := and ("OR" and)*
 *   and       := unary ("AND" unary)*
 *   unary     := "NOT" unary | "(" or ")" | "TRUE" | "FALSE" | state "(" alarm ")" | at-least
 *   at-least  := "AT_LEAST" "(" count ["%"] "," ["NOT"] state "," "(" alarm ("," alarm)* ")" ")"
 *   state     := "ALARM" | "OK" | "INSUFFICIENT_DATA"
 *   alarm     := a name or an ARN, in double quotes (\" and \\ inside) or bare: then without spaces, parentheses, commas
 *
 * That NOT binds closer than AND, and AND closer than OR, is the usual order; the guide does not state it.
 */
export type CompositeRule =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "state"; readonly state: AlarmState; readonly alarm: string }
  | { readonly kind: "not"; readonly of: CompositeRule }
  | { readonly kind: "and" | "or"; readonly parts: readonly CompositeRule[] }
  | {
      readonly kind: "at-least";
      readonly count: number;
      /** Whether `count` is a share of the alarms in per cent. */
      readonly percent: boolean;
      readonly negated: boolean;
      readonly state: AlarmState;
      readonly alarms: readonly string[];
    };

/** An alarm that a rule names, by its name: of an ARN the name in it. */
export interface RuleReference {
  readonly name: string;
  /** Whether the alarm's being in ALARM helps to make the rule true: not so in NOT ALARM(x) or OK(x). */
  readonly raises: boolean;
}

const STATES: readonly string[] = ["ALARM", "OK", "INSUFFICIENT_DATA"] satisfies AlarmState[];
/** A rule has at most 10,240 characters and names at most 100 alarms (PutCompositeAlarm). */
const LONGEST = 10_240;
/** Parentheses inside each other: far more than a person writes, far fewer than the stack holds. */
const DEEPEST = 100;

/** Reads a rule. Answers the rule, or one sentence that says where it stops being one. */
export function compositeRule(text: string): { readonly rule: CompositeRule } | { readonly unreadable: string } {
  if (text.length > LONGEST) return { unreadable: `its rule is longer than ${LONGEST} characters` };
  try {
    return { rule: new Reader(text).whole() };
  } catch (error) {
    if (error instanceof NotARule) return { unreadable: error.message };
    throw error;
  }
}

/** The alarms that a rule names, each once, in the order in which they stand there. */
export function alarmsNamed(rule: CompositeRule): RuleReference[] {
  const found = new Map<string, boolean>();
  for (const { name, raises } of references(rule, false)) found.set(name, (found.get(name) ?? false) || raises);
  return [...found].map(([name, raises]) => ({ name, raises }));
}

function references(rule: CompositeRule, negated: boolean): RuleReference[] {
  switch (rule.kind) {
    case "constant":
      return [];
    case "state":
      return [{ name: nameIn(rule.alarm), raises: (rule.state === "ALARM") !== negated }];
    case "not":
      return references(rule.of, !negated);
    case "at-least": {
      const raises = (rule.state === "ALARM") !== (rule.negated !== negated);
      return rule.alarms.map((alarm) => ({ name: nameIn(alarm), raises }));
    }
    default:
      return rule.parts.flatMap((part) => references(part, negated));
  }
}

function nameIn(alarm: string): string {
  return alarm.replace(/^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:/, "");
}

class NotARule extends Error {}

/** A word, a quoted name, or one of ( ) , % */
interface Token {
  readonly text: string;
  readonly quoted: boolean;
  /** Where it begins, counted from 1 as an editor does. */
  readonly at: number;
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #next = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
    this.#end = text.length + 1;
  }

  whole(): CompositeRule {
    const rule = this.#or(0);
    const left = this.#tokens[this.#next];
    if (left) throw unexpected("the end of the rule", left);
    return rule;
  }

  #or(depth: number): CompositeRule {
    return this.#joined("OR", "or", () => this.#joined("AND", "and", () => this.#unary(depth)));
  }

  #joined(word: string, kind: "and" | "or", part: () => CompositeRule): CompositeRule {
    const parts = [part()];
    while (this.#takes(word)) parts.push(part());
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind, parts };
  }

  #unary(depth: number): CompositeRule {
    if (depth > DEEPEST) throw new NotARule("its rule is nested too deeply to be read");
    if (this.#takes("NOT")) return { kind: "not", of: this.#unary(depth + 1) };
    if (this.#takes("(")) {
      const inside = this.#or(depth + 1);
      this.#expect(")");
      return inside;
    }
    if (this.#takes("TRUE")) return { kind: "constant", value: true };
    if (this.#takes("FALSE")) return { kind: "constant", value: false };
    if (this.#takes("AT_LEAST")) return this.#atLeast();
    const state = this.#state("ALARM, OK, INSUFFICIENT_DATA, AT_LEAST, NOT, TRUE, FALSE or a parenthesis");
    this.#expect("(");
    const alarm = this.#alarm();
    this.#expect(")");
    return { kind: "state", state, alarm };
  }

  #atLeast(): CompositeRule {
    this.#expect("(");
    const token = this.#take("a number");
    if (token.quoted || !/^\d+$/.test(token.text)) throw unexpected("a number", token);
    const percent = this.#takes("%");
    this.#expect(",");
    const negated = this.#takes("NOT");
    const state = this.#state("ALARM, OK or INSUFFICIENT_DATA");
    this.#expect(",");
    this.#expect("(");
    const alarms = [this.#alarm()];
    while (this.#takes(",")) alarms.push(this.#alarm());
    this.#expect(")");
    this.#expect(")");
    return { kind: "at-least", count: Number(token.text), percent, negated, state, alarms };
  }

  #state(wanted: string): AlarmState {
    const token = this.#take(wanted);
    const word = token.text.toUpperCase();
    if (token.quoted || !STATES.includes(word)) throw unexpected(wanted, token);
    return word as AlarmState;
  }

  #alarm(): string {
    const token = this.#take("an alarm's name");
    if (token.text === "" || (!token.quoted && /^[(),]$/.test(token.text))) throw unexpected("an alarm's name", token);
    return token.text;
  }

  #takes(text: string): boolean {
    const token = this.#tokens[this.#next];
    if (!token || token.quoted || token.text.toUpperCase() !== text) return false;
    this.#next += 1;
    return true;
  }

  #expect(text: string): void {
    if (!this.#takes(text)) throw unexpected(`"${text}"`, this.#tokens[this.#next] ?? this.#ended());
  }

  #take(wanted: string): Token {
    const token = this.#tokens[this.#next];
    if (!token) throw unexpected(wanted, this.#ended());
    this.#next += 1;
    return token;
  }

  #ended(): Token {
    return { text: "", quoted: false, at: this.#end };
  }
}

function unexpected(wanted: string, { text, at, quoted }: Token): NotARule {
  const found = text === "" && !quoted ? "it ends" : `"${text.slice(0, 60)}" stands`;
  return new NotARule(`its rule cannot be read: ${found} at character ${at}, where ${wanted} is expected`);
}

function tokensOf(text: string): Token[] {
  // A quoted name, one of the signs, or a bare word. "%" is a sign only after a number: a bare name may hold it.
  const pattern = /\s*(?:"((?:[^"\\]|\\.)*)"|([(),])|(\d+)(?=\s*%\s*,)|(%)|([^\s(),"]+))/gsuy;
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, quoted, ...rest] = match;
    const bare = rest.find((part) => part !== undefined) ?? "";
    const at = match.index + whole.length - (quoted === undefined ? bare.length : quoted.length + 2) + 1;
    tokens.push({ text: quoted?.replace(/\\(.)/gs, "$1") ?? bare, quoted: quoted !== undefined, at });
    end = match.index + whole.length;
  }
  const left = text.slice(end).trimStart();
  if (left !== "") throw unexpected("a closing quotation mark", { text: left, quoted: false, at: end + 1 });
  return tokens;
}
