import type { SyntaxNode } from "@lezer/common";
import type { Series } from "./promql.ts";
import type { RawSeries } from "./scrape.ts";
import { PromqlError } from "./values.ts";

interface Matcher {
  readonly name: string;
  readonly operator: string;
  readonly matches: (value: string) => boolean;
}

/** The series that a vector selector names. A label that is not there counts as the empty string. */
export function selectSeries(node: SyntaxNode, query: string, series: Series): RawSeries[] {
  if (node.name !== "VectorSelector") throw new PromqlError(`${node.name} in a range is not simulated`);
  const metric = node.getChild("Identifier");
  const matchers = (node.getChild("LabelMatchers")?.getChildren("UnquotedLabelMatcher") ?? []).map((one) =>
    matcherOf(one, query),
  );
  const named = metric
    ? query.slice(metric.from, metric.to)
    : matchers.find((one) => one.name === "__name__" && one.operator === "=");
  if (named === undefined) throw new PromqlError("selectors without a metric name are not simulated");
  const name = typeof named === "string" ? named : nameIn(node, query);
  return series(name).filter((one) => matchers.every((matcher) => matcher.matches(one.labels[matcher.name] ?? "")));
}

function nameIn(node: SyntaxNode, query: string): string {
  const matcher = node
    .getChild("LabelMatchers")
    ?.getChildren("UnquotedLabelMatcher")
    .find((one) => query.slice(one.from, one.to).startsWith("__name__"));
  const literal = matcher?.getChild("StringLiteral");
  return literal ? stringOf(query.slice(literal.from, literal.to)) : "";
}

function matcherOf(node: SyntaxNode, query: string): Matcher {
  const part = (kind: string) => {
    const found = node.getChild(kind);
    return found ? query.slice(found.from, found.to) : "";
  };
  const name = part("LabelName");
  const operator = part("MatchOp");
  const wanted = stringOf(part("StringLiteral"));
  if (operator === "=") return { name, operator, matches: (value) => value === wanted };
  if (operator === "!=") return { name, operator, matches: (value) => value !== wanted };
  const pattern = anchored(wanted);
  return { name, operator, matches: (value) => pattern.test(value) === (operator === "=~") };
}

/** Regular expressions of Prometheus are anchored at both ends. RE2's syntax, as far as it is JavaScript's too. */
function anchored(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, "s");
  } catch {
    throw new PromqlError(`parse error: invalid regular expression ${JSON.stringify(pattern)}`);
  }
}

const ESCAPES: { readonly [letter: string]: string } = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
};

/** What a string literal says. */
export function stringOf(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith("`")) return inner;
  return inner.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)/gs, (_, code: string) => {
    if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    const known = ESCAPES[code];
    if (known === undefined && !/["'\\]/.test(code))
      throw new PromqlError(`parse error: unknown escape sequence \\${code}`);
    return known ?? code;
  });
}
