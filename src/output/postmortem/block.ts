import type { Figure } from "../../drawing/svg.ts";
import type { Hop } from "../../model/facts.ts";
import { sentence as begun } from "../../model/words.ts";

/*
 * The document between the session and its formats: blocks of plain text. Text from outside stands in it as it is; only
 * the writers (markdown.ts, html.ts) know what has to be escaped, and they escape everything.
 */

/**
 * A piece of a line. A string is plain text; `code` a name, an id or a command; `dim` what matters less; `finding` a
 * reference to the evidence.
 */
export type Inline =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly dim: string }
  | { readonly finding: string };

export type Line = readonly Inline[];

export type Block =
  | { readonly kind: "text"; readonly line: Line }
  | { readonly kind: "list"; readonly items: readonly Line[]; readonly ordered?: boolean }
  /** Things that somebody has to do or to answer, with a box to tick. */
  | { readonly kind: "tasks"; readonly items: readonly Line[] }
  | { readonly kind: "table"; readonly head: readonly string[]; readonly rows: readonly (readonly Line[])[] }
  | { readonly kind: "code"; readonly language: string; readonly text: string }
  | { readonly kind: "figure"; readonly figure: Figure }
  /** What a fix changes: for each object the lines that go ("- …") and come ("+ …"). */
  | {
      readonly kind: "changes";
      readonly changes: readonly { readonly target: string; readonly lines: readonly string[] }[];
    }
  /** The request's path, hop by hop. */
  | { readonly kind: "path"; readonly from: string; readonly hops: readonly Hop[] }
  /** A heading inside a section; `finding` makes it the place that references point to. */
  | { readonly kind: "heading"; readonly text: string; readonly finding?: boolean }
  /** A page of lbdoctor's own, in markdown; it begins with a heading of level 1. */
  | { readonly kind: "page"; readonly markdown: string };

/** A block of these kinds. */
export type Of<Kind extends Block["kind"]> = Extract<Block, { readonly kind: Kind }>;

/** A piece of the document; a layout says under which heading it stands. */
export interface Section<Blocks extends Block = Block> {
  /** Stable: the name of its placeholder in a template. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Blocks[];
}

export interface Document {
  readonly title: string;
  /** Every part by itself, for templates that place them on their own. */
  readonly parts: readonly Section[];
  /** What is read, about two pages, under the layout's headings. */
  readonly body: readonly Section[];
  /** What it rests on: looked things up in, not read. */
  readonly annex: { readonly title: string; readonly sections: readonly Section[] };
  /** One line for the end: what made it, from what. */
  readonly imprint: string;
}

export function text(...line: Line): Of<"text"> {
  return { kind: "text", line };
}

export function list(items: readonly Line[], ordered = false): Of<"list">[] {
  return items.length === 0 ? [] : [{ kind: "list", items, ordered }];
}

export function tasks(items: readonly Line[]): Block[] {
  return items.length === 0 ? [] : [{ kind: "tasks", items }];
}

export function table(head: readonly string[], rows: readonly (readonly Line[])[]): Of<"table">[] {
  return rows.length === 0 ? [] : [{ kind: "table", head, rows }];
}

export function heading(words: string): Of<"heading"> {
  return { kind: "heading", text: words };
}

/** References to findings, as the end of a line: " (pod-cpu.evenness, pod-cpu.plateau)". */
export function evidence(ids: readonly string[]): Inline[] {
  if (ids.length === 0) return [];
  return [
    " (",
    ...ids.flatMap((id, index): Inline[] => (index === 0 ? [{ finding: id }] : [", ", { finding: id }])),
    ")",
  ];
}

/** Programs whose names begin a command; they keep their letters. */
const COMMAND = /^(?:kubectl|aws|curl|helm|lbdoctor|npm)\b/;

/** The text with a capital letter in front and a full stop behind: findings are written as parts of sentences. */
export function sentence(words: string): string {
  const full = /[.!?]$/.test(words) ? words : `${words}.`;
  return COMMAND.test(full) ? full : begun(full);
}

/** Whether it is a command and nothing else, so that it can be pasted as it is. */
export function isCommand(words: string): boolean {
  return COMMAND.test(words) && !/: [a-z]/.test(words);
}

/** A step that somebody takes: a command as code, so that it can be copied as it is, or a sentence. */
export function step(words: string): Line {
  if (isCommand(words)) return [{ code: words }];
  const [, before = "", told = ""] = /^([^:]*): (.*)$/s.exec(words) ?? [];
  if (isCommand(told)) return [`${sentence(before).replace(/\.$/, "")}: `, { code: told }];
  const [, command, rest] = COMMAND.test(words) ? (/^(.*?)(: [a-z].*)$/s.exec(words) ?? []) : [];
  return command === undefined ? [sentence(words)] : [{ code: command }, sentence(rest ?? "")];
}

/** Steps in order: sentences as a list, and commands in a fence of their own, to be pasted. */
export function steps(all: readonly string[]): (Of<"list"> | Of<"code">)[] {
  const blocks: (Of<"list"> | Of<"code">)[] = [];
  for (const words of all) {
    const last = blocks.at(-1);
    if (isCommand(words)) {
      if (last?.kind === "code") blocks[blocks.length - 1] = { ...last, text: `${last.text}\n${words}` };
      else blocks.push({ kind: "code", language: "sh", text: words });
    } else if (last?.kind === "list") blocks[blocks.length - 1] = { ...last, items: [...last.items, step(words)] };
    else blocks.push({ kind: "list", items: [step(words)] });
  }
  return blocks;
}

/** The anchor of a heading, as GitHub and GitLab make it from the heading's text. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
    .replaceAll(" ", "-");
}

/** The findings that the document shows, which is where references to them can point. */
export function findingsIn({ parts }: Document): Set<string> {
  return new Set(
    parts.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === "heading" && block.finding ? [block.text] : [])),
    ),
  );
}
