import type { Figure } from "../../drawing/svg.ts";
import { oneLine, visible } from "../../model/visible.ts";
import { anchor, type Block, type Document, type Inline, type Line, type Section } from "./block.ts";
import { mermaid } from "./mermaid.ts";

export interface MarkdownOptions {
  /** Where a figure's file lies, relative to the document; null: nowhere. */
  readonly pictureAt: (figure: Figure) => string | null;
  /** The findings that can be linked to; see findingsIn(). */
  readonly shown: ReadonlySet<string>;
}

/** Levels of headings: those of chapters, and those inside the body and inside the annex. */
const CHAPTER = 2;
const INSIDE = 3;

/** The whole document as GitHub-flavoured markdown. */
export function markdownOf(document: Document, options: MarkdownOptions): string {
  const { body, annex } = document;
  const parts = [
    `# ${markdownWords(document.title)}`,
    ...body.map((chapter) => part(chapter, CHAPTER, options)),
    `${"#".repeat(CHAPTER)} ${markdownWords(annex.title)}`,
    ...annex.sections.map((section) => part(section, INSIDE, options)),
    `Made by ${markdownWords(document.imprint)}.`,
  ];
  return `${parts.join("\n\n")}\n`;
}

function part(section: Section, level: number, options: MarkdownOptions): string {
  return `${"#".repeat(level)} ${markdownWords(section.title)}\n\n${markdownSection(section, options, level + 1)}`;
}

/** A section without its heading, as templates place it; `level` is that of the headings inside. */
export function markdownSection({ blocks }: Section, options: MarkdownOptions, level = INSIDE): string {
  return blocks.map((block) => markdownBlock(block, options, level)).join("\n\n");
}

function markdownBlock(block: Block, options: MarkdownOptions, level: number): string {
  switch (block.kind) {
    case "text":
      return markdownLine(block.line, options.shown);
    case "list":
      return block.items
        .map((item, index) => `${block.ordered ? `${index + 1}.` : "-"} ${guarded(lineOf(item, options.shown))}`)
        .join("\n");
    case "tasks":
      return block.items.map((item) => `- [ ] ${lineOf(item, options.shown)}`).join("\n");
    case "table":
      return tableOf(block.head, block.rows, options.shown);
    case "code":
      return fenced(block.language, block.text);
    case "changes":
      return block.changes
        .map(({ target, lines }) => `${markdownWords(target)}:\n\n${fenced("diff", lines.join("\n"))}`)
        .join("\n\n");
    case "figure":
      return figureOf(block.figure, options);
    case "path":
      return fenced("mermaid", mermaid(block.from, block.hops));
    case "heading":
      return `${"#".repeat(level)} ${markdownWords(block.text)}`;
    case "page":
      return lowered(block.markdown, level - 1);
  }
}

/** A line of plain words, names and code, in which nothing is markup that was not meant. */
export function markdownLine(line: Line, shown: ReadonlySet<string>): string {
  return guarded(lineOf(line, shown));
}

function lineOf(line: Line, shown: ReadonlySet<string>): string {
  return line
    .map((piece) => inline(piece, shown))
    .join("")
    .trim();
}

function inline(piece: Inline, shown: ReadonlySet<string>): string {
  if (typeof piece === "string") return escapedText(piece);
  if ("code" in piece) return codeSpan(piece.code);
  if ("strong" in piece) return strong(piece.strong);
  if ("dim" in piece) return escapedText(piece.dim);
  if (!shown.has(piece.finding)) return codeSpan(piece.finding);
  return `[${escapedText(piece.finding)}](#${anchor(visible(piece.finding))})`;
}

/** Strong text; the blank behind it stays outside the marks, which would not count otherwise. */
function strong(text: string): string {
  const inner = text.trimEnd();
  return `**${escapedText(inner)}**${text.slice(inner.length)}`;
}

/** One line of plain text, in which nothing is markdown, HTML, a mention or a link any more. */
export function markdownWords(text: string): string {
  return escapedText(text).trim();
}

function escapedText(text: string): string {
  return (
    visible(text)
      .replace(/\s+/g, " ")
      .replace(/[\\`*_[\]>|~&$]/g, "\\$&")
      // As an entity, since chats that take markdown for their own read "<!channel>" in spite of a backslash.
      .replaceAll("<", "&lt;")
      // GitHub looks for names and for numbers of issues when markdown, and with it a backslash, is gone; not inside code.
      .replace(/[@#](?=\w)|[!%](?=\d)|\bGH-(?=\d)/gi, "`$&`")
      .replace(/:\/\//g, "\\://")
      .replace(/\bwww\./gi, "www\\.")
  );
}

/** A beginning of a line that would make it a heading, a list, a quote or a rule. */
function guarded(line: string): string {
  return line.replace(/^(#|\+|-|=|!)/, "\\$1").replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2");
}

/** Code between as many backticks as it needs. In tables a bar ends the cell even inside code, so it is escaped there. */
function codeSpan(text: string): string {
  const inner = oneLine(text);
  const longest = Math.max(0, ...[...inner.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  const room = inner.startsWith("`") || inner.endsWith("`") || inner === "" ? " " : "";
  return `${ticks}${room}${inner}${room}${ticks}`;
}

function fenced(language: string, text: string): string {
  // Only line breaks: the last line of a diff may be a blank one, which is a single space.
  const inner = visible(text).replace(/\n+$/, "");
  const longest = Math.max(2, ...[...inner.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${inner}\n${fence}`;
}

function tableOf(head: readonly string[], rows: readonly (readonly Line[])[], shown: ReadonlySet<string>): string {
  const cells = (line: readonly string[]) => `| ${line.join(" | ")} |`;
  const body = rows.map((row) => cells(row.map((cell) => cellOf(cell, shown))));
  return [cells(head.map((one) => markdownWords(one))), cells(head.map(() => "---")), ...body].join("\n");
}

function cellOf(line: Line, shown: ReadonlySet<string>): string {
  const cell = line
    .map((piece) => {
      const code = typeof piece !== "string" && "code" in piece;
      return code ? codeSpan(piece.code).replaceAll("|", "\\|") : inline(piece, shown);
    })
    .join("")
    .trim();
  return cell === "" ? "–" : cell;
}

function figureOf(figure: Figure, { pictureAt }: MarkdownOptions): string {
  const at = pictureAt(figure);
  const caption = `_${markdownWords(figure.description)}_`;
  return at === null ? caption : `![${markdownWords(figure.title.replace(/[[\]]/g, ""))}](${at})\n\n${caption}`;
}

/** A page's headings so many levels lower, so that they stand below the section's own. */
export function lowered(page: string, by: number): string {
  return page.trim().replace(/^(#+) /gm, (_, signs: string) => `${"#".repeat(Math.min(6, signs.length + by))} `);
}
