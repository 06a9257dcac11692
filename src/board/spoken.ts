import { type Line, line, textOf } from "../drawing/lines.ts";
import { footerLines } from "./footer.ts";
import { headerLines, type Waiting } from "./header.ts";
import type { Row } from "./rows.ts";
import type { Scene } from "./scene.ts";
import type { BoardState } from "./state.ts";

/** What the signs of the list mean, in a word. */
const SPOKEN: { readonly [sign: string]: string } = {
  "✓": "confirmed",
  "◐": "possible",
  "✗": "ruled out",
  "·": "open",
  "◆": "yours",
  "!": "not read",
  "–": "skipped",
  "…": "running",
};

/** The board for a screen reader: one thing after the other, no columns, no rules, and words in place of signs. */
export function spoken(state: BoardState, scene: Scene, waiting: Waiting): Line[] {
  const { session, chosen, detail, page, rows, geometry } = scene;
  const header = headerLines(session, geometry.width, waiting).slice(0, -1);
  const footer = footerLines(state, scene).slice(1);
  const content = state.page ? page : chosen ? [chosenLine(chosen, rows), ...detail] : [];
  return [...header, ...content, ...footer].map(plainLine).filter((one) => one.length > 0);
}

function chosenLine(row: Row, rows: readonly Row[]): Line {
  const sign = SPOKEN[row.mark.text] ?? "";
  const place = `${rows.indexOf(row) + 1} of ${rows.length}`;
  const words = [row.section.toLowerCase(), row.title, sign, row.said, row.why, row.reference, place];
  return line(words.filter((word) => word.trim() !== "").join(", "));
}

/** The line without drawing: a reader would spell out every block and rule. */
function plainLine(spans: Line): Line {
  const text = textOf(spans)
    .replace(/[▁▂▃▄▅▆▇█▏▎▍▌▋▊▉━─┄│┤▼›]+/g, " ")
    .replace(/↑↓/g, "Up, Down")
    .replace(/[↑↓]/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return line(text);
}
