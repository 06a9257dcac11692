/** A word for a POSIX shell: as it is where no shell would read more into it, else in single quotes. */
export function shellQuoted(word: string): string {
  return /^[\w@:,./+-][\w@:,./+=-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A command of these words. */
export function shellLine(...words: readonly string[]): string {
  return words.map(shellQuoted).join(" ");
}

/**
 * Whether the AWS CLI would not take an option's value as it stands: for another option, or for a file or page to read the
 * value from. Version 1 fetches http:// and https:// (cli_follow_urlparam), and every version reads file:// and fileb://.
 */
export function isMistakable(value: string): boolean {
  return /^(-|\w+:\/\/)/.test(value);
}
