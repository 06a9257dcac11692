import { summaryOf } from "../../summary.ts";
import type { Write } from "../writer.ts";

/** The investigation in a few lines, for an issue. */
export const write: Write = (session) => ({ text: summaryOf(session, "markdown"), beside: [] });
