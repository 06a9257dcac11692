/** A word for a POSIX shell: as it is where no shell would read more into it, else in single quotes. */
export function shellQuoted(word: string): string {
  return /^[\w@:,./+-][\w@:,./+=-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
