import { distance } from "fastest-levenshtein";
import { CAUSES, FACTORS } from "../model/vocabulary.ts";
import { copy, handleAction, summary } from "./actions.ts";
import { isSaved, saved } from "./acts.ts";
import type { Meaning } from "./handle-key.ts";
import type { KeyName } from "./keys.ts";
import { allFindings, type Row, rowsOf } from "./rows.ts";
import type { Scene } from "./scene.ts";

/** What can be typed after a colon. */
interface Command {
  readonly name: string;
  /** In a few words, for the help. */
  readonly about: string;
  /** What stands behind it, for the help and the completion; without this it takes nothing. */
  readonly takes?: { readonly words: string; readonly candidates?: (scene: Scene) => readonly string[] };
  readonly run: (rest: string, scene: Scene) => Meaning;
}

/** A command that is a key by its name. */
function asKey(name: string, key: KeyName, about: string): Command {
  return { name, about, run: (_, scene) => handleAction(key, scene) };
}

export const COMMANDS: readonly Command[] = [
  asKey("fix", "f", "the fix"),
  {
    name: "show",
    about: "a finding by its number, or anything by its id",
    takes: { words: "ID", candidates: ids },
    run: show,
  },
  {
    name: "explain",
    about: "the page about a cause or a factor",
    takes: { words: "NAME", candidates: () => [...CAUSES, ...FACTORS] },
    run: explain,
  },
  asKey("postmortem", "p", "write the postmortem"),
  asKey("copy", "y", "copy the selected row"),
  {
    name: "summary",
    about: "copy the summary, for Slack or as markdown",
    takes: { words: "[slack|markdown]", candidates: () => ["slack", "markdown"] },
    run: (rest, scene) => copy(summary(scene, rest.startsWith("m") ? "markdown" : "slack"), scene),
  },
  asKey("commands", "c", "the commands behind the selected row"),
  {
    name: "note",
    about: "a note on the selected finding",
    takes: { words: "[TEXT]" },
    run: (rest, scene) => withText(handleAction("n", scene), rest, scene),
  },
  {
    name: "add",
    about: "a finding of your own",
    takes: { words: "[TEXT]" },
    run: (rest, scene) => withText(handleAction("+", scene), rest, scene),
  },
  {
    name: "rule-out",
    about: "rule out the selected hypothesis",
    takes: { words: "[REASON]" },
    run: (rest, scene) => withText(handleAction("x", scene), rest, scene),
  },
  {
    name: "accept",
    about: "accept it",
    takes: { words: "[REASON]" },
    run: (rest, scene) => withText(handleAction("a", scene), rest, scene),
  },
  asKey("undo", "u", "undo that"),
  asKey("re-run", "r", "re-run the selected row's step"),
  asKey("allow-exec", "E", "allow reading in one pod (kubectl exec)"),
  {
    name: "search",
    about: "list only rows with these words; without any, all rows",
    takes: { words: "[WORDS]" },
    run: (rest) => [{ type: "search", query: rest }],
  },
  { name: "mouse", about: "mouse on or off; off, the terminal selects text", run: () => [{ type: "mouse" }] },
  { name: "redraw", about: "redraw the screen", run: () => [{ type: "redraw" }] },
  { name: "help", about: "keys, commands and symbols", run: () => [{ type: "page", page: { kind: "help" } }] },
  { name: "quit", about: "leave", run: () => [{ type: "quit", how: "quit" }] },
];

/** Short forms that fingers know. */
const SHORT: { readonly [typed: string]: string } = {
  q: "quit",
  "q!": "quit",
  qa: "quit",
  wq: "quit",
  h: "help",
  "?": "help",
};

/** Commands of the shell that the board has no use for. */
const IN_THE_SHELL: readonly string[] = [
  "investigate",
  "doctor",
  "plan",
  "sessions",
  "resume",
  "verify",
  "record",
  "redact",
  "demo",
  "drill",
  "completion",
];

/** Runs what was typed after the colon; one sentence where there is no such command. */
export function runCommand(typed: string, scene: Scene): Meaning {
  const [word = "", rest = ""] = split(typed);
  if (word === "") return [];
  if (/^\d+$/.test(word)) return show(word, scene);
  const name = SHORT[word] ?? word;
  // An unambiguous beginning is enough, as in vim.
  const begun = COMMANDS.filter((one) => one.name.startsWith(name));
  const command = COMMANDS.find((one) => one.name === name) ?? (begun.length === 1 ? begun[0] : undefined);
  if (command) return command.run(rest, scene);
  // Every key is a command too.
  const byKey = word.length === 1 ? handleAction(word, scene) : [];
  if (byKey.length > 0) return byKey;
  if (IN_THE_SHELL.includes(word)) return say(`${word} is for the shell: q, then lbdoctor ${word}`);
  return say(unknown(word, begun));
}

