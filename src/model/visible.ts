/**
 * Characters that a terminal or a reader's eye would obey instead of show: C0 and C1 controls except tab and newline,
 * and the bidirectional overrides (Unicode TR36). They come in names and annotations from outside.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** The same for asking whether there is one: without the memory of where the last was found. */
const ANY_OBEYED = new RegExp(OBEYED.source);

/** The text with every such character shown as its code point: ESC becomes "\u{1b}". */
export function visible(text: string): string {
  return text.replace(OBEYED, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
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

/** JSON text with every such character in it as JSON's own escape, so that the value stays what it was. */
export function visibleJson(json: string): string {
  return json.replace(OBEYED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
