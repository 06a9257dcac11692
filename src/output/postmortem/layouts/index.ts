import coe from "./coe.ts";
import google from "./google.ts";
import type { Layout } from "./layout.ts";
import own from "./own.ts";
import pagerduty from "./pagerduty.ts";

/** The layouts that `--template` names, in the order of the help; the first is used where none is. */
export const LAYOUTS: readonly Layout[] = [own, google, pagerduty, coe];

/** The layout where none is named. */
export const OWN: Layout = own;

/** The layout of that id; undefined where there is none, and a file is meant. */
export function layoutOf(id: string): Layout | undefined {
  return LAYOUTS.find((one) => one.id === id);
}
