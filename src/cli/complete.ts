import type { Command, Option } from "commander";
import { CONSENTS } from "../model/consent.ts";
import { LAYOUTS } from "../output/postmortem/layouts/index.ts";

/** A word that fits, with what it means. */
export interface Candidate {
  readonly word: string;
  readonly what: string;
}

/** What is completed with files or folders is left to the shell. */
export type Completed = readonly Candidate[] | "files" | "folders";

/** Names that only this machine or the account knows; each is asked only where it is wanted. */
export interface Names {
  alarms(): Promise<readonly Candidate[]>;
  sessions(): Promise<readonly Candidate[]>;
  pages(): Promise<readonly Candidate[]>;
  incidents(): Promise<readonly Candidate[]>;
  profiles(): Promise<readonly Candidate[]>;
}

const FOLDERS = ["fixture", "out", "manifests", "logs"];
const FILES = ["kubeconfig"];
/** The layouts by their names; a file of one's own where none begins so. */
const TEMPLATE = "template";

/**
 * What may stand in the place of the last word. `words` are those after "lbdoctor"; the last is what was begun, perhaps
 * nothing. The same for every shell: their scripts only ask this (src/cli/commands/completion.ts).
 */
export async function completed(program: Command, words: readonly string[], names: Names): Promise<Completed> {
  const begun = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const found = await candidates(program, before, begun, names);
  return typeof found === "string" ? found : found.filter(({ word }) => word.startsWith(begun));
}

async function candidates(
  program: Command,
  before: readonly string[],
  begun: string,
  names: Names,
): Promise<Completed> {
  const command = program.commands.find((one) => one.name() === before[0]);
  if (!command) return before.length > 0 ? [] : [...commandsOf(program), ...optionsOf(program)];
  const option = command.options.find(({ long, short }) => [long, short].includes(before.at(-1)));
  if (option && (option.required || option.optional)) return valuesOf(option, begun, names);
  if (begun.startsWith("-")) return optionsOf(command);
  const given = positional(command, before.slice(1));
  const argument = command.registeredArguments[given];
  if (!argument) return optionsOf(command);
  if (argument.argChoices) return argument.argChoices.map((word) => ({ word, what: "" }));
  return named(argument.name(), program, names);
}

function named(argument: string, program: Command, names: Names): Promise<Completed> | Completed {
  switch (argument) {
    case "alarm":
      return names.alarms();
    case "session":
      return names.sessions();
    case "name":
      return names.pages();
    case "incident":
      return names.incidents();
    case "command":
      return commandsOf(program);
    case "dir":
      return "folders";
    default:
      return [];
  }
}

function valuesOf(option: Option, begun: string, names: Names): Promise<Completed> | Completed {
  const name = option.long?.slice(2) ?? "";
  if (option.argChoices) return option.argChoices.map((word) => ({ word, what: "" }));
  if (name === "allow") return Object.entries(CONSENTS).map(([word, what]) => ({ word, what }));
  if (name === "profile") return names.profiles();
  if (name === TEMPLATE && LAYOUTS.some(({ id }) => id.startsWith(begun)))
    return LAYOUTS.map(({ id, title }) => ({ word: id, what: title }));
  if (name === TEMPLATE || FILES.includes(name)) return "files";
  return FOLDERS.includes(name) ? "folders" : [];
}

/** How many arguments stand there already; an option's value is none. */
function positional(command: Command, words: readonly string[]): number {
  return words.filter((word, index) => {
    if (word.startsWith("-") && word !== "-") return false;
    const option = command.options.find(({ long, short }) => [long, short].includes(words[index - 1]));
    return !option || !(option.required || option.optional);
  }).length;
}

function commandsOf(program: Command): Candidate[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .map((one) => ({ word: one.name(), what: one.description() }));
}

function optionsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, short, description }) => ({ word: long ?? short ?? "", what: description }));
}
