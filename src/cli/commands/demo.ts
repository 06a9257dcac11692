import { incidentCalled } from "../../app/incidents.ts";
import type { Terminal } from "../../app/terminal.ts";
import { visible } from "../../model/visible.ts";
import { type InvestigateOptions, investigate } from "./investigate.ts";

export type DemoOptions = Pick<InvestigateOptions, "plain" | "json" | "color">;

/** Investigates a recorded incident that the package brings: no account, no cluster, no network. Answers the exit code. */
export async function demo(
  wanted: string | undefined,
  options: DemoOptions,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<number> {
  const { alarm, folder, title } = await incidentCalled(wanted);
  terminal.err.write(`lbdoctor: a recorded incident: ${visible(title)}\n`);
  return investigate(alarm, { ...options, fixture: folder }, terminal, stop);
}
