import { visible } from "../model/visible.ts";

/** A picture of the postmortem: a file of its own beside the markdown, or a part of the page. */
export interface Figure {
  /** The file's name without its ending: "alarm-metric". */
  readonly name: string;
  readonly title: string;
  /** What there is to see, in words with figures: for those who cannot see it, and where pictures are not shown. */
  readonly description: string;
  readonly svg: string;
}

/** The width of every figure, so that axes that stand below each other are the same. */
export const WIDTH = 860;

/** Noncharacters that XML does not allow even escaped (XML 1.0, section 2.2); C0 controls are made visible before. */
const FORBIDDEN = /[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const ENTITY: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** The text as content or attribute of XML and HTML. */
export function escaped(text: string): string {
  return visible(text)
    .replace(FORBIDDEN, "\ufffd")
    .replace(/[&<>"']/g, (character) => ENTITY[character] ?? "");
}

/** One element; numbers are rounded to what an eye can see. */
export function element(
  name: string,
  attributes: { readonly [name: string]: string | number },
  content: string | readonly string[] = "",
): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${shown(value)}"`);
  const inner = typeof content === "string" ? content : content.join("");
  return inner === "" ? `<${name}${given.join("")}/>` : `<${name}${given.join("")}>${inner}</${name}>`;
}

function shown(value: string | number): string {
  return typeof value === "number" ? String(Number(value.toFixed(2))) : escaped(value);
}

/** Text at a place; `look` are classes of the stylesheet below. */
export function label(x: number, y: number, text: string, look = "", anchor: "start" | "middle" | "end" = "start") {
  return element("text", { x, y, class: `t ${look}`.trim(), "text-anchor": anchor }, escaped(text));
}

/**
 * The stylesheet of a figure. It brings its own background, so that it can be read on a page of either kind, and follows
 * the reader's preference where the viewer knows it. Colours: Okabe and Ito, told apart by people with any colour vision.
 */
const STYLE = `
.bg{fill:#fff}.t{fill:#1f2328;font:12px system-ui,-apple-system,"Segoe UI",sans-serif}.b{font-weight:600;font-size:14px}
.m{fill:#59636e}.halo{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}.grid{stroke:#d8dee4;stroke-width:1}.axis{stroke:#59636e;stroke-width:1}.band{fill:#d55e00;opacity:.13}
.line{fill:none;stroke-width:1.6;stroke-linejoin:round}.limit{stroke:#b3261e;stroke-width:1.4;stroke-dasharray:6 4}
.limit2{stroke:#59636e;stroke-width:1.4;stroke-dasharray:2 3}.tl{fill:#b3261e}.bar{fill:#0072b2}.rest{fill:#8c959f}
.c0{stroke:#0072b2}.c1{stroke:#d55e00}.c2{stroke:#007a5a}.c3{stroke:#a8407f}.c4{stroke:#2a7fb5}.c5{stroke:#9a6700}
.f0{fill:#0072b2}.f1{fill:#d55e00}.f2{fill:#007a5a}.f3{fill:#a8407f}.f4{fill:#2a7fb5}.f5{fill:#9a6700}
@media (prefers-color-scheme:dark){
.bg{fill:#0d1117}.t{fill:#e6edf3}.m{fill:#9198a1}.halo{stroke:#0d1117}.grid{stroke:#30363d}.axis{stroke:#9198a1}.band{fill:#ff9a5c;opacity:.2}
.limit{stroke:#ff7b72}.limit2{stroke:#9198a1}.tl{fill:#ff7b72}.bar{fill:#56b4e9}.rest{fill:#6e7681}
.c0{stroke:#56b4e9}.c1{stroke:#ff9a5c}.c2{stroke:#3fd6a5}.c3{stroke:#e79bc5}.c4{stroke:#a5d6ff}.c5{stroke:#e6b325}
.f0{fill:#56b4e9}.f1{fill:#ff9a5c}.f2{fill:#3fd6a5}.f3{fill:#e79bc5}.f4{fill:#a5d6ff}.f5{fill:#e6b325}}`;

/** How many colours the stylesheet has; further lines begin again. */
export const COLOURS = 6;

/** The whole picture: background, heading, what is drawn, and the same in words for screen readers. */
export function picture(
  { name, title, description }: Omit<Figure, "svg">,
  height: number,
  drawn: readonly string[],
): Figure {
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${WIDTH} ${height}`,
    width: WIDTH,
    height,
    role: "img",
    "aria-labelledby": `${name}-title ${name}-text`,
  };
  const svg = element("svg", attributes, [
    element("title", { id: `${name}-title` }, escaped(title)),
    element("desc", { id: `${name}-text` }, escaped(description)),
    element("style", {}, STYLE.replaceAll("\n", "")),
    element("rect", { class: "bg", width: WIDTH, height }),
    label(16, 24, title, "b"),
    ...drawn,
  ]);
  return { name, title, description, svg: `${svg}\n` };
}
