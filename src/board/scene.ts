import { EMPTY, type Line, labelled, parts, span, wrapped } from "../drawing/lines.ts";
import { type Picture, picturesOf } from "../drawing/picture.ts";
import type { Session } from "../model/session.ts";
import { commandsOf } from "./details/finding.ts";
import { detailOf, type Library, type Pages } from "./details/index.ts";
import { type Geometry, geometry, type Size } from "./geometry.ts";
import { helpLines } from "./help.ts";
import { pageLines } from "./markdown.ts";
import { matching, type Row, rowsOf } from "./rows.ts";
import type { BoardState, Page } from "./state.ts";

/** What the board's functions can do beyond looking; the keys say so where one is missing. */
export interface Abilities {
  readonly copy: boolean;
  readonly again: boolean;
  readonly exec: boolean;
  readonly postmortem: boolean;
}

/** Everything that a key and a frame are judged by: the session as rows and lines, in the places that they have. */
export interface Scene {
  readonly session: Session;
  readonly geometry: Geometry;
  /** The evidence's pictures, in the order of the number keys. */
  readonly pictures: readonly Picture[];
  readonly rows: readonly Row[];
  /** The chosen row, or the first where the chosen one is not listed. Undefined where nothing is. */
  readonly chosen: Row | undefined;
  readonly detail: readonly Line[];
  readonly page: readonly Line[];
  readonly abilities: Abilities;
}

/** Columns at the right edge of a text that are kept for the signs that there is more. */
const SIGNS = 2;

export function sceneOf(
  session: Session,
  state: BoardState,
  size: Size,
  pages: Pages,
  /** The id of the finding that came last. */
  newest: string | null,
  allPictures: readonly Picture[],
  abilities: Abilities,
): Scene {
  const places = geometry(size, state);
  const pictures = picturesOf(session, allPictures);
  const rows = matching(rowsOf(session, newest, pictures), state.query);
  const chosen = rows.find(({ id }) => id === state.row) ?? rows[0];
  return {
    session,
    geometry: places,
    pictures,
    rows,
    chosen,
    detail:
      chosen && places.detail > 0 && !state.page
        ? detailOf(session, chosen.item, places.detail - SIGNS, { pages, pictures })
        : [],
    page: state.page ? pageOf(session, state.page, places.full - SIGNS, { pages, pictures }) : [],
    abilities,
  };
}

function pageOf(session: Session, page: Page, width: number, { pages, pictures }: Library): Line[] {
  switch (page.kind) {
    case "help":
      return helpLines(width, pictures);
    case "commands":
      return commandsOf(session, page.findings, width);
    case "copied":
      return parts(
        page.text.split("\n").flatMap((one) => (one === "" ? [EMPTY] : wrapped(one, width))),
        labelled(span("In the shell: ", "dim"), page.shownBy, width),
      );
    case "about":
      return pageLines(pages.get(page.id) ?? "There is no page about this yet.", width);
  }
}
