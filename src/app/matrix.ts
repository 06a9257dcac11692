import { differential, type Separation, separators } from "../engine/differential.ts";
import type { CauseDefinition, Playbook } from "../model/playbook.ts";
import { ANSWERS, type Condition, type SignalAnswer } from "../model/signal.ts";

/** The differential diagnosis of the playbooks, as a page. */
export function matrixPage(playbooks: readonly Playbook[]): string {
  return `${[
    "# What tells the causes apart",
    "",
    "Written by `npm run matrix` from the tables of the causes; a test keeps it current.",
    ...playbooks.flatMap(section),
  ].join("\n")}\n`;
}

function section({ id, causes }: Playbook): string[] {
  const { apart, alike } = differential(causes);
  return [
    "",
    `## ${id}`,
    ...causes.flatMap((cause) => causeLines(cause, apart.get(cause.cause) ?? [])),
    "",
    `### Not told apart (${id})`,
    "",
    ...(alike.length === 0
      ? ["Every pair has a separating signal."]
      : alike.map(
          ({ causes: [one, other], declared }) => `- \`${one}\` and \`${other}\`: ${declared ?? "not declared"}`,
        )),
  ];
}

function causeLines(cause: CauseDefinition, separations: readonly Separation[]): string[] {
  const { elsewhere, specific, rejects, needs, supports } = cause;
  const told = [...new Set(separations.map(({ from }) => from))].map((from) => {
    const signals = separations.filter((one) => one.from === from).map(({ signal }) => `\`${signal.id}\``);
    return `- from \`${from}\` by ${signals.join(", ")}`;
  });
  return [
    "",
    `### ${cause.cause}`,
    "",
    `Shown by ${specific.length === 0 ? "nothing of its own" : specific.map(({ id }) => `\`${id}\``).join(", ")}.`,
    ...(elsewhere ? [`Left open by \`${elsewhere.id}\` yes.`] : []),
    ...row("Ruled out by", rejects),
    ...row("Needs", needs),
    ...row("Supported by", supports),
    "",
    ...told,
  ];
}

function row(title: string, conditions: readonly Condition[]): string[] {
  if (conditions.length === 0) return [];
  return [`${title} ${conditions.map(({ signal, answers }) => `\`${signal.id}\` ${answers.join("/")}`).join(", ")}.`];
}

/** What tells a cause from its neighbours, for the page that explains it; empty where it is judged in no playbook. */
export function apartFrom(cause: string, playbooks: readonly Playbook[]): string[] {
  const lines = playbooks.flatMap(({ causes }) => {
    const found = [...separators(causes)].find(([one]) => one === cause)?.[1] ?? [];
    return found.map(
      ({ from, signal, here, there }) =>
        `- \`${from}\`: ${signal.question} (${inWords(here)} here, ${inWords(there)} there)`,
    );
  });
  // Two playbooks may tell the same pair apart by the same signal.
  return [...new Set(lines)];
}

/** "yes or unclear"; where all but one answer fit, the one that does not. */
function inWords(answers: readonly SignalAnswer[]): string {
  const others = ANSWERS.filter((answer) => !answers.includes(answer));
  return others.length === 1 ? `not ${others[0]}` : answers.join(" or ");
}
