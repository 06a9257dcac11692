import { marked } from "marked";
import { element, escaped } from "../../drawing/svg.ts";
import { visible } from "../../model/visible.ts";
import { anchor, type Block, type Document, findingsIn, type Inline, type Line, type Section } from "./block.ts";
import { lowered } from "./markdown.ts";
import { PAGE_STYLE } from "./style.ts";

/**
 * Nothing is loaded and nothing is run, whatever the text holds: the escaping is the first wall, this is the second
 * (Content Security Policy Level 3).
 */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** The whole document as one page that needs nothing else. */
export function htmlOf(document: Document): string {
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex">',
    `<title>${escaped(document.title)}</title>`,
    `<style>${PAGE_STYLE}</style>`,
  ];
  const shown = findingsIn(document);
  const { body, annex } = document;
  return [
    "<!doctype html>",
    '<html lang="en">',
    `<head>\n${head.join("\n")}\n</head>`,
    "<body>",
    `<h1>${escaped(document.title)}</h1>`,
    ...body.map(({ id, title, blocks }) => chapter(id, title, htmlBlocks(blocks, shown, 3))),
    chapter("annex", annex.title, annex.sections.map((section) => folded(section, shown)).join("\n")),
    `<footer>Made by ${escaped(document.imprint)}.</footer>`,
    "</body>",
    "</html>\n",
  ].join("\n");
}

function chapter(id: string, title: string, content: string): string {
  return `<section id="${escaped(id)}">\n<h2>${escaped(title)}</h2>\n${content}\n</section>`;
}

/** A part of the annex, closed until somebody looks something up in it: a link into it opens it, and paper is spared it. */
function folded({ id, title, blocks }: Section, shown: ReadonlySet<string>): string {
  const content = htmlBlocks(blocks, shown, 4);
  return `<details id="${escaped(id)}">\n<summary><h3>${escaped(title)}</h3></summary>\n${content}\n</details>`;
}

/** A section without its heading, as templates place it. */
export function htmlSection({ blocks }: Section, shown: ReadonlySet<string>): string {
  return htmlBlocks(blocks, shown, 3);
}

/** `level` is that of the headings inside. */
function htmlBlocks(blocks: readonly Block[], shown: ReadonlySet<string>, level: number): string {
  return blocks.map((block) => htmlBlock(block, shown, level)).join("\n");
}

function htmlBlock(block: Block, shown: ReadonlySet<string>, level: number): string {
  switch (block.kind) {
    case "text":
      return `<p>${lineOf(block.line, shown)}</p>`;
    case "list": {
      const items = block.items.map((item) => `<li>${lineOf(item, shown)}</li>`).join("\n");
      return block.ordered ? `<ol>\n${items}\n</ol>` : `<ul>\n${items}\n</ul>`;
    }
    case "tasks":
      return `<ul class="tasks">\n${block.items.map((item) => `<li><label><input type="checkbox">${lineOf(item, shown)}</label></li>`).join("\n")}\n</ul>`;
    case "table":
      return tableOf(block.head, block.rows, shown);
    case "code":
      return `<pre><code>${escaped(block.text)}</code></pre>`;
    case "changes":
      return changesOf(block);
    case "figure":
      return `<figure>\n${block.figure.svg.trim()}\n<figcaption>${escaped(block.figure.description)}</figcaption>\n</figure>`;
    case "path":
      return pathOf(block);
    case "heading":
      return element(`h${level}`, block.finding ? { id: anchor(visible(block.text)) } : {}, escaped(block.text));
    case "page":
      return pageOf(block.markdown, level);
  }
}

function lineOf(line: Line, shown: ReadonlySet<string>): string {
  return line.map((piece) => inline(piece, shown)).join("");
}

function inline(piece: Inline, shown: ReadonlySet<string>): string {
  if (typeof piece === "string") return escaped(piece);
  if ("code" in piece) return `<code>${escaped(piece.code)}</code>`;
  if ("strong" in piece) return `<strong>${escaped(piece.strong)}</strong>`;
  if ("dim" in piece) return escaped(piece.dim);
  if (!shown.has(piece.finding)) return `<code>${escaped(piece.finding)}</code>`;
  return `<a href="#${escaped(anchor(visible(piece.finding)))}">${escaped(piece.finding)}</a>`;
}

function tableOf(head: readonly string[], rows: readonly (readonly Line[])[], shown: ReadonlySet<string>): string {
  const first = `<thead><tr>${head.map((one) => `<th scope="col">${escaped(one)}</th>`).join("")}</tr></thead>\n`;
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${lineOf(cell, shown) || "–"}</td>`).join("")}</tr>`);
  return `<div class="scroll"><table>${first}<tbody>\n${body.join("\n")}\n</tbody></table></div>`;
}

/** What goes and comes of each object, side by side where there is room. */
function changesOf({ changes }: Extract<Block, { kind: "changes" }>): string {
  const one = changes.map(
    ({ target, lines }) =>
      `<div><p>${escaped(target)}:</p>\n<pre><code>${escaped(lines.join("\n"))}</code></pre></div>`,
  );
  return `<div class="changes">\n${one.join("\n")}\n</div>`;
}

function pathOf({ from, hops }: Extract<Block, { kind: "path" }>): string {
  const boxes = hops.map(({ at, picks }) => `<li><b>${escaped(at)}</b><span>${escaped(picks)}</span></li>`);
  return element("ol", { class: "path", "aria-label": "The request's path" }, [
    `<li><b>${escaped(from)}</b></li>`,
    ...boxes,
  ]);
}

/** A page of lbdoctor's own. It comes with the package and is trusted; nothing from outside is in it. */
function pageOf(markdown: string, level: number): string {
  return marked.parse(lowered(markdown, level - 1), { async: false, gfm: true });
}
