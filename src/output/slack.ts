import { visible } from "../model/visible.ts";
import type { Inline, Line } from "./postmortem/block.ts";

/*
 * Slack's own markup (mrkdwn) knows no backslash, and what is posted through its API is read otherwise than what is pasted:
 * entities are undone in the one and shown in the other, and "@here" is looked for in both. So the signs that begin a
 * mention, a link or a channel are written as ones that look alike; the text is then inert on either way.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
const ALIKE: { readonly [sign: string]: string } = { "<": "‹", ">": "›", "@": "＠", "#": "＃", "`": "'", "&": "＆" };

/** A word in which Slack would find emphasis, an emoji, or a host's name to link: "*bold*", ":tada:", "evil.example". */
const MARKED = /[*_~]|:[\w+'-]+:|[\p{L}\p{N}]\.\p{L}/u;

/** A line of Slack's markup in which nothing mentions, links or notifies, and only what is meant is bold or code. */
export function slackLine(line: Line): string {
  return line.map(inline).join("").trim();
}

function inline(piece: Inline): string {
  if (typeof piece === "string") return words(piece);
  if ("code" in piece) return code(piece.code);
  if ("dim" in piece) return words(piece.dim);
  return "strong" in piece ? strong(piece.strong) : code(piece.finding);
}

/** Words as they are; a word that Slack would read as markup stands in code, where it does not. */
function words(text: string): string {
  return inert(text).replace(/\S+/g, (word) => {
    const [, before = "", core = word, after = ""] = /^([("]*)(.*?)([)",;.!?]*)$/s.exec(word) ?? [];
    return MARKED.test(core) ? `${before}\`${core}\`${after}` : word;
  });
}

/** Bold text; the blank behind it stays outside the marks, which would not count otherwise. */
function strong(text: string): string {
  const inner = text.trimEnd();
  return `*${words(inner)}*${text.slice(inner.length)}`;
}

function code(text: string): string {
  return `\`${inert(text).trim()}\``;
}

function inert(text: string): string {
  const plain = visible(text)
    .replace(/\s+/g, " ")
    .replace(/[<>@#`&]/g, (sign) => ALIKE[sign] ?? sign);
  // As security teams write an address that nobody is to follow.
  return plain.replaceAll("://", "[:]//");
}
