import { investigate as investigateWith } from "../../api.ts";
import { alarmsGiven } from "../../app/alarm-given/given.ts";
import type { AlarmGiven } from "../../app/alarm-given/one.ts";
import { clusterTrouble, troubleText } from "../../app/first-look/trouble.ts";
import type { LiveOriginOptions } from "../../app/live-origin.ts";
import { type OriginOptions, originOf } from "../../app/origin.ts";
import { version } from "../../app/package.ts";
import { runInvestigation } from "../../app/run.ts";
import type { Terminal } from "../../app/terminal.ts";
import type { Opening, Session } from "../../model/session.ts";
import { NoSuchAlarm, Unusable } from "../../model/unusable.ts";
import { oneLine, visible } from "../../model/visible.ts";
import { plural } from "../../model/words.ts";
import { sessionsFolder } from "../../sessions/files.ts";
import { forget } from "../../sessions/prune.ts";
import { describeAlarms } from "../../sources/cloudwatch/questions.ts";
import { NOBODY } from "../../sources/descriptor.ts";
import { SOURCES } from "../../sources/descriptors.ts";
import { failed } from "../../sources/failure.ts";
import { KUBERNETES } from "../../sources/kubernetes/descriptor.ts";
import type { Source } from "../../sources/port.ts";
import { readRecording } from "../../sources/recording/recording.ts";
import { EXIT } from "../exit.ts";
import { lookedAt, tellTrouble, wordsFor } from "../first.ts";
import { isInteractive } from "../interactive.ts";
import { type ManifestsOptions, manifestsGiven } from "../manifests.ts";
import { type PrintOptions, printSession } from "../printed.ts";

export interface InvestigateOptions extends OriginOptions, LiveOriginOptions, ManifestsOptions, PrintOptions {
  readonly verbose?: boolean;
}

/** The main job: from an alarm to its cause, or from several, one after the other. Answers the exit code. */
export async function investigate(
  given: string | undefined,
  options: InvestigateOptions,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<number> {
  const alarms = given === undefined ? await chosen(options, terminal, stop) : await alarmsGiven(given, process.stdin);
  if (typeof alarms === "number") return alarms;
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
    // One login for all: what failed for this one fails for the others.
    const left = alarms.length - index - 1;
    if (code === EXIT.unread && options.fixture === undefined && left > 0) {
      terminal.err.write(`lbdoctor: skipped the other ${plural(left, "alarm")}\n`);
      break;
    }
  }
  return codeOf(codes);
}

/** Without a name: the alarm that a recording is of, or one that the person picks on the terminal; else an exit code. */
async function chosen(
  options: InvestigateOptions,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<readonly AlarmGiven[] | number> {
  if (options.fixture !== undefined) {
    const { manifest } = await readRecording(options.fixture);
    return [{ name: manifest.alarm, region: null, account: null }];
  }
  if (!isInteractive(terminal))
    throw new Unusable(
      "which alarm? Give its name, its ARN or a link to it, or - for standard input; see `lbdoctor investigate --help`",
    );
  const { liveOrigin } = await import("../../app/live-origin.ts");
  const { pickAlarm } = await import("../pick.ts");
  const nobody = { name: NOBODY, region: null, account: null };
  const { source, end } = liveOrigin(nobody, options, terminal.environment, stop);
  try {
    const picked = await pickAlarm(source, terminal, Date.now() / 1000, stop);
    if (stop.aborted) return EXIT.interrupted;
    if (picked === null) return EXIT["no-alarm"];
    if (!("kind" in picked)) return [picked];
    await tellTrouble(picked, source, nobody, terminal);
    return EXIT.unread;
  } finally {
    end();
  }
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
  const { source: asked, opening, told, end, live } = await beginning(alarm, options, terminal, stop, onBoard);
  const whole = { ...opening, version: version() };
  const part = { brief: true, oneOf: options.oneOf ?? false };
  const first = await lookedAt(asked, live, alarm, terminal, stop);
  const { source, cluster } = first;
  if (first.alarm !== "there" && first.alarm !== "stopped") {
    await tellTrouble(first.alarm, live, alarm, terminal);
    // A script that asked for a document gets one; nothing of it is worth keeping.
    const session = await investigateWith({ source, opening: whole });
    end();
    if (isJson(options)) await printSession(session, part, options, terminal);
    return EXIT[session.outcome ?? "unread"];
  }
  const refused = onBoard && first.alarm === "there" ? await refusalOf(source, whole) : null;
  if (refused) {
    // There is nothing to look at on a board, and nothing worth keeping.
    end();
    await printSession(refused, part, options, terminal);
    return EXIT["unsupported-alarm"];
  }
  if (onBoard && cluster === null && first.alarm === "there") {
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
  const blocked = outcome === "open" && cluster !== null && lacksCluster(session);
  const quiet = blocked && onBoard;
  if (outcome === "interrupted") {
    terminal.err.write(`lbdoctor: interrupted; what was found so far: lbdoctor show ${opening.id}\n`);
  } else if (onBoard && !quiet) {
    // Nothing of the cluster was needed, or AWS alone shows the cause.
    const { reopenOnBoard } = await import("./board.ts");
    const { how } = await reopenOnBoard(session, asked, options, terminal, stop);
    if (how === "interrupt") return 130;
  } else if (!quiet) {
    await printSession(withManifests(session), part, options, terminal);
  }
  // Half of the evidence is not worth keeping where the other half is one login away.
  if (quiet) forget(sessionsFolder(terminal.environment), opening.id);
  if (blocked && cluster) terminal.err.write(troubleText(clusterTrouble(cluster, wordsFor(alarm)), terminal.err));
  if (options.verbose) terminal.err.write(`lbdoctor: ${told()}\n`);
  return EXIT[outcome];
}

/**
 * The session that says why no playbook takes the alarm, where its own settings say so; null where one does, or where more
 * would have to be asked to know.
 */
async function refusalOf(source: Source, opening: Opening): Promise<Session | null> {
  let askedMore = false;
  const settings: Source = {
    ask: async (question) => {
      if (question.operation === describeAlarms([]).question.operation) return source.ask(question);
      askedMore = true;
      return failed({ kind: "not-recorded", message: "only the alarm's settings are read" });
    },
  };
  const session = await investigateWith({ source: settings, opening });
  return session.outcome === "unsupported-alarm" && !askedMore ? session : null;
}

/** Whether nothing of the cluster was read, and something was asked of it: an alarm of ECS asks nothing. */
function lacksCluster({ exchanges }: Session): boolean {
  const asked = exchanges.filter(({ question }) => question.source === KUBERNETES.id);
  return asked.length > 0 && asked.every(({ answer }) => answer?.status === "failed");
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
    return { ...origin, live: null, told: () => "read from a recording: no requests", end: () => {} };
  }
  const { liveOrigin } = await import("../../app/live-origin.ts");
  const origin = liveOrigin(alarm, options, environment, stop, onBoard);
  return { ...origin, live: origin.source, told: () => origin.source.tally.inWords(SOURCES) };
}
