import type { Line, Tone } from "./lines.ts";

/** What the terminal and the person's settings allow. */
export interface Look {
  /** Off with NO_COLOR and --no-color; bold, dim and inverse stay. */
  readonly color: boolean;
  /** Off where the locale or the terminal cannot show more than ASCII. */
  readonly unicode: boolean;
}

/** In the words of Ink's Text. */
interface Style {
  readonly color?: "green" | "red" | "magenta" | "cyan";
  readonly bold?: true;
  readonly dimColor?: true;
  readonly underline?: true;
  readonly inverse?: true;
}

/**
 * The whole look. Text is the terminal's own foreground on its own background, so that it reads on light and on dark;
 * the few colours are of the first eight, and none is the only sign of anything.
 */
const STYLES: { readonly [tone in Tone]: Style } = {
  plain: {},
  strong: { bold: true },
  dim: { dimColor: true },
  good: { color: "green", bold: true },
  bad: { color: "red" },
  warn: { color: "magenta" },
  accent: { color: "cyan" },
  // What was searched for is underlined, so that it is seen without colours too.
  hit: { bold: true, underline: true },
  chosen: { inverse: true },
  chosenStrong: { inverse: true, bold: true },
  chosenHit: { inverse: true, bold: true, underline: true },
};

export function styleOf(tone: Tone, { color }: Look): Style {
  const { color: ink, ...rest } = STYLES[tone];
  if (color) return STYLES[tone];
  return tone === "bad" ? { bold: true } : rest;
}

/** ECMA-48, SGR. */
const SGR = { green: 32, red: 31, magenta: 35, cyan: 36, bold: 1, dimColor: 2, underline: 4, inverse: 7 } as const;

/** The line as a terminal takes it, its tones as SGR sequences. */
export function painted(spans: Line, look: Look): string {
  return spans
    .map(({ text, tone }) => {
      const { color, ...flags } = styleOf(tone, look);
      const codes = [
        ...(color ? [SGR[color]] : []),
        ...(Object.keys(flags) as (keyof typeof flags)[]).map((flag) => SGR[flag]),
      ];
      return codes.length === 0 ? shown(text, look) : `\u001b[${codes.join(";")}m${shown(text, look)}\u001b[0m`;
    })
    .join("");
}

/** What stands for a character on a terminal without Unicode. One for one, so that nothing moves. */
const ASCII: { readonly [character: string]: string } = {
  "✓": "+",
  "◐": "~",
  "✗": "x",
  "·": ".",
  "›": ">",
  "◆": "@",
  "–": "-",
  "—": "-",
  "…": "~",
  "→": ">",
  "←": "<",
  "↑": "^",
  "↓": "v",
  "×": "x",
  "±": "~",
  "─": "-",
  "━": "=",
  "┄": "-",
  "│": "|",
  "┃": "|",
  "┊": ":",
  "┤": "|",
  "┼": "+",
  "├": "|",
  "└": "`",
  "▼": "v",
  "▁": "_",
  "▂": ".",
  "▃": ":",
  "▄": "-",
  "▅": "=",
  "▆": "+",
  "▇": "*",
  "█": "#",
  "▏": " ",
  "▎": " ",
  "▍": "-",
  "▌": "-",
  "▋": "=",
  "▊": "=",
  "▉": "#",
  "“": '"',
  "”": '"',
  "’": "'",
  "≥": ">",
  "≤": "<",
  "⠋": "|",
  "⠙": "/",
  "⠹": "-",
  "⠸": "\\",
  "⠼": "|",
  "⠴": "/",
  "⠦": "-",
  "⠧": "\\",
  "⠇": "|",
  "⠏": "/",
};

/** The text as the terminal can show it. */
export function shown(text: string, { unicode }: Look): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything beyond ASCII is what is looked for
  return unicode ? text : text.replace(/[^\x00-\x7f]/gu, (character) => ASCII[character] ?? "?");
}
