import type { Writer } from "../writer.ts";

export default {
  id: "json",
  title: "one JSON document; for several alarms, one per line",
  media: "application/json",
  extension: "json",
  isDocument: false,
  takes: ["finding", "oneOf"],
  load: async () => (await import("./write.ts")).write,
} satisfies Writer;
