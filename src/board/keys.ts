import type { Key } from "ink";
import { mouseKey } from "./mouse.ts";

/** One key: a printable character as itself, or one of these names. */
export type KeyName = string;

const CONTROLS: { readonly [character: string]: KeyName } = {
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  "\u001b": "escape",
  "\u007f": "backspace",
  "\b": "backspace",
  "\u0001": "home",
  "\u0002": "pageup",
  "\u0003": "ctrl-c",
  "\u0004": "ctrl-d",
  "\u0005": "end",
  "\u0006": "pagedown",
  "\u000c": "ctrl-l",
  "\u0015": "ctrl-u",
  "\u0017": "ctrl-w",
  "\u001a": "ctrl-z",
};

/** The controls by the letter under which Ink tells them. */
const LETTERS: { readonly [letter: string]: KeyName } = {
  a: "home",
  b: "pageup",
  c: "ctrl-c",
  d: "ctrl-d",
  e: "end",
  f: "pagedown",
  l: "ctrl-l",
  u: "ctrl-u",
  w: "ctrl-w",
  z: "ctrl-z",
};

/**
 * The keys of what Ink hands over at once: one key, or everything that was typed fast or pasted as one string, which is
 * split so that each of them counts.
 */
export function keysOf(input: string, key: Key): KeyName[] {
  if (key.upArrow) return ["up"];
  if (key.downArrow) return ["down"];
  if (key.leftArrow) return ["left"];
  if (key.rightArrow) return ["right"];
  if (key.pageUp) return ["pageup"];
  if (key.pageDown) return ["pagedown"];
  if (key.home) return ["home"];
  if (key.end) return ["end"];
  if (key.return) return ["enter"];
  if (key.escape) return ["escape"];
  if (key.tab) return [key.shift ? "backtab" : "tab"];
  // Terminals send DEL for the key that Ink calls delete.
  if (key.backspace || key.delete) return ["backspace"];
  const mouse = mouseKey(input);
  if (mouse !== null) return mouse === "" ? [] : [mouse];
  if (key.ctrl) return LETTERS[input] ? [LETTERS[input]] : [];
  return [...input].flatMap((character) => {
    const control = CONTROLS[character];
    if (control) return [control];
    return character >= " " ? [character] : [];
  });
}
