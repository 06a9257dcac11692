import { readdir, readFile } from "node:fs/promises";

/** A page of documentation about a cause, a factor or a term. */
export interface Page {
  /** Its file's name without the ending: "worker-concurrency-ceiling", "round-robin". */
  readonly id: string;
  readonly kind: "cause" | "factor" | "term";
  readonly markdown: string;
  /** Everything by which it can be asked for: its id, its title, and what it says it is also called. */
  readonly names: readonly string[];
}

const FOLDERS = [
  ["cause", "hypotheses"],
  ["factor", "factors"],
  ["term", "terms"],
] as const;

/** All pages under a folder of playbooks; causes first, each kind by name. */
export async function readPages(playbooks: URL): Promise<Page[]> {
  const lists = await Promise.all(
    FOLDERS.map(async ([kind, folder]) => {
      const place = new URL(`${folder}/`, playbooks);
      const files = (await readdir(place)).filter((name) => name.endsWith(".md")).sort();
      return Promise.all(
        files.map(async (file) =>
          toPage(kind, file.slice(0, -".md".length), await readFile(new URL(file, place), "utf8")),
        ),
      );
    }),
  );
  return lists.flat();
}

function toPage(kind: Page["kind"], id: string, markdown: string): Page {
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? id;
  const also = /^Also called: (.+)$/m.exec(markdown)?.[1]?.split(",") ?? [];
  return { id, kind, markdown, names: [id, title, ...also.map((name) => name.trim())] };
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
