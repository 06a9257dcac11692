/*
 * What stands where a live answer had text that no reader understands: "‹text:32:1f3a9›", its kind, its length class and
 * digits that are the same for the same value; see redaction/marks.ts.
 */

/** "(redacted)" stands in recordings that were made before there were marks. */
const FORM = "‹(?:text|number|url|path|option):(?:\\d{1,4}|long):[0-9a-f]{5}›|\\(redacted\\)";
const WHOLE = new RegExp(`^(?:${FORM})$`);
const INSIDE = new RegExp(FORM);

/** Whether a text is one mark. */
export function isMark(text: string): boolean {
  return WHOLE.test(text);
}

/** Whether a mark stands in a text: then nothing may be written with it, since the rest of the value is not known. */
export function hasMark(text: string): boolean {
  return INSIDE.test(text);
}
