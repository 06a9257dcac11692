import type { Lookup } from "./environment.ts";
import { expansion } from "./shell-expansion.ts";
import { type Glyph, shown, type Traced, textOf, untold } from "./traced.ts";

/** One simple command of a script: its words after expansion, the assignments before it ("FOO=4 gunicorn …") taken off. */
export interface ShellCommand {
  readonly words: readonly Traced[];
  /** The environment that the program gets. */
  readonly lookup: Lookup;
}

/** Characters of a script that is read; what is longer is a program, and no command line. */
const LONGEST = 20_000;
const ASSIGNMENT = /^([A-Za-z_]\w*)=/;
/** Words of control structures; what they enclose is read as commands all the same. */
const KEYWORDS = new Set([
  "if",
  "then",
  "else",
  "elif",
  "fi",
  "do",
  "done",
  "while",
  "until",
  "for",
  "case",
  "esac",
  "{",
  "}",
  "!",
]);
const CONDITIONAL = new Set(["if", "while", "until", "for", "case"]);

/**
 * The simple commands of a script, as POSIX splits it (Shell Command Language, 2.2 Quoting, 2.3 Token Recognition, 2.6
 * Word Expansions): quotes, comments, redirections, `;`, `&&`, `||`, `|`, `&`. What cannot be known beforehand (`$(…)`, a
 * variable that nothing sets) stays a part that is not known. Assignments and `export` count for the commands after them.
 */
export function shellCommands(script: Traced, environment: Lookup): ShellCommand[] {
  return script.length > LONGEST ? [] : new Reader(script, environment).read();
}

class Reader {
  readonly #text: Traced;
  readonly #environment: Lookup;
  readonly #variables = new Map<string, Traced>();
  readonly #exported = new Set<string>();
  readonly #commands: ShellCommand[] = [];
  #at = 0;
  #word: Glyph[] | null = null;
  /** How much of the word stands in no quotes, so that "A='x'" is an assignment and "'A=x'" is none. */
  #bare = "";
  #words: { readonly word: Traced; readonly bare: string }[] = [];
  #conditional = false;
  #skipsNext = false;

  constructor(script: Traced, environment: Lookup) {
    this.#text = script;
    this.#environment = environment;
  }

  read(): ShellCommand[] {
    while (this.#at < this.#text.length) this.#step();
    this.#endCommand();
    return this.#commands;
  }

  #lookup: Lookup = (name) => {
    const value = this.#variables.get(name);
    return value ? { state: "set", value } : this.#environment(name);
  };

  #step(): void {
    const glyph = this.#text[this.#at];
    const char = glyph?.char ?? null;
    if (!glyph || char === null) this.#take(glyph ? [glyph] : [], 1);
    else if (char === "'") this.#single();
    else if (char === '"') this.#double();
    else if (char === "\\") this.#escape();
    else if (char === "#" && this.#word === null) this.#at = this.#find("\n", this.#at);
    else if (char === "$" || char === "`") this.#dollar(false);
    else if (/[\n;&|()]/.test(char)) this.#separator(char);
    else if (char === ">" || char === "<") this.#redirection();
    else if (/\s/.test(char)) {
      this.#endWord();
      this.#at += 1;
    } else {
      this.#bare += char;
      this.#take([glyph], 1);
    }
  }

  #separator(char: string): void {
    // "2>&1" and "&>file" redirect; they end no command.
    const redirects =
      char === "&" && (this.#text[this.#at - 1]?.char === ">" || this.#text[this.#at + 1]?.char === ">");
    if (!redirects) this.#endCommand();
    this.#at += 1;
  }

