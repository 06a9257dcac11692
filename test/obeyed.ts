/*
 * Every character that an output may not hold, by its code point and apart from the code that shows it: controls but tab
 * and newline, separators of lines and paragraphs, and what Unicode draws as nothing.
 */
export const OBEYED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex lint/suspicious/noMisleadingCharacterClass: they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u;

/** One of each kind: a C0 and a C1 control, a mark of direction, joiners, a filler, a variation selector, a tag. */
export const UNSEEN =
  "\u001b\u009b\u00ad\u061c\u200b\u200c\u200d\u200e\u2028\u2029\u202e\u2060\u2066\u3164\ufe0f\ufeff\u{e0041}\u{e0100}";
