const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * The fields of a line, which are apart by one space each and stand in quotes where they may hold spaces; at most so many.
 * A quote inside a quoted field has a backslash before it. Somebody's user agent may end with a backslash itself: without
 * `escapes` a quote ends its field wherever a space or the line's end follows. Null where a quote is never closed.
 */
export function fieldsOf(line: string, most: number, escapes = true): string[] | null {
  const fields: string[] = [];
  const { length } = line;
  for (let at = 0; at < length && fields.length < most; ) {
    if (line.charCodeAt(at) === QUOTE) {
      const end = endOfQuoted(line, at + 1, escapes);
      if (end === -1) return null;
      fields.push(line.slice(at + 1, end));
      at = end + 2;
    } else {
      const space = line.indexOf(" ", at);
      const end = space === -1 ? length : space;
      fields.push(line.slice(at, end));
      at = end + 1;
    }
  }
  return fields;
}

/** Where the quoted field ends that begins at `start`; -1 where it does not. */
function endOfQuoted(line: string, start: number, escapes: boolean): number {
  for (let end = line.indexOf('"', start); end !== -1; end = line.indexOf('"', end + 1)) {
    const next = end + 1;
    if (next < line.length && line.charCodeAt(next) !== SPACE) continue;
    if (!escapes || !isEscaped(line, start, end)) return end;
  }
  return -1;
}

function isEscaped(line: string, start: number, at: number): boolean {
  let before = at;
  while (before > start && line.charCodeAt(before - 1) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 1;
}
