import type { UserAct } from "../model/user.ts";
import type { Cause } from "../model/vocabulary.ts";
import { VERDICT_ROW } from "./rows.ts";

/** What a line of text is being typed for. */
export type Purpose =
  | { readonly kind: "note"; readonly finding: string }
  | { readonly kind: "finding" }
  | { readonly kind: "rule"; readonly cause: Cause; readonly ruling: "accepted" | "rejected" }
  | { readonly kind: "search"; readonly before: string }
  | { readonly kind: "command" };

/** What a yes or no is being asked for. */
export type Wish = { readonly kind: "again"; readonly step: string } | { readonly kind: "exec" };

/** What is copied. */
export interface Copied {
  readonly text: string;
  /** It, in a few words. */
  readonly what: string;
  /** The command of the shell that prints it. */
  readonly shownBy: string;
}

/** A page that takes the place of list and detail until it is closed. */
export type Page =
  | { readonly kind: "help" }
  | { readonly kind: "commands"; readonly findings: readonly string[] }
  | { readonly kind: "about"; readonly id: string }
  /** What was copied, for terminals that did not take it. */
  | ({ readonly kind: "copied" } & Copied);

/** How the person stands before the session. Nothing of it is kept, and nothing in it is about the incident. */
export interface BoardState {
  /** The id of the chosen row. */
  readonly row: string;
  /** At which line of the list the chosen row stands; new rows above it do not move it. */
  readonly anchor: number;
  /** list: the list with reasons; open: the detail beside it; full: the detail alone. */
  readonly depth: "list" | "open" | "full";
  /** First line of the detail that is shown. */
  readonly scroll: number;
  readonly page: Page | null;
  readonly pageScroll: number;
  readonly typing: { readonly purpose: Purpose; readonly text: string; readonly caret: number } | null;
  readonly asking: Wish | null;
  /** Only rows with these words are listed. */
  readonly query: string;
  /** One sentence about the last key; gone with the next. */
  readonly message: string | null;
  /** The text that was copied from the chosen row; copied again, it is shown too. */
  readonly copied: string | null;
}

export const INITIAL: BoardState = {
  row: VERDICT_ROW,
  anchor: 0,
  depth: "list",
  scroll: 0,
  page: null,
  pageScroll: 0,
  typing: null,
  asking: null,
  query: "",
  message: null,
  copied: null,
};

export type Action =
  | { readonly type: "choose"; readonly row: string; readonly anchor: number }
  | { readonly type: "depth"; readonly depth: BoardState["depth"] }
  | { readonly type: "scroll"; readonly to: number }
  | { readonly type: "page"; readonly page: Page | null }
  | { readonly type: "page-scroll"; readonly to: number }
  | { readonly type: "type"; readonly purpose: Purpose }
  | { readonly type: "typed"; readonly text: string; readonly caret: number }
  | { readonly type: "typing-done" }
  | { readonly type: "ask"; readonly wish: Wish }
  | { readonly type: "asked" }
  | { readonly type: "search"; readonly query: string }
  | { readonly type: "copied"; readonly text: string }
  | { readonly type: "say"; readonly message: string | null };

/** What a key does beyond the board itself. */
export type Effect =
  | { readonly type: "act"; readonly act: DistributiveOmit<UserAct, "at"> }
  | ({ readonly type: "copy" } & Copied)
  | { readonly type: "again"; readonly step: string }
  | { readonly type: "exec" }
  | { readonly type: "about"; readonly id: string }
  | { readonly type: "postmortem" }
  | { readonly type: "redraw" }
  | { readonly type: "mouse" }
  | { readonly type: "suspend" }
  | { readonly type: "quit"; readonly how: "quit" | "interrupt" };

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** Folds an action into the state; pure. */
export function reduce(state: BoardState, action: Action): BoardState {
  switch (action.type) {
    case "choose":
      // Another row's detail begins at its top; the same row stays where one reads.
      return {
        ...state,
        row: action.row,
        anchor: action.anchor,
        scroll: action.row === state.row ? state.scroll : 0,
        copied: null,
      };
    case "depth":
      return { ...state, depth: action.depth };
    case "scroll":
      return { ...state, scroll: action.to };
    case "page":
      return { ...state, page: action.page, pageScroll: 0 };
    case "page-scroll":
      return { ...state, pageScroll: action.to };
    case "type": {
      const text = action.purpose.kind === "search" ? state.query : "";
      return { ...state, typing: { purpose: action.purpose, text, caret: [...text].length } };
    }
    case "typed":
      return state.typing ? { ...state, typing: { ...state.typing, text: action.text, caret: action.caret } } : state;
    case "typing-done":
      return { ...state, typing: null };
    case "ask":
      return { ...state, asking: action.wish };
    case "asked":
      return { ...state, asking: null };
    case "search":
      return { ...state, query: action.query };
    case "copied":
      return { ...state, copied: action.text };
    case "say":
      return { ...state, message: action.message };
  }
}
