import { Unusable } from "../../model/unusable.ts";
import { oneLine } from "../../model/visible.ts";
import { type Document, findingsIn, type Section } from "./block.ts";
import { PART_IDS } from "./document.ts";

/** How a template's format writes plain text, and a section without its heading. */
interface Format {
  readonly words: (text: string) => string;
  readonly section: (section: Section) => string;
}

const PLACES = ["title", "imprint", ...PART_IDS];

/**
 * A house style: the template with each {{placeholder}} replaced by the document's title, imprint, or the section of that
 * id without its heading. A section that the document does not have (an appendix without a cause) becomes nothing.
 */
export function filled(template: string, document: Document, { words, section }: Format): string {
  const known = new Set(PLACES);
  const wanted = [...template.matchAll(/\{\{\s*([\w-]*)\s*\}\}/g)].map(([, name]) => name ?? "");
  const unknown = wanted.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new Unusable(`the template has a placeholder {{${oneLine(unknown)}}}; known are ${PLACES.join(", ")}`);
  if (wanted.length === 0)
    throw new Unusable(`the template has no placeholder like {{summary}}; known are ${PLACES.join(", ")}`);
  return template.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (_, name: string) => {
    if (name === "title") return words(document.title);
    if (name === "imprint") return words(document.imprint);
    const found = document.parts.find(({ id }) => id === name);
    return found ? section(found) : "";
  });
}

/** The findings that references can point to: none where a template leaves the evidence out. */
export function linkable(document: Document, template: string | null): ReadonlySet<string> {
  return template === null || /\{\{\s*evidence\s*\}\}/.test(template) ? findingsIn(document) : new Set();
}
