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
 * the reader's preference where the viewer knows it. The colours of lines are told apart by people with any colour vision
 * (test/drawing/colours.test.ts), and the second half of them is dashed besides.
 */
export const STYLE = `
.bg{fill:#fff}.t{fill:#1f2328;font:12px system-ui,-apple-system,"Segoe UI",sans-serif}.b{font-weight:600;font-size:14px}
.m{fill:#59636e}.halo{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}.grid{stroke:#d8dee4;stroke-width:1}.axis{stroke:#59636e;stroke-width:1}.band{fill:#d55e00;opacity:.13}
.line{fill:none;stroke-width:1.6;stroke-linejoin:round}.limit{stroke:#b3261e;stroke-width:1.4;stroke-dasharray:6 4}
.limit2{stroke:#59636e;stroke-width:1.4;stroke-dasharray:2 3}.tl{fill:#b3261e}.bar{fill:#0072b2}.rest{fill:#8c959f}
.c0{stroke:#0072b2}.c1{stroke:#cc6677}.c2{stroke:#350e20}.c3{stroke:#8a6d00}.c4{stroke:#332288}.c5{stroke:#b00058}.c6{stroke:#7a3b00}.c7{stroke:#661100}.other{stroke:#6e7781}
.f0{fill:#0072b2}.f1{fill:#cc6677}.f2{fill:#350e20}.f3{fill:#8a6d00}.f4{fill:#332288}.f5{fill:#b00058}.f6{fill:#7a3b00}.f7{fill:#661100}.fother{fill:#6e7781}.mark{fill:#d55e00}
.c4,.c5,.c6,.c7{stroke-dasharray:5 3}
@media (prefers-color-scheme:dark){
.bg{fill:#0d1117}.t{fill:#e6edf3}.m{fill:#9198a1}.halo{stroke:#0d1117}.grid{stroke:#30363d}.axis{stroke:#9198a1}.band{fill:#ff9a5c;opacity:.2}
.limit{stroke:#ff7b72}.limit2{stroke:#9198a1}.tl{fill:#ff7b72}.bar{fill:#56b4e9}.rest{fill:#6e7681}
.c0{stroke:#56b4e9}.c1{stroke:#ff7733}.c2{stroke:#f0e442}.c3{stroke:#7f7fff}.c4{stroke:#cc79a7}.c5{stroke:#aaffee}.c6{stroke:#a07000}.c7{stroke:#bbcc33}.other{stroke:#8b949e}
.f0{fill:#56b4e9}.f1{fill:#ff7733}.f2{fill:#f0e442}.f3{fill:#7f7fff}.f4{fill:#cc79a7}.f5{fill:#aaffee}.f6{fill:#a07000}.f7{fill:#bbcc33}.fother{fill:#8b949e}.mark{fill:#ff9a5c}}`;

/** How many colours the stylesheet has: none is used twice in a figure, what comes after them is grey. */
export const COLOURS = 8;

/** The class of the line or, with "f", the dot of the thing at this place of a list. */
export function colourAt(index: number, kind: "c" | "f"): string {
  if (index < COLOURS) return `${kind}${index}`;
  return kind === "c" ? "other" : "fother";
}

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
