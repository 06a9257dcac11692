import type { AlarmGiven } from "../app/alarm-given/one.ts";
import { type FirstLook, firstLook } from "../app/first-look/look.ts";
import { awsTrouble, missingAlarm, type Trouble, troubleText } from "../app/first-look/trouble.ts";
import { Progress } from "../app/progress.ts";
import type { Terminal } from "../app/terminal.ts";
import type { Failure } from "../model/question.ts";
import { oneLine } from "../model/visible.ts";
import { CLOUDWATCH } from "../sources/cloudwatch/descriptor.ts";
import type { LiveSource } from "../sources/live.ts";
import type { Source } from "../sources/port.ts";
import { sourceWords } from "../sources/words.ts";

/** The first look, with a word on the terminal while it takes its time. `live` is null for a recording. */
export async function lookedAt(
  source: Source,
  live: LiveSource | null,
  { name }: AlarmGiven,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<FirstLook> {
  if (live === null) return firstLook(source, name, stop, false);
  const progress = new Progress(terminal);
  const showing = terminal.err.isTTY;
  source.onWait?.((sentence) => progress.wait(sentence));
  if (showing) progress.wait(`asking AWS and the cluster about ${oneLine(name)} …`);
  try {
    return await firstLook(source, name, stop, true);
  } finally {
    // What is waited for later is whoever's that asks then; here it would stand in the line of what is told next.
    source.onWait?.(() => {});
    if (showing) progress.wait("");
  }
}

/** Tells why it cannot begin. */
export async function tellTrouble(
  why: "missing" | Failure,
  live: LiveSource | null,
  alarm: AlarmGiven,
  terminal: Terminal,
): Promise<void> {
  const trouble = live === null ? recordedTrouble(why, alarm) : await liveTrouble(why, live, alarm, terminal);
  terminal.err.write(troubleText(trouble, terminal.err));
}

/** A recording has no other region to look in, and its login is long over. */
function recordedTrouble(why: "missing" | Failure, { name }: AlarmGiven): Trouble {
  if (why === "missing") return { what: `the recording has no alarm "${name}".`, lines: [] };
  const remedy = sourceWords.remedy(why.kind, CLOUDWATCH.id);
  return { what: `the recording does not have the alarm's settings: ${why.message}.`, lines: [["Do", remedy]] };
}

async function liveTrouble(
  why: "missing" | Failure,
  live: LiveSource,
  alarm: AlarmGiven,
  { environment }: Terminal,
): Promise<Trouble> {
  if (why === "missing") {
    const region = await (await live.opened(CLOUDWATCH)).region().catch(() => null);
    return missingAlarm(live, alarm.name, wordsFor(alarm), region);
  }
  const { knownProfiles } = await import("../sources/aws/client.ts");
  return awsTrouble(why, wordsFor(alarm), {
    profiles: await knownProfiles(),
    hasKeys: Boolean(environment.AWS_ACCESS_KEY_ID),
  });
}

/** The command as it was typed, for giving it again; an alarm from standard input stands by its name. */
export function wordsFor({ name }: AlarmGiven): string[] {
  return process.argv.slice(2).map((word) => (word === "-" ? name : word));
}
