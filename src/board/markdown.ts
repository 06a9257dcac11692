import { EMPTY, type Line, line, span, wrapped } from "../drawing/lines.ts";

/** The part of a page under the heading that matches, without the heading; empty where there is none. */
export function sectionOf(page: string, heading: RegExp): string {
  const sections = page.split(/^(?=## )/m);
  const found = sections.find((section) => heading.test(section.split("\n", 1)[0] ?? ""));
  return found ? found.split("\n").slice(1).join("\n").trim() : "";
}

/** lbdoctor's own pages (playbooks, in a small part of markdown) as lines. */
export function pageLines(page: string, width: number): Line[] {
  return page
    .trim()
    .split(/\n{2,}/)
    .flatMap((block, index) => [...(index === 0 ? [] : [EMPTY]), ...blockLines(block, width)]);
}

function blockLines(block: string, width: number): Line[] {
  const heading = /^(#{1,6}) (.*)$/.exec(block);
  if (heading) {
    const text = plainText(heading[2] ?? "");
    return [line(heading[1] === "##" ? text.toUpperCase() : text, "strong")];
  }
  if (block.startsWith("```"))
    return block
      .split("\n")
      .slice(1, -1)
      .map((text) => line(`  ${text}`, "accent"));
  // A list: its items begin with a sign, their further lines with blanks.
  if (/^(-|\d+\.) /.test(block)) return block.split(/\n(?=-|\d+\.)/).flatMap((item) => itemLines(item, width));
  return wrapped(plainText(block), width);
}

function itemLines(item: string, width: number): Line[] {
  const [, sign = "-", text = item] = /^(-|\d+\.) ([\s\S]*)$/.exec(item) ?? [];
  const label = `${sign === "-" ? "·" : sign} `;
  return wrapped(plainText(text), width - label.length).map((one, index) => [
    span(index === 0 ? label : " ".repeat(label.length), "dim"),
    ...one,
  ]);
}

/** Without the signs of emphasis and code, on one line. */
function plainText(text: string): string {
  return text
    .replace(/\*\*([^*]+)\*\*/g, "$1")
    .replace(/`([^`]+)`/g, "$1")
    .replace(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}
