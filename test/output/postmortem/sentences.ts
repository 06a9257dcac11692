import { marked, type Token, type Tokens } from "marked";

/** Shorter pieces are labels and figures, which a table repeats by its nature. */
const WORDS = 6;

/** The plain text of a token, without its marks; code stands as it is. */
function plain(tokens: readonly Token[]): string {
  return tokens
    .map((token) =>
      "tokens" in token && token.tokens ? plain(token.tokens) : "text" in token ? String(token.text) : "",
    )
    .join("");
}

/** The pieces of a markdown text that are read as one: paragraphs, items and cells; code and captions are none. */
function pieces(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token): string[] => {
    if (token.type === "list") return (token as Tokens.List).items.flatMap((item) => pieces(item.tokens));
    if (token.type === "table")
      return (token as Tokens.Table).rows.flatMap((row) => row.map((cell) => plain(cell.tokens)));
    if (token.type === "paragraph" || token.type === "text") return [plain((token as Tokens.Paragraph).tokens ?? [])];
    return [];
  });
}

/** The sentences of a markdown text, in lower case and without references, of six words or more. */
export function sentences(markdown: string): string[] {
  return pieces(marked.lexer(markdown, { gfm: true }))
    .flatMap((piece) => piece.replace(/ \([a-z-]+\.[a-z-]+(?:, [a-z-]+\.[a-z-]+)*\)/g, "").split(/(?<=[.!?]["”)]?)\s+/))
    .map((one) =>
      one
        .trim()
        .replace(/[.!?]+$/, "")
        .toLowerCase(),
    )
    .filter((one) => one.split(/\s+/).length >= WORDS);
}

/** Those that stand there more than once. */
export function repeated(all: readonly string[]): string[] {
  return [...new Set(all.filter((one, index) => all.indexOf(one) !== index))];
}
