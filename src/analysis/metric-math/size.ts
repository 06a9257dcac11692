import type { AlarmExpression } from "../../model/facts.ts";
import { type MathQuery, readExpression } from "./judged.ts";
import type { Expression } from "./parse.ts";

/** What a value of an expression is: the metric's own (or several of the same added up), or a share of one in another. */
export interface Size {
  readonly kind: "metric" | "share";
  /** What the whole is in its figures, 100 where it is in percent; of a metric, what it is multiplied by. */
  readonly factor: number;
  /** The ids of the metrics that it is made of, without those that only decide whether there is one. */
  readonly of: readonly string[];
}

/** What a part of an expression is: a size, or a mere figure. */
type Part = Size | { readonly kind: "constant"; readonly value: number };

/**
 * The size of an alarm's expression, by its text: `m1 / m2 * 100` and `100 * (m1 + m2) / m3` are shares of 100, `IF(n > 20,
 * m)` is m. Null where it is neither. Whether the metrics are of one kind their names tell, which are not looked at here.
 */
export function sizeOf({ queries, judged }: Pick<AlarmExpression, "queries" | "judged">): Size | null {
  const known = mathQueries({ queries });
  const read = readExpression(known, judged);
  if ("unreadable" in read) return null;
  const size = sizeIn(read.expression);
  return size?.kind === "constant" || size?.kind === undefined || size.factor === 0 ? null : size;
}

/** An alarm's queries as metric math looks at them. */
export function mathQueries({ queries }: Pick<AlarmExpression, "queries">): MathQuery[] {
  return queries.map(({ Id, Expression: text }) => ({
    Id: String(Id),
    Expression: typeof text === "string" ? text : undefined,
  }));
}

function sizeIn(expression: Expression): Part | null {
  switch (expression.kind) {
    case "number":
      return { kind: "constant", value: expression.value };
    case "id":
      return { kind: "metric", factor: 1, of: [expression.id] };
    case "minus":
      return times(sizeIn(expression.of), -1);
    case "pair":
      return paired(expression.sign, sizeIn(expression.left), sizeIn(expression.right));
    case "call":
      return called(expression.name, expression.args);
    default:
      return null;
  }
}

function called(name: string, args: readonly Expression[]): Part | null {
  switch (name) {
    case "IF":
      return either(args.slice(1));
    case "FILL":
      return either(args.slice(0, 1));
    case "MAX":
    case "MIN":
    case "SUM":
    case "AVG":
      return either(args.flatMap((one) => (one.kind === "list" ? one.items : [one])));
    default:
      return null;
  }
}

/** The one size that all have which are not mere figures, such as the 0 of `IF(r > 0, e / r, 0)`. */
function either(parts: readonly Expression[]): Part | null {
  const sizes: Size[] = [];
  for (const size of parts.map(sizeIn)) {
    if (!size) return null;
    if (size.kind !== "constant") sizes.push(size);
  }
  const [first] = sizes;
  const isOne = sizes.every(({ kind, factor }) => kind === first?.kind && factor === first.factor);
  return first && isOne ? { ...first, of: sizes.flatMap(({ of }) => of) } : null;
}

function paired(sign: string, left: Part | null, right: Part | null): Part | null {
  if (!left || !right) return null;
  switch (sign) {
    case "*":
      if (right.kind === "constant") return times(left, right.value);
      return left.kind === "constant" ? times(right, left.value) : null;
    case "/":
      if (right.kind === "constant") return right.value === 0 ? null : times(left, 1 / right.value);
      return left.kind === "metric" && right.kind === "metric"
        ? { kind: "share", factor: left.factor / right.factor, of: [...left.of, ...right.of] }
        : null;
    case "+":
    case "-":
      return summed(left, right);
    default:
      return null;
  }
}

function summed(left: Part, right: Part): Part | null {
  // What is added to a share moves it and does not change what its whole is: 100 - 100 * e / r.
  if (left.kind === "constant") return right.kind === "constant" ? null : right;
  if (right.kind === "constant") return left;
  const isOne = left.kind === right.kind && Math.abs(left.factor) === Math.abs(right.factor);
  return isOne ? { ...left, of: [...left.of, ...right.of] } : null;
}

function times(size: Part | null, factor: number): Part | null {
  if (!size) return null;
  return size.kind === "constant"
    ? { kind: "constant", value: size.value * factor }
    : { ...size, factor: size.factor * factor };
}
