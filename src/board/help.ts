import { type Line, line, padEnd, parts, type Span, span, wrapped } from "../drawing/lines.ts";
import type { Picture } from "../drawing/picture.ts";
import { SIGN } from "../drawing/signs.ts";
import { COMMANDS } from "./commands.ts";
import { statusMark } from "./rows.ts";

const KEYS: readonly (readonly [string, string])[] = [
  ["up, down, j, k", "choose in the list; scroll a text"],
  ["Enter, right, l", "open what is chosen; again: full width"],
  ["Esc, left, h", "go back one step"],
  ["Tab, Shift-Tab", "next section of the list, previous section"],
  ["Ctrl-d, Ctrl-u", "half a screen down, up"],
  ["PgDn, PgUp, space, b", "scroll the text next to the list by a screen"],
  ["Home, End, g, G", "first and last row"],
  ["/", "search: only rows with these words are listed, matches underlined; Esc shows all again"],
  ["n, N", "after a search: next match, previous match"],
  ["mouse", "the wheel scrolls, a click selects, a second one opens; Shift-drag selects text"],
];

const ACTIONS: readonly (readonly [string, string])[] = [
  ["y", "copy: the commands of a finding or a fix, or the verdict; again shows what was copied"],
  ["Y", "copy the summary for Slack"],
  ["c", "show the commands behind a finding"],
  ["e", "explain: the page about this cause or factor"],
  ["n", "add a note to a finding; after a search :note"],
  ["+", "add a finding of your own"],
  ["x, a", "rule out a hypothesis yourself, or accept it, with a reason"],
  ["u", "undo that"],
  ["r", "re-run a step"],
  ["E", "allow reading cgroup files and the process list in one pod (kubectl exec)"],
  ["f", "look at the fix"],
  ["p", "write the postmortem"],
  [":", "type a command, listed below; Tab completes it"],
  ["Ctrl-L, Ctrl-Z", "redraw the screen; suspend, until fg"],
  ["q, Ctrl-C", "quit; nothing is lost: lbdoctor resume"],
];

/** All keys, and what the signs mean. */
export function helpLines(width: number, pictures: readonly Picture[]): Line[] {
  const signs: readonly (readonly [Span, string])[] = [
    [statusMark("confirmed"), "confirmed: the deciding finding shows it"],
    [statusMark("supported"), "possible: the evidence points to it, but what would decide is missing"],
    [statusMark("rejected"), "ruled out: the deciding finding contradicts it"],
    [statusMark("undetermined"), "open: not enough data; its line says what is missing"],
    [span(SIGN.gap, "warn"), "not read: nothing is assumed in its place"],
    [span(SIGN.byYou, "accent"), "yours: a note, a finding or a judgement; saved next to lbdoctor's own"],
  ];
  return parts(
    [line("LOOK", "strong"), ...table([...KEYS, ...numbers(pictures)], width)],
    [line("DO", "strong"), ...table(ACTIONS, width)],
    [line("COMMANDS", "strong"), ...table(COMMANDS.map(commandRow), width)],
    [
      line("SYMBOLS", "strong"),
      ...signs.flatMap(([sign, text]) =>
        wrapped(text, width - 4).map(
          (one, index): Line => [span("  "), index === 0 ? sign : span(" "), span(" "), ...one],
        ),
      ),
    ],
    wrapped("[7] is the number of the deciding finding, the same as in the printed output.", width, "dim"),
  );
}

function commandRow({ name, takes, about }: (typeof COMMANDS)[number]): readonly [string, string] {
  return [`:${name}${takes ? ` ${takes.words}` : ""}`, about];
}

/** The number keys; none where there is no picture. */
function numbers(pictures: readonly Picture[]): readonly (readonly [string, string])[] {
  if (pictures.length === 0) return [];
  return [[`1 … ${pictures.length}`, `pictures of the evidence: ${pictures.map(({ title }) => title).join(", ")}`]];
}

function table(rows: readonly (readonly [string, string])[], width: number): Line[] {
  const left = 28;
  return rows.flatMap(([key, what]) =>
    wrapped(what, width - left).map(
      (one, index): Line => [span(padEnd(index === 0 ? `  ${key}` : "", left), "accent"), ...one],
    ),
  );
}
