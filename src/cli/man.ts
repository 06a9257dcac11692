import type { Argument, Command, Option } from "commander";
import { examplesOf } from "./help.ts";

/** What the manual page says beside the commands: titles and paragraphs, the same that stand under the help. */
export interface ManualPart {
  readonly title: string;
  readonly rows: readonly (readonly [term: string, text: string])[];
}

/** The manual page (roff, man(7)), made from the text of the help. `version` as in package.json. */
export function manualPage(program: Command, version: string, parts: readonly ManualPart[]): string {
  const commands = program
    .createHelp()
    .visibleCommands(program)
    .filter((one) => one.name() !== "help");
  const lines = [
    `.TH LBDOCTOR 1 "" "lbdoctor ${version}" "User Commands"`,
    ".SH NAME",
    `lbdoctor \\- ${text(lowered(program.description()))}`,
    ".SH SYNOPSIS",
    ".B lbdoctor",
    "\\fIcommand\\fR [\\fIoptions\\fR] [\\fIarguments\\fR]",
    ".SH DESCRIPTION",
    paragraph(
      `${program.description()} It changes nothing, sends nothing anywhere, and gives the same answer for the same evidence.`,
    ),
    ".SH COMMANDS",
    ...commands.flatMap(commandLines),
    ...parts.flatMap(partLines),
    ".SH EXAMPLES",
    ...commands.flatMap((command) => examplesOf(command.name()).slice(0, 1).flatMap(exampleLines)),
    "",
  ];
  return lines.join("\n");
}

function commandLines(command: Command): string[] {
  const words = command.registeredArguments.map(argumentText).join(" ");
  const options = command
    .createHelp()
    .visibleOptions(command)
    .filter(({ long }) => long !== "--help");
  return [
    `.SS "lbdoctor ${command.name()}${words === "" ? "" : ` ${words}`}"`,
    paragraph(`${command.description()}.`),
    ...options.flatMap(optionLines),
  ];
}

function argumentText(argument: Argument): string {
  const name = argument.argChoices ? argument.argChoices.join("|") : argument.name();
  return argument.required ? name : `[${name}]`;
}

function optionLines({ flags, description, mandatory }: Option): string[] {
  return [".TP", `.B ${text(flags)}`, paragraph(`${mandatory ? "Required: " : ""}${description}.`)];
}

function partLines({ title, rows }: ManualPart): string[] {
  return [
    `.SH ${title.toUpperCase()}`,
    ...rows.flatMap(([term, what]) => [".TP", `.B ${text(term)}`, paragraph(what)]),
  ];
}

function exampleLines([typed, what]: readonly [string, string]): string[] {
  return [".PP", paragraph(`${what}:`), ".PP", ".RS", ".nf", text(typed), ".fi", ".RE"];
}

function paragraph(words: string): string {
  return text(words.replace(/\.\.$/, ".").replace(/^./, (first) => first.toUpperCase()));
}

function lowered(words: string): string {
  return words.replace(/^./, (first) => first.toLowerCase()).replace(/\.$/, "");
}

/** A backslash begins a command of roff, and a point or an apostrophe at the beginning of a line; a hyphen is one that can be copied. */
function text(words: string): string {
  return words
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^(?=['.])/gm, "\\&");
}
