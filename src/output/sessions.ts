import type { Outcome, Session } from "../model/session.ts";
import { oneLine } from "../model/visible.ts";
import { paintOf, type Style, wrapped } from "./layout.ts";

/** A kept session for the list; `session` is null where its file is damaged. */
export interface Listed {
  readonly id: string;
  readonly session: Session | null;
  readonly damage: string | null;
}

const OUTCOME: Record<Exclude<Outcome, "established" | "likely">, string> = {
  open: "no cause established",
  "unsupported-alarm": "no playbook takes this alarm",
  "no-alarm": "no such alarm",
  unread: "AWS could not be read",
  defect: "a part of lbdoctor failed",
  interrupted: "interrupted",
};

/** Past investigations in the order given, each with its alarm and what came of it. */
export function sessionList(list: readonly Listed[], style: Style): string {
  const paint = paintOf(style);
  if (list.length === 0) return "No investigation has been kept yet.\n";
  const blocks = list.map((one) => {
    const lines = one.session ? [one.session.opening.alarmName, outcomeOf(one.session)] : [`damaged: ${one.damage}`];
    const shown = lines.flatMap((line) => wrapped(oneLine(line), style.width - 2).map((text) => `  ${text}`));
    return [paint.bold(oneLine(one.id)), ...shown].join("\n");
  });
  return `${blocks.join("\n")}\n`;
}

/** What came of a session, in one line. A session without an outcome belongs to a process that was killed. */
function outcomeOf({ outcome, verdict }: Session): string {
  if (outcome === null) return OUTCOME.interrupted;
  if (outcome === "established" || outcome === "likely")
    return `${verdict?.confidence}: ${verdict?.rootCause} · ${verdict?.headline}`;
  return OUTCOME[outcome];
}
