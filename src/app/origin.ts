import { resolve } from "node:path";
import { type ConsentOptions, isAllowed } from "../model/consent.ts";
import type { Opening } from "../model/session.ts";
import { epoch, iso } from "../model/time.ts";
import { NoSuchAlarm, Unusable } from "../model/unusable.ts";
import { oneLine, visible } from "../model/visible.ts";
import { sessionId } from "../sessions/id.ts";
import { ACCESS_LOGS } from "../sources/access-logs/descriptor.ts";
import type { Source } from "../sources/port.ts";
import { readRecording } from "../sources/recording/recording.ts";
import { Replayer } from "../sources/recording/replay.ts";
import { LogsBeside } from "./logs-beside.ts";
import { windowOf } from "./window.ts";

/** What the options say about where the answers come from and what is asked. */
export interface OriginOptions extends ConsentOptions {
  readonly fixture?: string;
  readonly since?: string;
  readonly window?: string;
  /** A folder with log files of the load balancer, read beside the recording. */
  readonly logs?: string;
}

export interface Origin {
  readonly source: Source;
  readonly opening: Omit<Opening, "version">;
}

/** Where the answers come from: a recording, with its own moment, window and permission unless the options say otherwise. */
export async function originOf(alarmName: string, options: OriginOptions): Promise<Origin> {
  if (options.fixture === undefined) {
    throw new Unusable("--fixture DIR names the recording to read");
  }
  const { manifest, answers, recorded: all, identity } = await readRecording(options.fixture);
  if (alarmName !== manifest.alarm) {
    const folder = visible(resolve(options.fixture));
    throw new NoSuchAlarm(`${folder} is a recording of ${oneLine(manifest.alarm)}, not of ${oneLine(alarmName)}`);
  }
  const now = epoch(manifest.now);
  const recorded = { start: epoch(manifest.window.start), end: epoch(manifest.window.end) };
  const asked = {
    alarmName,
    now: iso(now),
    window: windowOf(options, now, recorded),
    allowExec: isAllowed("exec", options) || manifest.allowExec,
  };
  const logs = options.logs !== undefined || all.some(({ question }) => question.source === ACCESS_LOGS.id);
  const replayer = new Replayer({ answers });
  const description = `${manifest.title}: ${manifest.provenance}`;
  return {
    source: options.logs === undefined ? replayer : new LogsBeside(replayer, options.logs),
    opening: {
      id: sessionId(options.logs === undefined ? identity : `${identity} ${resolve(options.logs)}`, asked),
      ...asked,
      ...(logs && { logs }),
      source: { kind: "fixture", fixture: visible(manifest.id), description: visible(description) },
    },
  };
}
