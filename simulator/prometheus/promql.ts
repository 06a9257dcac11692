import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import { callOf } from "./functions.ts";
import { instantTime, instantValue, RANGE_FUNCTIONS } from "./ranges.ts";
import type { RawSeries } from "./scrape.ts";
import { selectSeries, stringOf } from "./selector.ts";
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
      case "OffsetExpr": {
        const [inner, seconds] = this.#offset(node);
        const expression = this.expression(inner);
        return (time) => expression(time - seconds);
      }
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

  #instant(node: SyntaxNode, read = instantValue): Expression {
    const selected = selectSeries(node, this.query, this.series);
    return (time) => ({
      type: "vector",
      lines: selected.flatMap((series) => {
        const value = read(series, time);
        const labels = read === instantValue ? series.labels : withoutName(series.labels);
        return value === null ? [] : [{ labels, value }];
      }),
    });
  }

  #call(node: SyntaxNode): Expression {
    const [identifier, body] = children(node) as [SyntaxNode, SyntaxNode];
    const name = this.#text(identifier);
    const [argument, ...more] = children(body);
    const read = RANGE_FUNCTIONS[name];
    if (name === "timestamp" && argument?.name === "VectorSelector") return this.#instant(argument, instantTime);
    if (!read) return this.#values(name, children(body));
    if (!argument || more.length > 0)
      throw new PromqlError(
        `expected 1 argument(s) in call to "${name}", got ${more.length + Number(Boolean(argument))}`,
      );
    const [matrix, back] = argument.name === "OffsetExpr" ? this.#offset(argument) : [argument, 0];
    if (matrix.name !== "MatrixSelector")
      throw new PromqlError(`expected type range vector in call to function "${name}"`);
    const [selector, duration] = children(matrix) as [SyntaxNode, SyntaxNode];
    const range = numberOf(this.#text(duration));
    const selected = selectSeries(selector, this.query, this.series);
    return (time) => ({
      type: "vector",
      lines: selected.flatMap((series) => {
        const value = read(series, time - back, range);
        return value === null
          ? []
          : [{ labels: name === "last_over_time" ? series.labels : withoutName(series.labels), value }];
      }),
    });
  }

  /** What is looked at, and how many seconds earlier. */
  #offset(node: SyntaxNode): [SyntaxNode, number] {
    const parts = children(node);
    const duration = this.#text(parts.at(-1) as SyntaxNode).replace(/\s/g, "");
    const sign = duration.startsWith("-") ? -1 : 1;
    return [parts[0] as SyntaxNode, sign * numberOf(duration.replace(/^[+-]/, ""))];
  }

  /** A function of values: its strings are constants. */
  #values(name: string, args: readonly SyntaxNode[]): Expression {
    const texts = args.filter((one) => one.name === "StringLiteral").map((one) => stringOf(this.#text(one)));
    const inner = args.filter((one) => one.name !== "StringLiteral").map((one) => this.expression(one));
    return (time) => {
      const value = callOf(
        name,
        inner.map((one) => one(time)),
        texts,
        time,
      );
      if (!value) throw new PromqlError(`unknown function with name "${name}"`);
      return value;
    };
  }

  #aggregation(node: SyntaxNode): Expression {
    const parts = children(node);
    const operator = parts.find((part) => part.name === "AggregateOp");
    const modifier = parts.find((part) => part.name === "AggregateModifier");
    const args = children(parts.find((part) => part.name === "FunctionCallBody") as SyntaxNode);
    const argument = args.at(-1);
    if (!operator || !argument || args.length > 2) throw new PromqlError("wrong number of arguments for aggregation");
    const inner = this.expression(argument);
    const parameter = args.length === 2 ? this.expression(args[0] as SyntaxNode) : null;
    const [kind, grouping] = modifier ? children(modifier) : [];
    const names = grouping ? this.#names(grouping) : [];
    const group = relabel((labels) =>
      kind?.name === "Without" ? without(labels, ["__name__", ...names]) : only(labels, names),
    );
    const name = this.#text(operator);
    return (time) => aggregate(name, inner(time), group, parameter?.(time));
  }

  #binary(node: SyntaxNode): Expression {
    const parts = children(node);
    const left = this.expression(parts[0] as SyntaxNode);
    const right = this.expression(parts.at(-1) as SyntaxNode);
    const matching = parts.find((part) => part.name === "MatchingModifierClause");
    if (parts.some((part) => part.name === "FillModifier")) throw new PromqlError("fill modifiers are not simulated");
    const clause = matching ? children(matching) : [];
    const many = clause.find((part) => part.name === "GroupLeft" || part.name === "GroupRight");
    const names = clause[1] ? this.#names(clause[1]) : [];
    const binary: Binary = {
      operator: this.#text(parts[1] as SyntaxNode),
      bool: parts.some((part) => part.name === "BoolModifier"),
      on: clause[0]?.name === "On" ? names : null,
      ignoring: clause[0]?.name === "Ignoring" ? names : [],
      many: many ? (many.name === "GroupLeft" ? "left" : "right") : null,
      include: many && clause[3] ? this.#names(clause[3]) : [],
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
