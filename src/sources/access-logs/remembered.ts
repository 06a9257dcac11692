/** Texts that are remembered at once, of each function. */
const MOST = 2_000;

/** The same function of a text, which does not work out again what it answered lately. */
export function remembered(work: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    let answer = known.get(text);
    if (answer === undefined) {
      answer = work(text);
      if (known.size >= MOST) known.clear();
      known.set(flat(text), answer);
    }
    return answer;
  };
}

/** The text itself, as it came before: it is looked up faster than a slice of a line. */
export const same = remembered(flat);

/** The same text, which keeps no other alive: a slice would keep the whole text that it is cut from. */
export function flat(text: string): string {
  return Buffer.from(text).toString();
}
