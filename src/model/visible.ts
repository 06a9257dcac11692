/**
 * Characters that a terminal or a reader's eye would obey, or would not see at all: C0 and C1 controls except tab and
 * newline, line and paragraph separators, halves of surrogate pairs, and all that Unicode draws as nothing
 * (Default_Ignorable_Code_Point of UAX 44: bidirectional controls, zero-width characters, the soft hyphen, fillers,
 * variation selectors, tags). They come in names and annotations from outside; two names that differ only in them look
 * the same.
 */
const OBEYED = /[\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Cs}\ufff9-\ufffb]|[^\P{Cc}\t\n]/gu;
/** The same for asking whether there is one: without the memory of where the last was found. */
const ANY_OBEYED = new RegExp(OBEYED.source, "u");

/** The text with every such character shown as its code point: ESC becomes "\u{1b}". */
export function visible(text: string): string {
  return text.replace(OBEYED, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** `visible`, and on one line. */
export function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, " ").trim();
}

/**
 * The value with every string in it made visible, keys too; the value itself where nothing has to be shown, which is
 * nearly always: an answer may be tens of MB. Answers pass through this before anything reads them.
 */
export function visibleDeep(value: unknown): unknown {
  return isObeyed(value) ? shown(value) : value;
}

function isObeyed(value: unknown): boolean {
  if (typeof value === "string") return ANY_OBEYED.test(value);
  if (Array.isArray(value)) {
    // Most of an answer are numbers in long lists: those cost no call.
    for (const one of value) if (typeof one !== "number" && isObeyed(one)) return true;
    return false;
  }
  if (value === null || typeof value !== "object") return false;
  // Answers are plain objects of JSON; the pairs of Object.entries would cost more than the look at them.
  for (const key in value) if (ANY_OBEYED.test(key) || isObeyed((value as Record<string, unknown>)[key])) return true;
  return false;
}

function shown(value: unknown): unknown {
  if (typeof value === "string") return visible(value);
  if (Array.isArray(value)) return value.map(shown);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [visible(key), shown(inner)]));
}

/** JSON text with every such character in it as JSON's own escapes, so that the value stays what it was. */
export function visibleJson(json: string): string {
  return json.replace(OBEYED, (character) => character.split("").map(asEscape).join(""));
}

/** One UTF-16 code unit; JSON writes a character beyond the first plane as two (RFC 8259, 7). */
function asEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
