import { Unusable } from "../model/unusable.ts";
import { visible } from "../model/visible.ts";
import { evidenceOf, type SessionFiles, sessionFiles } from "./files.ts";

/**
 * The session of this id, or of this beginning of an id if it is the only one; without either the newest. Throws an
 * Unusable where there is none, or more than one.
 */
export function findSession(folder: string, wanted: string | null): SessionFiles {
  const found = sessionFiles(folder).filter((files) => evidenceOf(files) !== null);
  if (wanted === null) {
    const [newest] = found;
    if (newest) return newest;
    throw new Unusable("no investigation has been kept yet; start one with `lbdoctor investigate`");
  }
  const matching = found.filter(({ id }) => id.startsWith(wanted));
  const exact = matching.find(({ id }) => id === wanted) ?? matching[0];
  if (!exact) throw new Unusable(`there is no session ${visible(wanted)}; \`lbdoctor sessions\` lists them`);
  if (matching.length > 1 && exact.id !== wanted) {
    const some = matching.slice(0, 3).map(({ id }) => id);
    const more = matching.length > 3 ? ", …" : "";
    throw new Unusable(`${visible(wanted)} matches ${matching.length} sessions: ${some.join(", ")}${more}`);
  }
  return exact;
}
