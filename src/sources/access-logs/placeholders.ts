/** Nothing was logged: what is asked next does not hang on it. */
export function placeholder(): unknown {
  return { read: { engine: "files", objects: 0, bytes: 0, lines: 0, unreadable: 0, broken: 0 }, rows: [] };
}
