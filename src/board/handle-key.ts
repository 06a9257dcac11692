import { handleAction } from "./actions.ts";
import type { KeyName } from "./keys.ts";
import { placeOf, topOf } from "./list.ts";
import { answer, typeKey } from "./prompts.ts";
import type { Row } from "./rows.ts";
import type { Scene } from "./scene.ts";
import type { Action, BoardState, Effect } from "./state.ts";

/** What a key means where the person stands: changes of the board, and what is done beyond it. */
export type Meaning = readonly (Action | Effect)[];

const QUIET: Action = { type: "say", message: null };

/** Every key is one of these; what a key means is decided by what is open, the innermost first. */
export function handleKey(key: KeyName, state: BoardState, scene: Scene): Meaning {
  if (key === "ctrl-c") return [{ type: "quit", how: "interrupt" }];
  if (key === "ctrl-l") return [{ type: "redraw" }];
  if (state.asking) return answer(key, state.asking);
  if (state.typing) return typeKey(key, state.typing, state, scene);
  const meaning = state.page ? inPage(key, state, scene) : inBoard(key, state, scene);
  return state.message === null ? meaning : [QUIET, ...meaning];
}

function inPage(key: KeyName, { page, pageScroll }: BoardState, scene: Scene): Meaning {
  const height = scene.geometry.body - 2;
  const to = scrolled(key, pageScroll, scene.page.length, height);
  if (to !== null) return [{ type: "page-scroll", to }];
  if (key === "y" && page?.kind === "commands") return handleAction(key, scene);
  const closes = ["escape", "left", "q", "enter", "?", "c", "e"].includes(key);
  return closes ? [{ type: "page", page: null }] : [];
}

function inBoard(key: KeyName, state: BoardState, scene: Scene): Meaning {
  if (scene.geometry.list === 0) {
    const to = scrolled(key, state.scroll, scene.detail.length, scene.geometry.body);
    if (to !== null) return [{ type: "scroll", to }];
  }
  switch (key) {
    case "up":
    case "k":
      return step(-1, state, scene);
    case "down":
    case "j":
      return step(1, state, scene);
    case "home":
    case "g":
      return choose(scene.rows[0], state, scene);
    case "end":
    case "G":
      return choose(scene.rows.at(-1), state, scene);
    case "tab":
      return section(1, state, scene);
    case "backtab":
      return section(-1, state, scene);
    case "enter":
    case "right":
      return [{ type: "depth", depth: state.depth === "list" && scene.geometry.detail === 0 ? "open" : "full" }];
    case "escape":
    case "left":
      return back(state, scene);
    case "q":
      return [{ type: "quit", how: "quit" }];
    case "?":
      return [{ type: "page", page: { kind: "help" } }];
    case "/":
      return [{ type: "type", purpose: { kind: "search", before: state.query } }];
  }
  const to = scrolled(key, state.scroll, scene.detail.length, scene.geometry.body);
  if (to !== null && scene.geometry.detail > 0) return [{ type: "scroll", to }];
  const picture = /^[1-9]$/.test(key) ? scene.pictures[Number(key) - 1] : undefined;
  if (picture)
    return show(
      scene.rows.find(({ id }) => id === `picture:${picture.evidence}`),
      state,
      scene,
    );
  return handleAction(key, scene);
}

/** Where a scrolling key leads in a text; null for other keys. */
function scrolled(key: KeyName, from: number, length: number, height: number): number | null {
  const last = Math.max(0, length - height);
  const to: { readonly [key: string]: number } = {
    up: from - 1,
    k: from - 1,
    down: from + 1,
    j: from + 1,
    pageup: from - (height - 2),
    b: from - (height - 2),
    pagedown: from + (height - 2),
    " ": from + (height - 2),
    home: 0,
    g: 0,
    end: last,
    G: last,
  };
  const wanted = to[key];
  return wanted === undefined ? null : Math.max(0, Math.min(last, wanted));
}

function step(by: number, state: BoardState, scene: Scene): Meaning {
  const now = scene.rows.findIndex(({ id }) => id === scene.chosen?.id);
  return choose(scene.rows[Math.max(0, Math.min(scene.rows.length - 1, now + by))], state, scene);
}

/** The first row of the next part of the list, or of the one before. */
function section(by: number, state: BoardState, scene: Scene): Meaning {
  const { rows, chosen } = scene;
  const firsts = rows.filter((row, index) => index === 0 || rows[index - 1]?.section !== row.section);
  const now = firsts.findIndex((row) => row.section === chosen?.section);
  return choose(firsts[(now + by + firsts.length) % firsts.length], state, scene);
}

/** Chooses a row; the list moves only as far as it must. */
function choose(row: Row | undefined, { anchor }: BoardState, { rows, chosen, geometry: { body } }: Scene): Meaning {
  if (!row) return [];
  const at = placeOf(rows, chosen?.id) - topOf(rows, chosen?.id, anchor, body);
  const to = at + placeOf(rows, row.id) - placeOf(rows, chosen?.id);
  // Two lines from the edges, so that one sees what comes next, and the heading above.
  return [{ type: "choose", row: row.id, anchor: Math.max(2, Math.min(body - 3, to)) }];
}

/** Chooses a row and opens it where it is not open yet. */
function show(row: Row | undefined, state: BoardState, scene: Scene): Meaning {
  if (!row) return [];
  const opened: Action[] = scene.geometry.detail === 0 ? [{ type: "depth", depth: "open" }] : [];
  return [...choose(row, state, scene), ...opened];
}

/** One step back: from the full width to the list, then out of a search. */
function back(state: BoardState, { geometry }: Scene): Meaning {
  if (state.depth === "full") return [{ type: "depth", depth: "open" }];
  if (state.depth === "open" && !geometry.reasons) return [{ type: "depth", depth: "list" }];
  return state.query === "" ? [] : [{ type: "search", query: "" }];
}
