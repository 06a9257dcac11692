import type { Writer } from "../writer.ts";

export default {
  id: "html",
  title: "the postmortem as one self-contained HTML file",
  media: "text/html",
  extension: "html",
  isDocument: true,
  takes: ["template", "figures"],
  load: async () => (await import("./write.ts")).write,
} satisfies Writer;
