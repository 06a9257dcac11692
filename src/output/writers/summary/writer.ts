import type { Writer } from "../writer.ts";

export default {
  id: "summary",
  title: "cause, fix, impact and next command in a few lines of markdown",
  media: "text/markdown",
  extension: "md",
  isDocument: false,
  takes: [],
  load: async () => (await import("./write.ts")).write,
} satisfies Writer;
