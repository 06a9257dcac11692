import { summaryOf } from "../../summary.ts";
import type { Write } from "../writer.ts";

/** The investigation in a few lines, for Slack. */
export const write: Write = (session) => ({ text: summaryOf(session, "slack"), beside: [] });
