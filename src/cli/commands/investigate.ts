import { alarmsGiven } from "../../app/alarm-given/given.ts";
import type { AlarmGiven } from "../../app/alarm-given/one.ts";
import type { LiveOriginOptions } from "../../app/live-origin.ts";
import { type OriginOptions, originOf } from "../../app/origin.ts";
import { version } from "../../app/package.ts";
import { runInvestigation } from "../../app/run.ts";
import type { Terminal } from "../../app/terminal.ts";
import { NoSuchAlarm } from "../../model/unusable.ts";
import { oneLine, visible } from "../../model/visible.ts";
import { SOURCES } from "../../sources/descriptors.ts";
import { EXIT } from "../exit.ts";
import { isInteractive } from "../interactive.ts";
import { type ManifestsOptions, manifestsGiven } from "../manifests.ts";
import { type PrintOptions, printed } from "../printed.ts";

export interface InvestigateOptions extends OriginOptions, LiveOriginOptions, ManifestsOptions, PrintOptions {
  readonly verbose?: boolean;
}

/** The main job: from an alarm to its cause, or from several, one after the other. Answers the exit code. */
export async function investigate(
  given: string,
  options: InvestigateOptions,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<number> {
  const alarms = await alarmsGiven(given, process.stdin);
  const [only] = alarms;
  if (alarms.length === 1 && only) return investigateOne(only, options, terminal, stop);
  terminal.err.write(`lbdoctor: ${alarms.length} alarms, one after the other\n`);
  const codes: number[] = [];
  for (const [index, alarm] of alarms.entries()) {
    const place = `${index + 1} of ${alarms.length}: ${oneLine(alarm.name)}`;
    terminal.err.write(`lbdoctor: ${place}\n`);
    // JSON is one document on each line; everything else is told apart by a line above each.
    if (!isJson(options)) terminal.out.write(`${index === 0 ? "" : "\n"}=== ${place} ===\n\n`);
    const code = await notStopped(terminal, () => investigateOne(alarm, { ...options, oneOf: true }, terminal, stop));
    codes.push(code);
    if (code === EXIT.interrupted) break;
  }
  return codeOf(codes);
}

function isJson({ json, format }: PrintOptions): boolean {
  return json === true || format === "json";
}

/** 0 only where a cause is established for every alarm; else the first other code. An interruption is told before all. */
function codeOf(codes: readonly number[]): number {
  return codes.includes(EXIT.interrupted) ? EXIT.interrupted : (codes.find((code) => code !== 0) ?? 0);
}

/** An alarm that is not there does not cost the others. */
async function notStopped(terminal: Terminal, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof NoSuchAlarm)) throw error;
    terminal.err.write(`lbdoctor: ${visible(error.message)}\n`);
    return EXIT["no-alarm"];
  }
}

async function investigateOne(
  alarm: AlarmGiven,
  options: InvestigateOptions & { readonly oneOf?: boolean },
  terminal: Terminal,
  stop: AbortSignal,
): Promise<number> {
  const asText = options.json || options.plain || options.format !== undefined;
  const onBoard = !asText && !options.oneOf && isInteractive(terminal);
  // Before anything is asked, so that a mistyped folder costs nothing.
  const withManifests = await manifestsGiven(options, terminal);
  const { source, opening, told, end } = await beginning(alarm, options, terminal, stop, onBoard);
  const whole = { ...opening, version: version() };
  if (onBoard) {
    const { investigateOnBoard } = await import("./board.ts");
    const { session, how } = await investigateOnBoard(source, whole, options, terminal, stop);
    end();
    if (options.manifests !== undefined)
      terminal.err.write(`lbdoctor: the diffs of your manifests: lbdoctor show ${opening.id} --manifests DIR\n`);
    return how === "interrupt" ? 130 : EXIT[session.outcome ?? "interrupted"];
  }
  const session = await runInvestigation({ source, opening: whole }, terminal, stop);
  end();
  const outcome = session.outcome ?? "interrupted";
  if (outcome === "interrupted") {
    terminal.err.write(`lbdoctor: interrupted; what was found so far: lbdoctor show ${opening.id}\n`);
  } else {
    terminal.out.write(await printed(withManifests(session), options, terminal));
  }
  if (options.verbose) terminal.err.write(`lbdoctor: ${told()}\n`);
  return EXIT[outcome];
}

/** Where the answers come from, and what it cost when it is over. The live adapters are loaded only where they are used. */
async function beginning(
  alarm: AlarmGiven,
  options: InvestigateOptions,
  { environment }: Terminal,
  stop: AbortSignal,
  onBoard: boolean,
) {
  if (options.fixture !== undefined) {
    const origin = await originOf(alarm.name, options);
    return { ...origin, told: () => "read from a recording: no requests", end: () => {} };
  }
  const { liveOrigin } = await import("../../app/live-origin.ts");
  const origin = liveOrigin(alarm, options, environment, stop, onBoard);
  return { ...origin, told: () => origin.source.tally.inWords(SOURCES) };
}
