import type { Hop } from "../../model/facts.ts";
import { oneLine } from "../../model/visible.ts";

/** Labels are broken into lines of about this many characters. */
const LINE = 24;

/** The request's path as a Mermaid flowchart, which GitHub and GitLab draw. */
export function mermaid(from: string, hops: readonly Hop[]): string {
  const nodes = [from, ...hops.map(({ at }) => at)];
  const boxes = nodes.map((at, index) => `  hop${index}["${label(at)}"]`);
  const last = hops.at(-1);
  const arrows = hops.flatMap(({ picks }, index) =>
    index === hops.length - 1 ? [] : [`  hop${index + 1} -->|"${label(picks)}"| hop${index + 2}`],
  );
  const end = last ? [`  done["${label(last.picks)}"]`, `  hop${hops.length} --> done`] : [];
  return [
    "flowchart LR",
    "  accTitle: The request's path",
    `  accDescr: From ${nodes.map(harmless).join(" to ")}`,
    ...boxes,
    ...(hops.length > 0 ? ["  hop0 --> hop1"] : []),
    ...arrows,
    ...end,
  ].join("\n");
}

/** The text inside quotes: everything but letters, digits and plain punctuation as an entity, so that nothing is syntax. */
function label(text: string): string {
  return broken(oneLine(text))
    .map((line) => line.replace(/[^\p{L}\p{N} .,:/_-]/gu, (character) => `#${character.codePointAt(0)};`))
    .join("<br/>");
}

/** Text of accDescr, which knows no entities: what is not plain is left out. */
function harmless(text: string): string {
  return oneLine(text).replace(/[^\p{L}\p{N} .,/_-]/gu, "");
}

function broken(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= LINE) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
