import type { Terminal } from "../app/terminal.ts";

/** Whether a board can be opened: someone types, someone sees, and the terminal can be drawn on. */
export function isInteractive({ environment, out }: Terminal): boolean {
  return process.stdin.isTTY === true && out.isTTY === true && environment.TERM !== "dumb";
}

/** Whether the locale and the terminal show more than ASCII. */
export function canShowUnicode({ LC_ALL, LC_CTYPE, LANG, TERM }: NodeJS.ProcessEnv): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG || "";
  // The console of Linux has UTF-8, and a font without most of the signs.
  return /utf-?8/i.test(locale) && TERM !== "linux";
}
