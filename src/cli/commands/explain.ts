import { distance } from "fastest-levenshtein";
import { playbooks } from "../../../playbooks/index.ts";
import { apartFrom } from "../../app/matrix.ts";
import { packageFile } from "../../app/package.ts";
import type { Terminal } from "../../app/terminal.ts";
import { Unusable } from "../../model/unusable.ts";
import { oneLine, visible } from "../../model/visible.ts";
import { CAUSES, FACTORS } from "../../model/vocabulary.ts";
import { listed } from "../../model/words.ts";
import { type Page, pageCalled, readPages } from "../pages.ts";

/** How many similar names are offered for one that is not known. */
const OFFERED = 3;

/** Prints the page about a cause, a factor or a term; without a name the list of all. Answers the exit code. */
export async function explain(wanted: string | undefined, terminal: Pick<Terminal, "out">): Promise<number> {
  const pages = await readPages(packageFile("playbooks/"));
  const text =
    wanted === undefined ? contents(pages) : explained(pages, wanted) + neighbours(pageCalled(pages, wanted));
  terminal.out.write(visible(text));
  return 0;
}

/** The page of that name. Throws an Unusable that offers near names where there is none. */
export function explained(pages: readonly Page[], wanted: string): string {
  const page = pageCalled(pages, wanted);
  if (page) return page.markdown;
  if ([...CAUSES, ...FACTORS].some((id) => id === wanted))
    throw new Unusable(`${wanted} is a known name, but this version does not judge it yet and has no page about it`);
  throw new Unusable(`unknown name "${oneLine(wanted)}"; did you mean ${similar(wanted, pages)}?`);
}

/** What tells a cause from each of its neighbours, as one more part of its page; empty for what is no cause. */
export function neighbours(page: Pick<Page, "kind" | "id"> | undefined): string {
  const lines = page?.kind === "cause" ? apartFrom(page.id, playbooks) : [];
  return lines.length === 0 ? "" : `\n## Told from its neighbours by\n\n${lines.join("\n")}\n`;
}

/** The ids of all pages, by kind. */
export function contents(pages: readonly Page[]): string {
  const part = (kind: Page["kind"], title: string) => [
    title,
    ...pages.filter((page) => page.kind === kind).map(({ id }) => `  ${id}`),
  ];
  return `${[...part("cause", "Causes"), ...part("factor", "Factors"), ...part("term", "Terms")].join("\n")}\n`;
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
