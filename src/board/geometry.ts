import type { BoardState } from "./state.ts";

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Lines above the body: the alarm, three of verdict or progress, a rule. */
const HEADER = 5;
/** Below this width list and detail take turns. */
const NARROW = 72;
/** From this width on the detail always stands beside the list. */
const WIDE = 120;
/** From this width on the alarm's metric and the request's path stand beside both. */
const VERY_WIDE = 170;
/** Two columns beside a rule. */
const GAP = 3;
/** The board is not drawn smaller than this; what does not fit is cut off by the terminal. */
const LEAST: Size = { columns: 40, rows: 12 };

/** The places of the parts, in columns and lines. 0 where a part is not shown. */
export interface Geometry {
  readonly width: number;
  readonly height: number;
  /** Lines above the body, and lines of it. */
  readonly header: number;
  readonly body: number;
  readonly list: number;
  /** Whether the list has room for the reasons beside its titles. */
  readonly reasons: boolean;
  readonly detail: number;
  readonly side: number;
  /** Width of what takes the place of all three. */
  readonly full: number;
}

/** Only width, height and what the person opened move anything; never what the session holds. */
export function geometry({ columns, rows }: Size, { depth, typing, asking }: BoardState): Geometry {
  const width = Math.max(LEAST.columns, columns);
  const height = Math.max(LEAST.rows, rows);
  const footer = typing || asking ? 4 : 2;
  const base = { width, height, header: HEADER, body: height - HEADER - footer, full: width - 2 };
  if (depth === "full") return { ...base, list: 0, reasons: false, detail: width - 2, side: 0 };
  const inner = width - 1;
  if (width >= VERY_WIDE) {
    const list = Math.floor(inner * 0.44);
    const side = Math.floor(inner * 0.23);
    return { ...base, list, reasons: true, side, detail: inner - list - side - 2 * GAP };
  }
  if (width >= WIDE) {
    const list = Math.floor(inner * 0.45);
    return { ...base, list, reasons: true, side: 0, detail: inner - list - GAP };
  }
  if (depth === "list") return { ...base, list: inner, reasons: true, detail: 0, side: 0 };
  if (width < NARROW) return { ...base, list: 0, reasons: false, detail: width - 2, side: 0 };
  const list = Math.min(40, Math.max(24, Math.floor(inner * 0.41)));
  return { ...base, list, reasons: false, side: 0, detail: inner - list - GAP };
}
