import { type AlarmGiven, alarmGiven } from "../../app/alarm-given.ts";
import type { LiveOriginOptions } from "../../app/live-origin.ts";
import { type OriginOptions, originOf } from "../../app/origin.ts";
import { runInvestigation } from "../../app/run.ts";
import { jsonReport } from "../../output/json.ts";
import { plainPage } from "../../output/plain.ts";
import { EXIT } from "../exit.ts";
import { isInteractive } from "../interactive.ts";
import { type ManifestsOptions, manifestsGiven } from "../manifests.ts";
import { version } from "../package.ts";
import { styleOf, type Terminal } from "../terminal.ts";

export interface InvestigateOptions extends OriginOptions, LiveOriginOptions, ManifestsOptions {
  readonly verbose?: boolean;
  readonly json?: boolean;
  readonly plain?: boolean;
  readonly color?: boolean;
}

/** The main job: from an alarm to its cause. Answers the exit code. */
export async function investigate(
  given: string,
  options: InvestigateOptions,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<number> {
  const alarm = await alarmGiven(given, process.stdin);
  const onBoard = !options.json && !options.plain && isInteractive(terminal);
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
    const shown = withManifests(session);
    terminal.out.write(options.json ? jsonReport(shown) : plainPage(shown, styleOf(terminal, options)));
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
  return { ...origin, told: () => origin.source.tally.inWords() };
}
