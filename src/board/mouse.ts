import type { KeyName } from "./keys.ts";

/** What the mouse did, and on which column and line of the screen, from 0. */
export interface Mouse {
  readonly what: "click" | "wheel-up" | "wheel-down";
  readonly column: number;
  readonly line: number;
}

/** Rows or lines that one notch of the wheel moves. */
export const NOTCH = 3;

/** A report of the mouse as SGR mode has it (xterm, "Extended coordinates"): button, column, line; M pressed, m let go. */
const REPORT = /^\[<(\d{1,3});(\d{1,5});(\d{1,5})([Mm])$/;
/** Shift, Meta and Ctrl are bits of the button, and mean nothing here. */
const MODIFIERS = 4 | 8 | 16;
const NAMES: { readonly [button: number]: Mouse["what"] } = { 0: "click", 64: "wheel-up", 65: "wheel-down" };

/** The key that stands for a report of the mouse, without its ESC; null for anything else, empty for one that means nothing. */
export function mouseKey(input: string): KeyName | null {
  const [, button, column, line, end] = REPORT.exec(input) ?? [];
  if (end === undefined) return null;
  const what = NAMES[Number(button) & ~MODIFIERS];
  return what === undefined || end === "m" ? "" : `${what}:${Number(column) - 1}:${Number(line) - 1}`;
}

/** What such a key says; null for every other key. */
export function mouseOf(key: KeyName): Mouse | null {
  const [, what, column, line] = /^(click|wheel-up|wheel-down):(\d+):(\d+)$/.exec(key) ?? [];
  return what === undefined ? null : { what: what as Mouse["what"], column: Number(column), line: Number(line) };
}
