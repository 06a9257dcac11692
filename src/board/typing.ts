import type { KeyName } from "./keys.ts";

export interface Typed {
  readonly text: string;
  /** Before which character the next one goes. */
  readonly caret: number;
}

/** What a key makes of a line of text; null for keys that do not edit it. */
export function edited({ text, caret }: Typed, key: KeyName): Typed | null {
  const characters = [...text];
  const without = (from: number, to: number): Typed => ({
    text: [...characters.slice(0, from), ...characters.slice(to)].join(""),
    caret: from,
  });
  switch (key) {
    case "left":
      return { text, caret: Math.max(0, caret - 1) };
    case "right":
      return { text, caret: Math.min(characters.length, caret + 1) };
    case "home":
      return { text, caret: 0 };
    case "end":
      return { text, caret: characters.length };
    case "backspace":
      return caret === 0 ? { text, caret } : without(caret - 1, caret);
    case "ctrl-u":
      return without(0, caret);
    case "ctrl-w": {
      const kept = characters
        .slice(0, caret)
        .join("")
        .replace(/\S*\s*$/, "");
      return without([...kept].length, caret);
    }
    default:
      if ([...key].length !== 1) return null;
      return { text: [...characters.slice(0, caret), key, ...characters.slice(caret)].join(""), caret: caret + 1 };
  }
}
