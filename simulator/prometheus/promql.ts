import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import { instantValue, RANGE_FUNCTIONS } from "./ranges.ts";
import type { RawSeries } from "./scrape.ts";
import { selectSeries } from "./selector.ts";
import {
  aggregate,
  type Binary,
  combine,
  only,
  PromqlError,
  relabel,
  type Value,
  without,
  withoutName,
} from "./values.ts";

/** A query that is ready to be evaluated at any moment (epoch seconds). */
export type Expression = (time: number) => Value;
/** All series of one metric name. */
export type Series = (metric: string) => readonly RawSeries[];

/** Reads a query of the subset that is simulated. Throws a PromqlError where it is wrong or beyond that. */
export function compile(query: string, series: Series): Expression {
  const tree = parser.parse(query);
  const error = firstError(tree.topNode);
  if (error)
    throw new PromqlError(
      `1:${error.from + 1}: parse error: unexpected ${query.slice(error.from, error.to) || "end of input"}`,
    );
  const top = tree.topNode.firstChild;
  if (!top) throw new PromqlError("unknown position: parse error: no expression found in input");
  return new Compiler(query, series).expression(top);
}

function firstError(node: SyntaxNode): SyntaxNode | null {
  if (node.type.isError) return node;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const found = firstError(child);
    if (found) return found;
  }
  return null;
}

class Compiler {
  constructor(
    private readonly query: string,
    private readonly series: Series,
  ) {}

  expression(node: SyntaxNode): Expression {
    switch (node.name) {
      case "NumberDurationLiteral": {
        const value = numberOf(this.#text(node));
        return () => ({ type: "scalar", value });
      }
      case "ParenExpr":
        return this.expression(children(node)[0] as SyntaxNode);
      case "UnaryExpr":
        return this.#unary(node);
      case "VectorSelector":
        return this.#instant(node);
      case "FunctionCall":
        return this.#call(node);
      case "AggregateExpr":
        return this.#aggregation(node);
      case "BinaryExpr":
        return this.#binary(node);
      default:
        throw new PromqlError(`${node.name} is not simulated`);
    }
  }

  #unary(node: SyntaxNode): Expression {
    const [operator, operand] = children(node) as [SyntaxNode, SyntaxNode];
    const inner = this.expression(operand);
    if (this.#text(operator) === "+") return inner;
    return (time) => {
      const value = inner(time);
      if (value.type === "scalar") return { type: "scalar", value: -value.value };
      return {
        type: "vector",
        lines: value.lines.map((line) => ({ labels: withoutName(line.labels), value: -line.value })),
      };
    };
  }

  #instant(node: SyntaxNode): Expression {
    const selected = selectSeries(node, this.query, this.series);
    return (time) => ({
      type: "vector",
      lines: selected.flatMap((series) => {
        const value = instantValue(series, time);
        return value === null ? [] : [{ labels: series.labels, value }];
      }),
    });
  }

  #call(node: SyntaxNode): Expression {
    const [identifier, body] = children(node) as [SyntaxNode, SyntaxNode];
    const name = this.#text(identifier);
    const [argument, ...more] = children(body);
    if (name === "vector" && argument && more.length === 0) {
      const inner = this.expression(argument);
      return (time) => {
        const value = inner(time);
        if (value.type !== "scalar") throw new PromqlError("expected type scalar in call to function vector");
        return { type: "vector", lines: [{ labels: NONE, value: value.value }] };
      };
    }
    const read = RANGE_FUNCTIONS[name];
    if (!read || !argument || more.length > 0) throw new PromqlError(`function ${name} is not simulated`);
    if (argument.name !== "MatrixSelector")
      throw new PromqlError(`expected type range vector in call to function "${name}"`);
    const [selector, duration] = children(argument) as [SyntaxNode, SyntaxNode];
    const range = numberOf(this.#text(duration));
    const selected = selectSeries(selector, this.query, this.series);
    return (time) => ({
      type: "vector",
      lines: selected.flatMap((series) => {
        const value = read(series, time, range);
        return value === null
          ? []
          : [{ labels: name === "last_over_time" ? series.labels : withoutName(series.labels), value }];
      }),
    });
  }

  #aggregation(node: SyntaxNode): Expression {
    const parts = children(node);
    const operator = parts.find((part) => part.name === "AggregateOp");
    const modifier = parts.find((part) => part.name === "AggregateModifier");
    const [argument, ...more] = children(parts.find((part) => part.name === "FunctionCallBody") as SyntaxNode);
    if (!operator || !argument || more.length > 0)
      throw new PromqlError("aggregations with a parameter are not simulated");
    const inner = this.expression(argument);
    const [kind, grouping] = modifier ? children(modifier) : [];
    const names = grouping ? this.#names(grouping) : [];
    const group = relabel((labels) =>
      kind?.name === "Without" ? without(labels, ["__name__", ...names]) : only(labels, names),
    );
    const name = this.#text(operator);
    return (time) => aggregate(name, inner(time), group);
  }

  #binary(node: SyntaxNode): Expression {
    const parts = children(node);
    const left = this.expression(parts[0] as SyntaxNode);
    const right = this.expression(parts.at(-1) as SyntaxNode);
    const matching = parts.find((part) => part.name === "MatchingModifierClause");
    if (parts.some((part) => part.name === "FillModifier")) throw new PromqlError("fill modifiers are not simulated");
    const clause = matching ? children(matching) : [];
    if (clause.some((part) => part.name === "GroupLeft" || part.name === "GroupRight"))
      throw new PromqlError("many-to-one matching is not simulated");
    const names = clause[1] ? this.#names(clause[1]) : [];
    const binary: Binary = {
      operator: this.#text(parts[1] as SyntaxNode),
      bool: parts.some((part) => part.name === "BoolModifier"),
      on: clause[0]?.name === "On" ? names : null,
      ignoring: clause[0]?.name === "Ignoring" ? names : [],
    };
    const match = relabel((labels) =>
      binary.on ? only(labels, binary.on) : without(labels, ["__name__", ...binary.ignoring]),
    );
    return (time) => combine(left(time), right(time), binary, match);
  }

  #names(grouping: SyntaxNode): string[] {
    return children(grouping).map((child) => this.#text(child).replace(/^"|"$/g, ""));
  }

  #text(node: SyntaxNode): string {
    return this.query.slice(node.from, node.to);
  }
}

const NONE = {};

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

const UNITS: { readonly [unit: string]: number } = {
  y: 31_536_000,
  w: 604_800,
  d: 86_400,
  h: 3600,
  m: 60,
  s: 1,
  ms: 0.001,
};

/** A number or a duration in seconds: "0.5", "1e3", "5m", "1h30m". */
function numberOf(text: string): number {
  const plain = Number(text.replace(/_/g, ""));
  if (Number.isFinite(plain) && text !== "") return plain;
  if (/^(\d+(y|w|d|h|ms|m|s))+$/.test(text))
    return [...text.matchAll(/(\d+)(ms|[ywdhms])/g)].reduce(
      (all, [, count, unit]) => all + Number(count) * (UNITS[unit ?? ""] ?? 0),
      0,
    );
  if (/^[+-]?inf$/i.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  throw new PromqlError(`${text} is not a number or a duration`);
}
