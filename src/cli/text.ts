import wrapAnsi from "wrap-ansi";

/** The text as lines of at most so many columns. */
export function brokenLines(text: string, width: number): string[] {
  return wrapAnsi(text, width, { hard: true }).split("\n");
}

/** ECMA-48, SGR. */
const SGR = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

export type Paint = { readonly [look in keyof typeof SGR]: (text: string) => string };

/** Colours, or none. */
export function paintOf({ color }: { readonly color: boolean }): Paint {
  const painted = (code: number) => (text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  return Object.fromEntries(Object.entries(SGR).map(([look, code]) => [look, painted(code)])) as Paint;
}
