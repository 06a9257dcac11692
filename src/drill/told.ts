import type { Keyed, KeyPart } from "./key.ts";

/** A page is told down to so many lines; `lbdoctor explain` has the rest. */
const LINES = 14;
/** Of a finding, so many commands. */
const COMMANDS = 2;

/** How a text of markdown becomes lines, and how long lines are broken. */
export interface Lines {
  readonly page: (markdown: string) => readonly string[];
  readonly wrapped: (text: string) => readonly string[];
}

/** The answer key of a question, for a terminal. */
export function keyLines({ key }: Keyed, { page, wrapped }: Lines): string[] {
  return key.flatMap(({ text, finding, commands, page: id }, index) => {
    const isPage = id !== null && finding === null && commands.length === 0 && text.includes("\n");
    const all = isPage ? page(text) : wrapped(finding === null ? text : `${text} [${finding}]`);
    const cut = isPage && all.length > LINES;
    const told = all.slice(0, cut ? LINES : all.length);
    return [
      ...(index === 0 ? [] : [""]),
      ...told,
      ...(isPage && id !== null ? [cut ? `… the whole page: lbdoctor explain ${id}` : `lbdoctor explain ${id}`] : []),
      ...commands.slice(0, COMMANDS).map((command) => `$ ${shortened(command)}`),
    ];
  });
}

/** A command with the metrics of every target group would fill the screen: its beginning says which one it is. */
const LONGEST = 400;

function shortened(command: string): string {
  return command.length <= LONGEST
    ? command
    : `${command.slice(0, LONGEST)}…  (in full: lbdoctor demo, then c on the finding)`;
}

/** Where the answer can be found, without telling it: a command to run against what is served, or a page to read. */
export function hintOf({ key, places }: Keyed): string {
  const command = key.flatMap(({ commands }) => commands)[0];
  if (command !== undefined) return `run:  ${shortened(command)}`;
  const page = key.find((part) => part.page !== null)?.page;
  if (page !== undefined && page !== null) return `read: lbdoctor explain ${page}`;
  return places.includes("team") ? "ask your team" : "look at the fix: lbdoctor fix, or the postmortem";
}

/** Whether an answer tells a figure that the key tells too; with none of them in the key nobody can say. */
export function tellsFigure(answer: string, key: readonly KeyPart[]): boolean | null {
  const figures = new Set(key.flatMap(({ text }) => figuresIn(text)));
  if (figures.size === 0) return null;
  return figuresIn(answer).some((figure) => figures.has(figure));
}

function figuresIn(text: string): string[] {
  return (text.match(/\d+(?:\.\d+)?/g) ?? []).map((figure) => String(Number(figure)));
}
