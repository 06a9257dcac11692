import type { Command, Option } from "commander";
import { oneLine } from "../model/visible.ts";

/** One example: what is typed, and what it is for. */
export type Example = readonly [typed: string, what: string];

const ALARM = "k8s-api-prod-core-7db0ccf2c3-target-response-time";

/** How the commands are grouped in the list of all. */
const GROUPS: readonly (readonly [heading: string, commands: readonly string[]])[] = [
  ["Find the cause:", ["investigate", "doctor", "plan"]],
  ["Afterwards:", ["fix", "show", "sessions", "resume", "postmortem", "verify"]],
  ["Share and replay:", ["record", "redact"]],
  ["Learn:", ["explain", "demo", "drill"]],
  ["Set up:", ["completion", "help"]],
];

/** How the options of a command are grouped; the others are its own. */
const OPTION_GROUPS: readonly (readonly [heading: string, options: readonly string[]])[] = [
  [
    "Where to read:",
    ["fixture", "region", "profile", "context", "kubeconfig", "prometheus-url", "logs", "athena", "athena-workgroup"],
  ],
  ["When:", ["since", "window"]],
  ["Off by default:", ["allow", "allow-exec"]],
  ["Output:", ["json", "plain", "manifests", "verbose", "format", "template", "redact", "force", "color", "no-color"]],
];

const EXAMPLES: { readonly [command: string]: readonly Example[] } = {
  investigate: [
    [`lbdoctor investigate ${ALARM}`, "find the cause; opens the board on a terminal"],
    ["lbdoctor investigate", "pick one of the alarms that are or were in ALARM today"],
    ["pbpaste | lbdoctor investigate - --plain", "the alarm's e-mail, link or notification from the clipboard"],
    [`lbdoctor investigate ${ALARM} --since 2026-06-26T05:00Z --window 6h`, "a time in the past"],
    [`lbdoctor investigate ${ALARM} --logs ./logs`, "with log files that you have downloaded"],
  ],
  record: [
    [`lbdoctor record ${ALARM} --out incident-4711`, "a redacted recording, for a ticket"],
    [`lbdoctor investigate ${ALARM} --fixture incident-4711`, "replays it anywhere"],
  ],
  redact: [
    ["lbdoctor redact incident-4711 --out shared --strict", "mask descriptions, tags, labels and paths too"],
    ["lbdoctor redact incident-4711 --out shared --also acme wombat", "mask these words as well"],
  ],
  plan: [
    [`lbdoctor plan ${ALARM}`, "the commands, and the IAM actions and RBAC rules that they need"],
    [`lbdoctor plan ${ALARM} --json | jq -r '.iam[]'`, "the IAM actions only"],
  ],
  doctor: [
    ["lbdoctor doctor", "what is set up, what is missing, and how to get it"],
    ["lbdoctor doctor --profile prod --context prod-eks", "for another account and cluster"],
  ],
  resume: [
    ["lbdoctor resume", "the latest investigation, on the board"],
    ["lbdoctor resume 2026-06-26", "by the beginning of its ID"],
  ],
  fix: [
    ["lbdoctor fix", "for the latest investigation: changes, commands, checks, rollback"],
    ["lbdoctor fix --manifests ./deploy", "also as diffs of your own Kubernetes manifests"],
  ],
  show: [
    ["lbdoctor show", "the latest investigation again"],
    ["lbdoctor show 24", "its finding [24]: figures, and the commands that reproduce it"],
    ["lbdoctor show 2026-06-26 24 --json", "the same from another session, for a script"],
  ],
  sessions: [
    ["lbdoctor sessions", "what was investigated, when, and with which result"],
    ["lbdoctor sessions --prune --older-than 30d", "remove those last written more than 30 days ago"],
  ],
  postmortem: [
    ["lbdoctor postmortem", "for the latest investigation, as markdown"],
    ["lbdoctor postmortem 2026-06-26 --format html --out incident.html", "as one page, for a browser"],
    ["lbdoctor postmortem --template google", "in the order of Google's SRE book; also pagerduty, coe, or a file"],
    ["lbdoctor postmortem --redact --out -", "to standard output, with names replaced by tokens"],
  ],
  verify: [
    ["lbdoctor verify 2026-06-26", "after the fix: the same alarm now, compared at equal load"],
    ["lbdoctor verify 2026-06-26 --window 1d --json", "over the last day, for a script"],
  ],
  explain: [
    ["lbdoctor explain", "list all names, with a line on each"],
    ["lbdoctor explain worker-concurrency-ceiling", "a cause"],
    ['lbdoctor explain "round robin"', "a term; LOR, HPA, GIL work too"],
  ],
  demo: [
    ["lbdoctor demo", "the board on a recorded incident; no account needed"],
    ["lbdoctor demo clumping --plain", "another one, as plain text"],
  ],
  drill: [
    ["lbdoctor drill", "work the main incident yourself, with aws, kubectl and PromQL"],
    ["lbdoctor drill --section F", "only the questions of one section"],
    ["lbdoctor drill --answers", "the answer key, with the evidence"],
  ],
  completion: [
    ["source <(lbdoctor completion bash)", "bash, for this shell; put it into ~/.bashrc"],
    ["source <(lbdoctor completion zsh)", "zsh; put it into ~/.zshrc, after compinit"],
    ["lbdoctor completion fish > ~/.config/fish/completions/lbdoctor.fish", "fish"],
  ],
};

/** The examples of a command. */
export function examplesOf(command: string): readonly Example[] {
  return EXAMPLES[command] ?? [];
}

/** Groups the commands, marks what is required, puts examples under each help, and says where the help is. */
export function withHelp(program: Command): Command {
  const order = GROUPS.flatMap(([, names]) => names);
  const place = (one: Command) => (order.includes(one.name()) ? order.indexOf(one.name()) : order.length);
  // Groups stand in the order of their first commands.
  (program.commands as Command[]).sort((a, b) => place(a) - place(b));
  for (const command of program.commands) {
    const name = command.name();
    const group = GROUPS.find(([, names]) => names.includes(name));
    if (group) command.helpGroup(group[0]);
    const examples = examplesOf(name).flatMap(([typed, what]) => [`  # ${what}`, `  $ ${typed}`]);
    if (examples.length > 0) command.addHelpText("after", `\nExamples:\n${examples.join("\n")}`);
    for (const option of command.options) {
      const own = OPTION_GROUPS.find(([, names]) => names.includes(option.long?.slice(2) ?? ""));
      if (own) option.helpGroup(own[0]);
    }
    command.configureHelp({ optionDescription: described });
    command.configureOutput({ outputError: (text, write) => write(complaint(text, `lbdoctor ${name} --help`)) });
  }
  return program.configureOutput({ outputError: (text, write) => write(complaint(text, "lbdoctor --help")) });
}

/** What commander says of wrong usage, in one line. Arguments are repeated in it; they must not command the terminal. */
function complaint(text: string, help: string): string {
  const said = oneLine(text.trim().replace(/^error: /, "")).replace(/\.$/, "");
  return `lbdoctor: ${said}; see \`${help}\`\n`;
}

function described(option: Option): string {
  const choices = option.argChoices ? ` (${option.argChoices.join(", ")})` : "";
  return `${option.mandatory ? "required: " : ""}${option.description}${choices}`;
}
