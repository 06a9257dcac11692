// Writes schema/investigation.schema.json from the zod schema of the document: npm run schema
import { writeFileSync } from "node:fs";
import { z } from "zod";
import { documentSchema } from "../src/output/schema.ts";
import { SOURCES } from "../src/sources/descriptors.ts";

export const SCHEMA_FILE = new URL("../schema/investigation.schema.json", import.meta.url);

export function schemaText(): string {
  const schema = z.toJSONSchema(documentSchema(SOURCES.map(({ id }) => id)), {
    // As input, so that it allows fields that a later version adds.
    io: "input",
    override: ({ jsonSchema }) => {
      // zod writes the range of safe integers everywhere; it says nothing about this document.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return `${JSON.stringify(schema, null, 2)}\n`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(SCHEMA_FILE, schemaText());
