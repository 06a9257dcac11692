import { packageFile } from "../app/package.ts";
import { NO_WISHES, type Wishes, type Writer } from "../output/writers/writer.ts";
import { readPages } from "./pages.ts";

/** What documents bring along: lbdoctor's own pages, and the figures of the evidence. Loaded only for a writer that takes them. */
export async function libraryFor({ takes }: Writer): Promise<Pick<Wishes, "pageOf" | "figures">> {
  if (!takes.includes("figures")) return NO_WISHES;
  const [pages, { figures }] = await Promise.all([
    readPages(packageFile("playbooks/")),
    import("../../playbooks/figures.ts"),
  ]);
  return { pageOf: (id) => pages.find((page) => page.id === id)?.markdown, figures };
}