  #take(glyphs: readonly Glyph[], length: number): void {
    this.#word ??= [];
    for (const glyph of glyphs) this.#word.push(glyph);
    this.#at += length;
  }

  #single(): void {
    const from = this.#at + 1;
    const end = this.#find("'", from);
    this.#take(this.#text.slice(from, end), end + 1 - this.#at);
  }

  #double(): void {
    this.#word ??= [];
    this.#at += 1;
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at]?.char;
      if (char === '"') break;
      if (char === "$" || char === "`") this.#dollar(true);
      else if (char === "\\" && /[$`"\\\n]/.test(this.#text[this.#at + 1]?.char ?? "")) this.#escape();
      else this.#take(this.#text.slice(this.#at, this.#at + 1), 1);
    }
    this.#at += 1;
  }

  #escape(): void {
    const next = this.#text[this.#at + 1];
    if (next?.char === "\n") this.#at += 2;
    else this.#take(next ? [next] : [], 2);
  }

  #dollar(quoted: boolean): void {
    const { value, length } = expansion(this.#text.slice(this.#at), this.#lookup);
    this.#at += length;
    for (const glyph of value) {
      // What stands in no quotes is split again at its blanks (2.6.5 Field Splitting).
      if (!quoted && glyph.char !== null && /\s/.test(glyph.char)) this.#endWord();
      else this.#take([glyph], 0);
    }
  }

  #redirection(): void {
    // The number of a descriptor belongs to it: "2>".
    if (/^\d$/.test(this.#bare) && this.#word?.length === 1) this.#word = null;
    this.#endWord();
    while (/[<>&|]/.test(this.#text[this.#at]?.char ?? "")) this.#at += 1;
    this.#skipsNext = true;
  }

  #find(char: string, from: number): number {
    const found = this.#text.findIndex((glyph, index) => index >= from && glyph.char === char);
    return found === -1 ? this.#text.length : found;
  }

  #endWord(): void {
    if (this.#word !== null && !this.#skipsNext) this.#words.push({ word: this.#word, bare: this.#bare });
    if (this.#word !== null) this.#skipsNext = false;
    this.#word = null;
    this.#bare = "";
  }

  #endCommand(): void {
    this.#endWord();
    const words = this.#words;
    this.#words = [];
    while (KEYWORDS.has(textOf(words[0]?.word ?? []) ?? "")) {
      const keyword = textOf(words.shift()?.word ?? []) ?? "";
      if (CONDITIONAL.has(keyword)) this.#conditional = true;
    }
    const assignments = new Map<string, Traced>();
    while (words[0] && ASSIGNMENT.test(words[0].bare)) {
      const [name, value] = assigned(words.shift()?.word ?? []);
      assignments.set(name, value);
    }
    const first = textOf(words[0]?.word ?? []);
    if (words.length === 0) for (const [name, value] of assignments) this.#assign(name, value);
    else if (first === "export" || first === "readonly") {
      for (const { word } of words.slice(1)) {
        if (ASSIGNMENT.test(shown(word))) this.#assign(...assigned(word));
        this.#exported.add(shown(word).replace(/=[\s\S]*$/, ""));
      }
    } else if (first === "unset") for (const { word } of words.slice(1)) this.#assign(shown(word), []);
    else {
      // Only what is exported reaches a program, or what was in its environment before (2.9.1 Simple Commands).
      const reaches = ([name]: [string, Traced]) => this.#exported.has(name) || this.#environment(name).state === "set";
      const variables = new Map([...[...this.#variables].filter(reaches), ...assignments]);
      const lookup: Lookup = (name) => {
        const value = variables.get(name);
        return value ? { state: "set", value } : this.#environment(name);
      };
      this.#commands.push({ words: words.map(({ word }) => word), lookup });
    }
  }

  #assign(name: string, value: Traced): void {
    const branch = { what: `${name}, which the script sets under a condition`, look: null };
    this.#variables.set(name, this.#conditional ? untold([branch]) : value);
  }
}

function assigned(word: Traced): [string, Traced] {
  const equals = word.findIndex(({ char }) => char === "=");
  return [shown(word.slice(0, equals)), word.slice(equals + 1)];
}
