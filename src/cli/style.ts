import type { Terminal } from "../app/terminal.ts";
import type { Style } from "../output/layout.ts";
import { canShowUnicode } from "./interactive.ts";
import { knowsLinks } from "./links.ts";

/** Wide enough for the tables of a page, and what a screen shared in a call still shows. */
const USUAL_WIDTH = 100;
const NARROWEST = 60;
/** Longer lines are hard to follow with the eye. */
const WIDEST = 120;

/** How a page looks on standard output; colour only for eyes (https://no-color.org). */
export function styleOf({ environment, out }: Terminal, options: { readonly color?: boolean }): Style {
  const wanted = options.color !== false && !environment.NO_COLOR && environment.TERM !== "dumb";
  const width = Math.min(WIDEST, Math.max(NARROWEST, out.isTTY ? out.columns : USUAL_WIDTH));
  // A pipe takes what the rest of the page is written in.
  const unicode = out.isTTY !== true || canShowUnicode(environment);
  return { width, color: out.isTTY === true && wanted, unicode, links: out.isTTY === true && knowsLinks(environment) };
}
