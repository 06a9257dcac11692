import type { Writer } from "../writer.ts";

export default {
  id: "md",
  title: "the postmortem as markdown, its charts beside it",
  media: "text/markdown",
  extension: "md",
  isDocument: true,
  takes: ["template", "figures"],
  load: async () => (await import("./write.ts")).write,
} satisfies Writer;
