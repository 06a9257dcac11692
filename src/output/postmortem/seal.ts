/**
 * A seal says whether a file is still as lbdoctor wrote it. It is a comment at the end of markdown, HTML or SVG with a
 * hash of everything before it; the hash is handed in, since reports are pure.
 */
export type Hash = (text: string) => string;

const SEAL = /\n<!-- lbdoctor wrote this file; seal ([0-9a-f]+) -->\n$/;

/** The text with its seal. */
export function sealed(text: string, hash: Hash): string {
  const body = text.replace(/\n*$/, "\n");
  return `${body}\n<!-- lbdoctor wrote this file; seal ${hash(body)} -->\n`;
}

/** Whether the text carries a seal that fits: written by lbdoctor, and not edited since. */
export function isUntouched(text: string, hash: Hash): boolean {
  const found = SEAL.exec(text);
  return found !== null && found[1] === hash(text.slice(0, found.index));
}
