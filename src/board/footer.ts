import { cut, filled, type Line, line, type Span, span, widthOf } from "../drawing/lines.ts";
import { plural } from "../model/words.ts";
import { input, question } from "./prompts.ts";
import type { Scene } from "./scene.ts";
import type { BoardState } from "./state.ts";

type Hint = readonly [key: string, what: string];

/** The keys that matter where the person stands, or what the last one did; the lines to type into above it. */
export function footerLines(state: BoardState, scene: Scene): Line[] {
  const { width } = scene.geometry;
  const rule = line("─".repeat(width), "dim");
  const typing = state.typing ?? state.asking;
  const prompt = typing
    ? [
        [span(" "), ...question(state, scene)],
        [span(" "), ...input(state, width)],
      ]
    : [];
  const last =
    state.message !== null && !state.asking
      ? [span(` ${state.message}`, "accent")]
      : [span(" "), ...hints(hintsFor(state, scene), width - 2)];
  return [rule, ...prompt, last].map((one) => filled(one, width));
}

const TYPED: { readonly [purpose: string]: Hint[] } = {
  search: [["Enter", "done; n and N step through the matches"]],
  command: [
    ["Enter", "run"],
    ["Tab", "complete"],
  ],
};

function hintsFor(state: BoardState, scene: Scene): { first: Hint[]; last: Hint[] } {
  if (state.asking) return { first: [], last: [] };
  if (state.typing)
    return { first: TYPED[state.typing.purpose.kind] ?? [["Enter", "save"]], last: [["Esc", "cancel"]] };
  if (state.page)
    return {
      first: [["↑↓", "scroll"], ...(state.page.kind === "commands" ? [["y", "copy"] as const] : [])],
      last: [["Esc", "close"]],
    };
  // On a wide screen everything is open already.
  const { list, reasons } = scene.geometry;
  const depth = list === 0 ? "full" : reasons ? "list" : state.depth;
  const end: Hint[] = [
    ["?", "help"],
    ["q", "quit"],
  ];
  const search: Hint[] =
    state.query === ""
      ? [
          ["/", "search"],
          [":", "command"],
        ]
      : [];
  const back: Hint[] = depth !== "list" ? [["Esc", "back"]] : state.query !== "" ? [["Esc", "all rows"]] : [];
  const look: Hint[] =
    depth === "full"
      ? [["↑↓", "scroll"]]
      : [
          ["↑↓", "choose"],
          ["Enter", scene.geometry.detail === 0 ? "open" : "full width"],
        ];
  const hits: Hint[] = state.query === "" ? [] : [["n N", hitsWords(state.query, scene)]];
  return {
    first: [...hits, ...look, ...actionsFor(scene), ...(depth === "full" ? [] : search)],
    last: [...back, ...end],
  };
}

/** "“quota”: 2 of 5 hits" */
function hitsWords(query: string, { rows, chosen }: Scene): string {
  const place = rows.findIndex(({ id }) => id === chosen?.id) + 1;
  return `“${cut(query, 20)}”: ${rows.length === 0 ? "no hits" : `${place} of ${plural(rows.length, "hit")}`}`;
}

function actionsFor({ chosen, session, abilities }: Scene): Hint[] {
  const postmortem: Hint[] = abilities.postmortem ? [["p", "postmortem"]] : [];
  const fix: Hint[] = session.fixes.length > 0 ? [["f", "fix"]] : [];
  switch (chosen?.item.kind) {
    case "hypothesis":
      return [
        ["x", "rule out"],
        ["a", "accept"],
        ["e", "explain"],
        ["c", "command"],
        ["y", "copy"],
      ];
    case "finding":
      return [
        ["c", "command"],
        ["y", "copy"],
        ["n", "note"],
        ["+", "add"],
        ["r", "re-run"],
      ];
    case "factor":
      return [
        ["e", "explain"],
        ["c", "command"],
      ];
    case "fix":
      return [["y", "copy its commands"], ...postmortem];
    case "step":
    case "gap":
      return [["r", "re-run step"]];
    default:
      return [...fix, ["y", "copy"], ...postmortem];
  }
}

/** As many hints as there is room for; those that always hold stand at the end and stay. */
function hints({ first, last }: { first: readonly Hint[]; last: readonly Hint[] }, width: number): Span[] {
  const formatHints = (list: readonly Hint[]) =>
    list.flatMap(([key, what]) => [span(key, "accent"), span(` ${what}  `)]);
  const end = formatHints(last);
  let shown = first;
  while (shown.length > 0 && widthOf(formatHints(shown)) + widthOf(end) > width) shown = shown.slice(0, -1);
  return [...formatHints(shown), ...end];
}
