import { jsonFinding, jsonLine, jsonReport } from "../../json.ts";
import type { Write } from "../writer.ts";

/** The document of schema/investigation.schema.json, or one finding of it. */
export const write: Write = (session, { finding, oneOf }) => {
  if (finding) return { text: jsonFinding(finding), beside: [] };
  return { text: oneOf ? jsonLine(session) : jsonReport(session), beside: [] };
};
