import { readdir, readFile } from "node:fs/promises";

/** A page of documentation about a cause, a factor or a term. */
export interface Page {
  /** Its file's name without the ending: "worker-concurrency-ceiling", "round-robin". */
  readonly id: string;
  readonly kind: "cause" | "factor" | "term";
  readonly markdown: string;
  /** Everything by which it can be asked for: its id, its title, and what it says it is also called. */
  readonly names: readonly string[];
  /** What it is about: its first sentence; of a term, which has none before its first part, the title. */
  readonly about: string;
}

const FOLDERS = [
  ["cause", "causes"],
  ["factor", "factors"],
  ["term", "terms"],
] as const;

/** All pages under a folder of playbooks; causes first, each kind by name. */
export async function readPages(playbooks: URL): Promise<Page[]> {
  const lists = await Promise.all(
    FOLDERS.map(async ([kind, folder]) => {
      const place = new URL(`${folder}/`, playbooks);
      const ids = await idsIn(kind, place);
      return Promise.all(
        ids.map(async (id) => toPage(kind, id, await readFile(pageFile(kind, id, playbooks), "utf8"))),
      );
    }),
  );
  return lists.flat();
}

/** Where the page about a unit or a term lies: a unit has a folder of its own, a term is nothing but its page. */
export function pageFile(kind: Page["kind"], id: string, playbooks: URL): URL {
  const folder = FOLDERS.find(([one]) => one === kind)?.[1];
  return new URL(kind === "term" ? `${folder}/${id}.md` : `${folder}/${id}/page.md`, playbooks);
}

async function idsIn(kind: Page["kind"], place: URL): Promise<string[]> {
  const entries = await readdir(place, { withFileTypes: true });
  const ids = entries.flatMap((entry) => {
    if (kind === "term") return entry.name.endsWith(".md") ? [entry.name.slice(0, -".md".length)] : [];
    return entry.isDirectory() ? [entry.name] : [];
  });
  return ids.sort();
}

function toPage(kind: Page["kind"], id: string, markdown: string): Page {
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? id;
  const also = /^Also called: (.+)$/m.exec(markdown)?.[1]?.split(",") ?? [];
  const names = [id, title, ...also.map((name) => name.trim())];
  return { id, kind, markdown, names, about: aboutOf(markdown) };
}

function aboutOf(markdown: string): string {
  const paragraphs = markdown.split(/\n{2,}/).map((block) => block.replace(/\s+/g, " ").trim());
  const first = paragraphs.find((block) => !/^(#|Also called: |- |\||```)/.test(block)) ?? "";
  return first.replace(/[`*]/g, "").replace(/(?<=[^.].)\. .*$/, ".");
}

/** The page that goes by this name, however it is written: "HPA", "TargetResponseTime", "round robin". */
export function pageCalled(pages: readonly Page[], wanted: string): Page | undefined {
  const key = bare(wanted);
  return (
    pages.find(({ id }) => bare(id) === key) ?? pages.find(({ names }) => names.some((name) => bare(name) === key))
  );
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
