import type { ManualPart } from "./man.ts";

/*
 * What the help, the manual page and docs/reference.md say alike beside the commands.
 */

export const EXIT_CODES: ManualPart = {
  title: "Exit codes",
  rows: [
    ["0", "a cause is established or likely"],
    ["1", "internal error"],
    ["2", "wrong usage, or unreadable input"],
    ["3", "finished without a cause, or an alarm that lbdoctor does not judge"],
    ["4", "there is no such alarm"],
    ["5", "AWS cannot be read"],
    ["130", "interrupted; the session is kept"],
  ],
};

export const ENVIRONMENT: ManualPart = {
  title: "Environment",
  rows: [
    ["AWS_PROFILE, AWS_REGION, AWS_*", "as in the AWS CLI; AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE> too"],
    ["KUBECONFIG", "as in kubectl"],
    ["PROMETHEUS_URL", "as --prometheus-url"],
    ["PROMETHEUS_TOKEN", "its bearer token; or PROMETHEUS_USERNAME and PROMETHEUS_PASSWORD"],
    ["PROMETHEUS_CA_FILE, PROMETHEUS_ORG_ID", "its CA certificate; the Mimir tenant"],
    ["HTTPS_PROXY, HTTP_PROXY, NO_PROXY", "proxies"],
    ["NO_COLOR, PAGER", "no colours; the pager for long output (cat: none)"],
    ["INK_SCREEN_READER", "true: the board line by line, for screen readers"],
    ["XDG_STATE_HOME, LBDOCTOR_KEEP", "where sessions are kept, and for how long"],
    ["LBDOCTOR_DEBUG", "1: show a stack trace with internal errors"],
  ],
};

export const KEEPING: ManualPart = {
  title: "Sessions",
  rows: [
    ["where", "$XDG_STATE_HOME/lbdoctor/sessions (~/.local/state/lbdoctor/sessions)"],
    ["how long", "the newest 200, for up to 90 days; those with your notes stay"],
    ["LBDOCTOR_KEEP", 'sets a different rule: "50", "30d", "50,30d" or "all"'],
    ["--prune", "applies the rule now"],
  ],
};

export const BOARD: ManualPart = {
  title: "Keys of the board",
  rows: [
    ["arrows, j k h l, mouse", "choose, open, go back; Ctrl-d and Ctrl-u by half a screen; Shift-drag selects text"],
    ["f, p, e, c", "the fix; write the postmortem; explain; the commands behind the selected row"],
    ["y, Y", "copy the selected row; the summary for Slack"],
    ["/, n, N", "search; next match, previous match"],
    ["n, +", "note on a finding; a finding of your own"],
    ["x, a, u", "rule out or accept a hypothesis, with a reason; undo"],
    ["r, E", "re-run a step; allow reading in one pod"],
    [":", "a command, like :show 7, :fix, :summary markdown, :mouse, :q; Tab completes it"],
    ["?", "all keys, commands and symbols"],
    ["q, Ctrl-C, Ctrl-Z", "quit; quit with exit code 130; suspend until fg"],
  ],
};

/** A part as text under a help. */
export function rowsText({ title, rows }: ManualPart): string {
  const width = Math.max(...rows.map(([term]) => term.length));
  return `\n${title}:\n${rows.map(([term, text]) => `  ${term.padEnd(width)}  ${text}`).join("\n")}`;
}
