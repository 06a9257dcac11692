import type { Session } from "../../model/session.ts";
import { type Line, line } from "../text.ts";

/** What stands in the place of a picture whose facts are not there. */
export function absent({ outcome }: Session, what: string): Line[] {
  return [line(outcome === null ? `not read yet: ${what}` : `not read: ${what}`, "dim")];
}
