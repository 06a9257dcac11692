import { shown, type Traced, type Unread, unreadOf } from "./traced.ts";

/** An option as it stands on a command line. */
export interface Option {
  /** "--workers 4", as a person wrote it. */
  readonly written: string;
  readonly value: Traced;
}

/**
 * The last of the options of these names ("--workers 4", "--workers=4", "-w 4", "-w4"), which is the one that counts with
 * argparse, click and OptionParser.
 */
export function option(words: readonly Traced[], names: readonly string[]): Option | null {
  let found: Option | null = null;
  for (const [index, word] of words.entries()) {
    const text = shown(word);
    for (const name of names) {
      if (text === name) {
        const value = words[index + 1];
        if (value) found = { written: `${name} ${shown(value)}`, value };
      } else if (text.startsWith(`${name}=`)) found = { written: text, value: word.slice(name.length + 1) };
      // "-w4", but not "-worker".
      else if (/^-\w$/.test(name) && text.startsWith(name) && /^\d+$/.test(text.slice(2)))
        found = { written: text, value: word.slice(2) };
    }
  }
  return found;
}

/** Words that are not known as a whole and may hold any option: `$GUNICORN_OPTIONS`; the value of an option holds none. */
export function openWords(words: readonly Traced[]): Unread[] {
  return words.flatMap((word, index) => {
    const isValue = shown(words[index - 1] ?? []).startsWith("-");
    return word.length === 1 && word[0]?.char === null && !isValue ? [...unreadOf(word)] : [];
  });
}

/** The words of a value like GUNICORN_CMD_ARGS, which is split as a shell would and not expanded. */
export function wordsOf(value: Traced): Traced[] {
  const words: Traced[] = [];
  let word: Traced[number][] | null = null;
  let quote: string | null = null;
  for (const glyph of value) {
    const { char } = glyph;
    if (char !== null && quote === null && /\s/.test(char)) {
      if (word) words.push(word);
      word = null;
    } else if (char !== null && (quote === null ? /["']/.test(char) : char === quote)) {
      quote = quote === null ? char : null;
      word ??= [];
    } else word = [...(word ?? []), glyph];
  }
  if (word) words.push(word);
  return words;
}
