import { columns, cut, type Line, line, span } from "../drawing/lines.ts";
import { plural } from "../model/words.ts";
import { isSaved, saved } from "./acts.ts";
import { candidatesFor, completed, runCommand } from "./commands.ts";
import type { Meaning } from "./handle-key.ts";
import type { KeyName } from "./keys.ts";
import type { Scene } from "./scene.ts";
import type { BoardState, Purpose, Wish } from "./state.ts";
import { edited } from "./typing.ts";

type Typing = NonNullable<BoardState["typing"]>;

/** A key while a line of text is typed. */
export function typeKey(key: KeyName, typing: Typing, state: BoardState, scene: Scene): Meaning {
  const { purpose, text } = typing;
  // As in vim, going back beyond the first character leaves the line.
  const left = key === "escape" || (key === "backspace" && text === "" && !isSaved(purpose));
  if (left) {
    const undone: Meaning = purpose.kind === "search" ? [{ type: "search", query: purpose.before }] : [];
    return [{ type: "typing-done" }, ...undone];
  }
  if (key === "enter") return done(purpose, text.trim(), state, scene);
  if (key === "tab" && purpose.kind === "command") {
    const whole = completed(text, scene);
    return [{ type: "typed", text: whole, caret: [...whole].length }];
  }
  const next = edited(typing, key);
  if (!next) return [];
  const live: Meaning =
    purpose.kind === "search" && next.text !== state.query ? [{ type: "search", query: next.text }] : [];
  return [{ type: "typed", ...next }, ...live];
}

function done(purpose: Purpose, text: string, state: BoardState, scene: Scene): Meaning {
  const close = { type: "typing-done" } as const;
  const { chosen } = scene;
  // What stands out among the rows that were found is what was looked for; it stays chosen among all of them.
  if (purpose.kind === "search")
    return chosen ? [close, { type: "choose", row: chosen.id, anchor: Math.max(2, state.anchor) }] : [close];
  if (purpose.kind === "command") return [close, ...runCommand(text, scene)];
  if (text === "")
    return purpose.kind === "rule"
      ? [{ type: "say", message: "a reason is needed: the next reader will want to know why" }]
      : [close];
  return [close, ...saved(purpose, text, scene)];
}

/** A key while a yes or no is asked for. Only y means yes. */
export function answer(key: KeyName, wish: Wish): Meaning {
  const close = { type: "asked" } as const;
  if (key !== "y" && key !== "Y") return [close, { type: "say", message: "not done" }];
  return wish.kind === "exec"
    ? [close, { type: "act", act: { type: "allowed-exec" } }, { type: "exec" }]
    : [close, { type: "act", act: { type: "asked-again", step: wish.step } }, { type: "again", step: wish.step }];
}

/** The line above the one that is typed into: what is wanted. */
export function question(state: BoardState, scene: Scene): Line {
  const { session } = scene;
  if (state.asking) return wishLine(state.asking, session);
  const purpose = state.typing?.purpose;
  switch (purpose?.kind) {
    case "note":
      return line(`Note on ${purpose.finding}:`, "strong");
    case "finding":
      return line("Your own finding, in one sentence:", "strong");
    case "rule": {
      const title = session.hypotheses.find(({ cause }) => cause === purpose.cause)?.title ?? purpose.cause;
      return line(`Why do you ${purpose.ruling === "rejected" ? "rule out" : "accept"} “${title}”?`, "strong");
    }
    case "search":
      return [
        span("Search in titles, reasons and findings:", "strong"),
        span(state.query === "" ? "" : ` ${plural(scene.rows.length, "hit")}`, "dim"),
      ];
    case "command":
      return candidatesLine(state.typing?.text ?? "", scene);
    default:
      return [];
  }
}

/** What can be typed next: Tab takes what all of it begins with. */
function candidatesLine(text: string, scene: Scene): Line {
  const candidates = candidatesFor(text, scene);
  if (candidates.length === 0) return line("Enter runs it, Esc cancels", "dim");
  return [span("Tab: ", "strong"), span(cut(candidates.join("  "), scene.geometry.width - 8), "dim")];
}

function wishLine(wish: Wish, { steps, facts }: Scene["session"]): Line {
  if (wish.kind === "exec") {
    const where = facts.workload ? `one pod of ${facts.workload.name}` : "one pod";
    return line(`Read cpu.max and the process list in ${where} by kubectl exec? It changes nothing.`, "strong");
  }
  const title = steps.find(({ id }) => id === wish.step)?.title ?? wish.step;
  return line(`Re-run “${title}” and judge again? Your notes and judgements stay.`, "strong");
}

/** The line that is typed into, with the caret shown; its end stays in sight. */
export function input(state: BoardState, width: number): Line {
  if (state.asking) return [span("y", "accent"), span(" yes   "), span("any other key", "accent"), span(" no")];
  if (!state.typing) return [];
  const characters = [...state.typing.text];
  const { caret } = state.typing;
  let before = characters.slice(0, caret).join("");
  while (columns(before) > width - 6) before = [...before].slice(1).join("");
  return [
    span(state.typing.purpose.kind === "command" ? ": " : "> ", "accent"),
    span(before),
    span(characters[caret] ?? " ", "chosen"),
    span(characters.slice(caret + 1).join("")),
  ];
}
