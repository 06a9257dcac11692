import { EMPTY, filled, heading, type Line, parts, span } from "../drawing/lines.ts";
import { drawPicture } from "../drawing/picture.ts";
import { SIGN } from "../drawing/signs.ts";
import { footerLines } from "./footer.ts";
import { headerLines, type Waiting } from "./header.ts";
import { highlighted } from "./hits.ts";
import { listLines } from "./list.ts";
import type { Scene } from "./scene.ts";
import type { BoardState, Page } from "./state.ts";

/** The whole screen, line by line: exactly as many as the terminal has, each exactly as wide. */
export function frame(state: BoardState, scene: Scene, waiting: Waiting): Line[] {
  const { width } = scene.geometry;
  return [...headerLines(scene.session, width, waiting), ...body(state, scene), ...footerLines(state, scene)];
}

function body(state: BoardState, scene: Scene): Line[] {
  const { geometry, rows, chosen, detail } = scene;
  const { width, body: height } = geometry;
  if (state.page) return pageBody(state.page, state.pageScroll, scene, state.query);
  const columns: { lines: Line[]; width: number }[] = [];
  if (geometry.list > 0)
    columns.push({
      width: geometry.list,
      lines: listLines(rows, chosen?.id, {
        anchor: state.anchor,
        width: geometry.list,
        height,
        reasons: geometry.reasons,
        query: state.query,
      }),
    });
  if (geometry.detail > 0)
    columns.push({
      width: geometry.detail,
      lines: windowOf(detail, state.scroll, height, geometry.detail, state.query),
    });
  if (geometry.side > 0) columns.push({ width: geometry.side, lines: sideLines(scene) });
  return Array.from({ length: height }, (_, index) => {
    const spans = columns.flatMap(
      ({ lines, width: columnWidth }, place): Line => [
        place === 0 ? span(geometry.list > 0 ? "" : " ") : span(" │ ", "dim"),
        ...filled(lines[index] ?? EMPTY, columnWidth),
      ],
    );
    return filled(spans, width);
  });
}

/** The part of a text that is seen, with a sign where there is more. */
function windowOf(lines: readonly Line[], scroll: number, height: number, width: number, query: string): Line[] {
  const top = Math.max(0, Math.min(scroll, lines.length - height));
  const last = height - 1;
  return highlighted(lines.slice(top, top + height), query).map((one, index) => {
    if (index === 0 && top > 0) return withSign(one, SIGN.up, width);
    return index === last && top + height < lines.length ? withSign(one, SIGN.more, width) : one;
  });
}

function withSign(spans: Line, sign: string, width: number): Line {
  return [...filled(spans, width - 2), span(` ${sign}`, "accent")];
}

const PAGE_TITLE: { readonly [kind in Page["kind"]]: string } = {
  help: "KEYS AND SYMBOLS",
  commands: "COMMANDS",
  about: "EXPLAINED",
  copied: "COPIED",
};

function pageBody(page: Page, scroll: number, { geometry, page: lines }: Scene, query: string): Line[] {
  const { width, body: height, full } = geometry;
  const top = heading(PAGE_TITLE[page.kind], page.kind === "about" ? page.id : page.kind === "copied" ? page.what : "");
  const seen = windowOf(lines, scroll, height - 2, full, query);
  const all = [top, EMPTY, ...seen];
  return Array.from({ length: height }, (_, index) => filled([span(" "), ...(all[index] ?? EMPTY)], width));
}

/** What stands beside everything on a wide screen, whatever is chosen. */
function sideLines({ session, pictures, geometry: { side, body: height } }: Scene): Line[] {
  const curve = Math.max(5, Math.min(10, Math.floor(height / 4)));
  const beside = pictures.filter(({ aside }) => aside);
  return parts(...beside.map((one) => [heading(one.title.toUpperCase()), ...drawPicture(one, session, side, curve)]));
}
