import { handleAction } from "./actions.ts";
import { hitsIn } from "./hits.ts";
import type { KeyName } from "./keys.ts";
import { placeOf, rowAt, topOf } from "./list.ts";
import { type Mouse, mouseOf, NOTCH } from "./mouse.ts";
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
  if (key === "ctrl-z") return [{ type: "suspend" }];
  const mouse = mouseOf(key);
  // A stray touch neither answers a question nor ends a line of text.
  if (mouse) return state.asking || state.typing ? [] : pointed(mouse, state, scene);
  if (state.asking) return answer(key, state.asking);
  if (state.typing) return typeKey(key, state.typing, state, scene);
  const meaning = shownAgain(state.page ? inPage(key, state, scene) : inBoard(key, state, scene), state);
  return state.message === null ? meaning : [QUIET, ...meaning];
}

/** No terminal tells whether it took what was copied; whoever copies it again wants to see it. */
function shownAgain(meaning: Meaning, { copied }: BoardState): Meaning {
  const again = meaning.find((one) => one.type === "copy");
  if (again?.type !== "copy" || again.text !== copied) return meaning;
  const { text, what, shownBy } = again;
  return [...meaning, { type: "page", page: { kind: "copied", text, what, shownBy } }];
}

function inPage(key: KeyName, { page, pageScroll }: BoardState, scene: Scene): Meaning {
  const height = scene.geometry.body - 2;
  const to = scrolled(key, pageScroll, scene.page.length, height);
  if (to !== null) return [{ type: "page-scroll", to }];
  if (key === "y" && page?.kind === "commands") return handleAction(key, scene);
  if (key === ":") return [{ type: "type", purpose: { kind: "command" } }];
  const closes = ["escape", "left", "h", "q", "enter", "?", "c", "e"].includes(key);
  return closes ? [{ type: "page", page: null }] : [];
}

function inBoard(key: KeyName, state: BoardState, scene: Scene): Meaning {
  if (state.query !== "" && (key === "n" || key === "N")) return nextHit(key === "n" ? 1 : -1, state, scene);
  if (scene.geometry.list === 0) {
    const to = scrolled(key, state.scroll, scene.detail.length, scene.geometry.body);
    if (to !== null) return [{ type: "scroll", to }];
  }
  const half = Math.max(1, Math.floor(scene.geometry.body / 2));
  switch (key) {
    case "up":
    case "k":
      return step(-1, state, scene);
    case "down":
    case "j":
      return step(1, state, scene);
    case "ctrl-d":
      return step(half, state, scene);
    case "ctrl-u":
      return step(-half, state, scene);
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
    case "l":
      return [{ type: "depth", depth: state.depth === "list" && scene.geometry.detail === 0 ? "open" : "full" }];
    case "escape":
    case "left":
    case "h":
      return back(state, scene);
    case "q":
      return [{ type: "quit", how: "quit" }];
    case "?":
      return [{ type: "page", page: { kind: "help" } }];
    case "/":
      return [{ type: "type", purpose: { kind: "search", before: state.query } }];
    case ":":
      return [{ type: "type", purpose: { kind: "command" } }];
  }
  const to = scrolled(key, state.scroll, scene.detail.length, scene.geometry.body);
  if (to !== null && scene.geometry.detail > 0) return [{ type: "scroll", to }];
  // Without a text beside it the list is what a page key turns.
  if (to !== null)
    return step(["pageup", "b"].includes(key) ? 2 - scene.geometry.body : scene.geometry.body - 2, state, scene);
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
    "ctrl-u": from - Math.max(1, Math.floor(height / 2)),
    "ctrl-d": from + Math.max(1, Math.floor(height / 2)),
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

/** The next place with a word that is searched for: further in the text that is read, else the next row, round and round. */
function nextHit(by: 1 | -1, state: BoardState, scene: Scene): Meaning {
  const { rows, chosen, detail, geometry } = scene;
  if (rows.length === 0) return [{ type: "say", message: `nothing matches “${state.query}”` }];
  if (geometry.list === 0) {
    const last = Math.max(0, detail.length - geometry.body);
    const hits = hitsIn(detail, state.query).map((line) => Math.min(line, last));
    const to = by > 0 ? hits.find((line) => line > state.scroll) : hits.findLast((line) => line < state.scroll);
    if (to !== undefined) return [{ type: "scroll", to }];
  }
  const now = rows.findIndex(({ id }) => id === chosen?.id);
  return choose(rows[(now + by + rows.length) % rows.length], state, scene);
}

/** A click chooses the row under it, and opens the one that is chosen; the wheel moves what it is over. */
function pointed({ what, column, line }: Mouse, state: BoardState, scene: Scene): Meaning {
  const { rows, chosen, geometry, detail, page } = scene;
  const by = what === "wheel-up" ? -NOTCH : NOTCH;
  if (state.page)
    return what === "click" ? [] : wheel("page-scroll", state.pageScroll + by, page.length - geometry.body + 2);
  const inList = column < geometry.list;
  if (what !== "click")
    return inList ? step(by, state, scene) : wheel("scroll", state.scroll + by, detail.length - geometry.body);
  const place = line - geometry.header;
  const row =
    inList && place >= 0 && place < geometry.body
      ? rowAt(rows, chosen?.id, { anchor: state.anchor, height: geometry.body }, place)
      : undefined;
  if (!row) return [];
  return row.id === chosen?.id ? inBoard("enter", state, scene) : choose(row, state, scene);
}

function wheel(type: "scroll" | "page-scroll", to: number, last: number): Meaning {
  return [{ type, to: Math.max(0, Math.min(last, to)) }];
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
