import { createHash } from "node:crypto";
import type { Opening } from "../model/session.ts";

/** Changes when sessions of the same evidence are kept differently; see Session.schemaVersion. */
const SCHEMA_VERSION = 1;

/** A name is cut here: the id is typed by hand, and the hash tells apart what the name does not. */
const LONGEST_SLUG = 32;

/**
 * `<day>-<alarm>-<8 hex>`. The hash is over everything that the session depends on, so the same evidence, asked the same
 * way, is the same session. `evidence` is a recording's identity, or the start of a live investigation.
 */
export function sessionId(
  evidence: string,
  { alarmName, now, window, allowExec }: Pick<Opening, "alarmName" | "now" | "window" | "allowExec">,
): string {
  const parts = [SCHEMA_VERSION, evidence, alarmName, now, window.start, window.end, allowExec];
  const hash = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 8);
  return `${now.slice(0, 10)}-${slug(alarmName)}-${hash}`;
}

function slug(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  if (words === "") return "alarm";
  if (words.length <= LONGEST_SLUG) return words;
  const cut = words.slice(0, LONGEST_SLUG + 1);
  return cut.includes("-") ? cut.slice(0, cut.lastIndexOf("-")) : words.slice(0, LONGEST_SLUG);
}
