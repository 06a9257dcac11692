import { describe, expect, it } from "vitest";
import type { Lookup } from "../../../src/analysis/workers/environment.ts";
import { shellCommands } from "../../../src/analysis/workers/shell.ts";
import { placeOf, shown, traced } from "../../../src/analysis/workers/traced.ts";

const ENVIRONMENT: { readonly [name: string]: string } = { SET: "a b", EMPTY: "", N: "7" };
const lookup: Lookup = (name) => {
  const value = ENVIRONMENT[name];
  return value === undefined ? { state: "unset", unread: [] } : { state: "set", value: traced(value, null) };
};
/** The words of each command; "?" is what cannot be known beforehand. */
const commands = (script: string) =>
  shellCommands(traced(script, { in: "command", word: 2 }), lookup).map(({ words }) => words.map(shown));

describe("a script as POSIX splits and expands it", () => {
  it.each([
    ["quotes", `a 'b c' "d e" f'g'"h"`, [["a", "b c", "d e", "fgh"]]],
    ["an empty word", `a '' ""`, [["a", "", ""]]],
    ["escapes", String.raw`a\ b "c\"d" \#e`, [["a b", 'c"d', "#e"]]],
    ["a line that goes on", "a \\\n  b", [["a", "b"]]],
    ["a comment, but no sharp within a word", "a b#c # d e", [["a", "b#c"]]],
    ["operators", "a && b || c; d | e &\nf", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]],
    ["operators within words", "a&&b", [["a"], ["b"]]],
    ["redirections", "a >/dev/null 2>&1 b <in &>all c", [["a", "b", "c"]]],
    ["a variable, split where it stands bare", `a $SET "$SET" '$SET'`, [["a", "a", "b", "a b", "$SET"]]],
    ["an empty variable", `a $EMPTY "$EMPTY"`, [["a", ""]]],
    ["fallbacks", `\${NO:-4} \${NO-5} \${EMPTY:-6} \${N:-8} \${N:+9} \${NO:+9}`, [["4", "5", "6", "7", "9"]]],
    ["fallbacks in fallbacks", `\${NO:-\${N}} "\${NO:-\${ALSO:-3}}"`, [["7", "3"]]],
    ["what is not known", "a $NO $(nproc) `nproc` $((N * 2)) $@ end", [["a", "?", "?", "?", "?", "?", "end"]]],
    ["a sum of figures", "$((2*2)) $((3 + 1))", [["4", "4"]]],
    ["assignments before a command", "A=1 B='x y' cmd z", [["cmd", "z"]]],
    ["an assignment of the script", "A=4; cmd $A", [["cmd", "4"]]],
    ["an assignment under a condition", "if x; then A=4; fi; cmd $A", [["x"], ["cmd", "?"]]],
    ["quotes that never close", `a "b c`, [["a", "b c"]]],
    ["brackets that never close", "a $(b ${c", [["a", "?"]]],
  ])("%s", (_, script, expected) => {
    expect(commands(script)).toEqual(expected);
  });

  it("keeps where a text stands", () => {
    const [command] = shellCommands(traced("exec app -w 12", { in: "command", word: 2 }), lookup);
    expect(placeOf(command?.words.at(-1) ?? [])).toEqual({ in: "command", word: 2, start: 12, end: 14 });
  });

  it("gives a program what is exported, and no other variable of the script", () => {
    const reaches = (script: string) => shellCommands(traced(script, null), lookup)[0]?.lookup("A").state;
    expect(reaches("export A=1; cmd")).toBe("set");
    expect(reaches("A=1 cmd")).toBe("set");
    expect(reaches("A=1; cmd")).toBe("unset");
  });

  it("does not follow a text without end", () => {
    expect(commands(`a ${"${X:-".repeat(500)}`)).toEqual([["a", "?"]]);
    expect(commands("x ".repeat(50_000))).toEqual([]);
  });
});
