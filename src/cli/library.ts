import { packageFile } from "../app/package.ts";
import { NO_WISHES, type Wishes, type Writer } from "../output/writers/writer.ts";
import { readPages } from "./pages.ts";

/** What a writer takes along: lbdoctor's own pages, the figures and the pictures of the evidence. Loaded only where it does. */
export async function libraryFor({ takes }: Writer): Promise<Pick<Wishes, "pageOf" | "figures" | "pictures">> {
  const { pictures } = takes.includes("pictures") ? await import("../../playbooks/pictures.ts") : NO_WISHES;
  if (!takes.includes("figures")) return { ...NO_WISHES, pictures };
  const [pages, { figures }] = await Promise.all([
    readPages(packageFile("playbooks/")),
    import("../../playbooks/figures.ts"),
  ]);
  return { pageOf: (id) => pages.find((page) => page.id === id)?.markdown, figures, pictures };
}
