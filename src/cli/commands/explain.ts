import { distance } from "fastest-levenshtein";
import { playbooks } from "../../../playbooks/index.ts";
import { apartFrom } from "../../app/matrix.ts";
import { packageFile } from "../../app/package.ts";
import type { Terminal } from "../../app/terminal.ts";
import { Unusable } from "../../model/unusable.ts";
import { oneLine, visible } from "../../model/visible.ts";
import { CAUSES, FACTORS } from "../../model/vocabulary.ts";
import { listed } from "../../model/words.ts";
import type { Style } from "../../output/layout.ts";
import { pageText } from "../page-text.ts";
import { print } from "../pager.ts";
import { type Page, pageCalled, readPages } from "../pages.ts";
import { styleOf } from "../style.ts";

/** How many similar names are offered for one that is not known. */
const OFFERED = 3;
/** Of pages that only mention a word, this many are named. */
const MENTIONED = 6;

export interface ExplainOptions {
  readonly color?: boolean;
}

/** Prints the page about a cause, a factor or a term; without a name the list of all. Answers the exit code. */
export async function explain(
  wanted: string | undefined,
  options: ExplainOptions,
  terminal: Terminal,
): Promise<number> {
  const pages = await readPages(packageFile("playbooks/"));
  const style = styleOf(terminal, options);
  const text =
    wanted === undefined
      ? visible(contents(pages, style))
      : pageText(visible(explained(pages, wanted) + neighbours(pageCalled(pages, wanted))), style);
  await print(text, terminal);
  return 0;
}

/** The page of that name. Throws an Unusable that offers near names, or pages that speak of it, where there is none. */
export function explained(pages: readonly Page[], wanted: string): string {
  const page = pageCalled(pages, wanted);
  if (page) return page.markdown;
  if ([...CAUSES, ...FACTORS].some((id) => id === wanted))
    throw new Unusable(`${wanted} is a known name, but this version does not judge it yet and has no page about it`);
  const word = oneLine(wanted);
  const mentions = mentioning(pages, wanted);
  if (mentions.length > 0)
    throw new Unusable(
      `no page is called "${word}"; it is mentioned in ${listed(mentions)}: lbdoctor explain ${mentions[0]}`,
    );
  throw new Unusable(`unknown name "${word}"; did you mean ${similar(wanted, pages)}?`);
}

/** What tells a cause from each of its neighbours, as one more part of its page; empty for what is no cause. */
export function neighbours(page: Pick<Page, "kind" | "id"> | undefined): string {
  const lines = page?.kind === "cause" ? apartFrom(page.id, playbooks) : [];
  return lines.length === 0 ? "" : `\n## What separates it from similar causes\n\n${lines.join("\n")}\n`;
}

const TITLES: { readonly [kind in Page["kind"]]: string } = { cause: "Causes", factor: "Factors", term: "Terms" };

/** All pages by kind, each with what it is about in one line. */
export function contents(pages: readonly Page[], { width }: Pick<Style, "width">): string {
  const first = Math.max(...pages.map(({ id }) => id.length));
  const line = ({ id, about }: Page) => {
    const room = width - first - 4;
    // At the end of a word, unless that costs half of the line.
    const whole = about.slice(0, room - 1).replace(/[\s,;:]*\S*$/, "");
    const cut = whole.length > room / 2 ? whole : about.slice(0, room - 1);
    const short = about.length <= room ? about : `${cut}…`;
    return `  ${id.padEnd(first)}  ${short}`.trimEnd();
  };
  const parts = (Object.keys(TITLES) as Page["kind"][]).map((kind) =>
    [TITLES[kind], ...pages.filter((page) => page.kind === kind).map(line)].join("\n"),
  );
  return `${parts.join("\n\n")}\n\nlbdoctor explain <name> prints one; other names work too: LOR, HPA, "long poll".\n`;
}

/** The pages that hold the word as a whole, those with it most often first. */
function mentioning(pages: readonly Page[], wanted: string): string[] {
  const word = wanted.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  if (word.length < 2) return [];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, "giu");
  return pages
    .map(({ id, markdown }) => ({ id, times: markdown.match(pattern)?.length ?? 0 }))
    .filter(({ times }) => times > 0)
    .sort((a, b) => b.times - a.times)
    .slice(0, MENTIONED)
    .map(({ id }) => id);
}

/** The pages whose names are nearest to the typed one, word by word: people remember a part of a name. */
function similar(wanted: string, pages: readonly Page[]): string {
  const typed = wordsOf(wanted);
  const far = (name: string) => {
    const words = wordsOf(name);
    return typed.reduce((sum, word) => sum + Math.min(...words.map((one) => distance(one, word))), 0);
  };
  const near = pages
    .map(({ id, names }) => ({ id, far: Math.min(...names.map(far)) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, OFFERED);
  return listed(near.map(({ id }) => id)).replace(/ and ([^ ]+)$/, " or $1");
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().split(/[^a-z0-9]+/);
}
