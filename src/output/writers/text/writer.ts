import type { Writer } from "../writer.ts";

export default {
  id: "text",
  title: "plain text",
  media: "text/plain",
  extension: "txt",
  isDocument: false,
  takes: ["style", "brief", "finding", "pictures"],
  load: async () => (await import("./write.ts")).write,
} satisfies Writer;
