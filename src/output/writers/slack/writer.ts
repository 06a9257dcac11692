import type { Writer } from "../writer.ts";

export default {
  id: "slack",
  title: "the same for Slack",
  media: "text/plain",
  extension: "txt",
  isDocument: false,
  takes: [],
  load: async () => (await import("./write.ts")).write,
} satisfies Writer;
