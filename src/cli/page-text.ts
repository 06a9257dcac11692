import type { Style } from "../output/layout.ts";
import { brokenLines, type Paint, paintOf } from "./text.ts";

/** Longer lines of prose are hard to follow with the eye. */
const WIDEST = 88;

/** A page of documentation (markdown, in the small part of it that lbdoctor's pages use) as text for a terminal. */
export function pageText(markdown: string, { width, color }: Style): string {
  const paint = paintOf({ color });
  const columns = Math.min(width, WIDEST);
  const blocks = markdown.trim().split(/\n{2,}/);
  return `${blocks.flatMap((block, index) => [...(index === 0 ? [] : [""]), ...blockLines(block, columns, paint)]).join("\n")}\n`;
}

function blockLines(block: string, width: number, paint: Paint): string[] {
  const [, signs, heading = ""] = /^(#{1,6}) (.*)$/.exec(block) ?? [];
  if (signs !== undefined) return [paint.bold(signs.length === 1 ? heading : heading.toUpperCase())];
  if (block.startsWith("```"))
    return block
      .split("\n")
      .slice(1, -1)
      .map((line) => paint.cyan(`  ${line}`.trimEnd()));
  if (block.startsWith("|")) return tableLines(block, width);
  if (/^(-|\d+\.) /.test(block))
    return block.split(/\n(?=(?:-|\d+\.) )/).flatMap((item) => itemLines(item, width, paint));
  return brokenLines(bare(block), width).map((line) => marked(line, paint));
}

function itemLines(item: string, width: number, paint: Paint): string[] {
  const [, sign = "-", text = item] = /^(-|\d+\.) ([\s\S]*)$/.exec(item) ?? [];
  const label = `  ${sign === "-" ? "·" : sign} `;
  return brokenLines(bare(text), width - label.length).map(
    (line, index) => `${index === 0 ? label : " ".repeat(label.length)}${marked(line, paint)}`,
  );
}

/** Rows as aligned columns; the last one wraps. */
function tableLines(block: string, width: number): string[] {
  const rows = block
    .split("\n")
    .filter((line) => !/^\|[\s:|-]+\|$/.test(line))
    .map((line) =>
      line
        .replace(/^\||\|$/g, "")
        .split("|")
        .map((cell) => bare(cell)),
    );
  const count = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: count - 1 }, (_, at) => Math.max(...rows.map((row) => (row[at] ?? "").length)));
  const left = widths.reduce((sum, one) => sum + one + 2, 0);
  return rows.flatMap((row) =>
    brokenLines(row[count - 1] ?? "", Math.max(20, width - left)).map((line, index) => {
      const first = widths.map((one, at) => (index === 0 ? (row[at] ?? "") : "").padEnd(one + 2)).join("");
      return `${first}${line}`.trimEnd();
    }),
  );
}

/** Emphasis goes, links keep their words; names in code are kept for `marked`. */
function bare(text: string): string {
  return text
    .replace(/\*\*([^*]+)\*\*/g, "$1")
    .replace(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

/** What stands in code is coloured where there is colour, and bare where there is none. A name may be broken by a line's end. */
function marked(line: string, paint: Paint): string {
  return line.replace(/`([^`]*)`/g, (_, code: string) => paint.cyan(code)).replaceAll("`", "");
}