function unknown(word: string, begun: readonly Command[]): string {
  if (begun.length > 1) return `“${word}” could be ${begun.map(({ name }) => name).join(" or ")}`;
  const [near] = COMMANDS.map(({ name }) => ({ name, off: distance(word, name) })).sort((a, b) => a.off - b.off);
  const meant = near && near.off <= 2 ? `did you mean ${near.name}?` : "Tab lists them";
  return `there is no command “${word}”; ${meant}`;
}

/** What could stand where the caret is, at the end of what was typed. */
export function candidatesFor(typed: string, scene: Scene): readonly string[] {
  const [word = "", rest] = split(typed);
  if (rest === undefined) return COMMANDS.map(({ name }) => name).filter((name) => name.startsWith(word));
  const command = COMMANDS.find(({ name }) => name === word);
  return (command?.takes?.candidates?.(scene) ?? []).filter((one) => one.startsWith(rest));
}

/** What was typed, with as much behind it as all candidates have in common. */
export function completed(typed: string, scene: Scene): string {
  const candidates = candidatesFor(typed, scene);
  const [first] = candidates;
  if (first === undefined) return typed;
  const [word, rest] = split(typed);
  const before = rest === undefined ? "" : `${word} `;
  if (candidates.length > 1) return before + common(candidates);
  const takesMore = rest === undefined && COMMANDS.find(({ name }) => name === first)?.takes !== undefined;
  return `${before}${first}${takesMore ? " " : ""}`;
}

/** What all of them begin with. */
function common([first = "", ...others]: readonly string[]): string {
  let length = first.length;
  while (!others.every((text) => text.startsWith(first.slice(0, length)))) length -= 1;
  return first.slice(0, length);
}

/** The command, and what stands behind it; only the command where no blank follows it yet. */
function split(typed: string): [string, string] | [string] {
  const [, word = "", blank, rest = ""] = /^\s*(\S*)(\s*)(.*)$/s.exec(typed) ?? [];
  return blank === "" ? [word] : [word, rest.trimEnd()];
}

function say(message: string): Meaning {
  return [{ type: "say", message }];
}

/** What the action opens to be typed into, or what is saved at once where the text was given with the command. */
function withText(opened: Meaning, text: string, scene: Scene): Meaning {
  const [first] = opened;
  if (text === "" || first?.type !== "type" || !isSaved(first.purpose)) return opened;
  return saved(first.purpose, text, scene);
}

function ids({ session, pictures }: Scene): readonly string[] {
  return [...new Set(rowsOf(session, null, pictures).map(idOf))];
}

/** A row's id as people and the printed page have it: without the kind before it. */
function idOf({ id }: Row): string {
  return id.slice(id.indexOf(":") + 1);
}

function show(wanted: string, scene: Scene): Meaning {
  if (wanted === "") return say("show what? A number, as in :show 7, or an id; Tab completes it");
  const { session, pictures, geometry } = scene;
  const numbered = /^\[?(\d+)\]?$/.exec(wanted)?.[1];
  const finding = numbered === undefined ? undefined : allFindings(session)[Number(numbered) - 1]?.id;
  const row = rowsOf(session, null, pictures).find((one) =>
    finding ? one.id === `finding:${finding}` : idOf(one) === wanted,
  );
  if (!row) {
    const count = allFindings(session).length;
    return say(`there is no ${wanted} here; findings are 1 to ${count}, Tab completes IDs`);
  }
  return [
    { type: "page", page: null },
    { type: "search", query: "" },
    { type: "choose", row: row.id, anchor: 2 },
    ...(geometry.detail === 0 ? ([{ type: "depth", depth: "open" }] as const) : []),
  ];
}

function explain(wanted: string, scene: Scene): Meaning {
  if (wanted === "") return handleAction("e", scene);
  const known: readonly string[] = [...CAUSES, ...FACTORS];
  if (!known.includes(wanted))
    return say(`no cause or factor is called ${wanted}; for other words: lbdoctor explain ${wanted}`);
  return [
    { type: "about", id: wanted },
    { type: "page", page: { kind: "about", id: wanted } },
  ];
}
