import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Unusable } from "../model/unusable.ts";
import { visible } from "../model/visible.ts";
import { allOf, namesIn, type SessionFile, type SessionFiles, sessionFiles, writtenAt } from "./files.ts";
import { type Rule, standingRule } from "./rule.ts";
import { hasCode, removeQuietly, writeTrouble } from "./writable.ts";

/** Milliseconds after which a file that nobody has written to belongs to no process any more, whatever its name says. */
const ABANDONED = 3_600_000;

export interface Pruned {
  readonly removed: readonly string[];
  /** Bytes that they took. */
  readonly size: number;
  readonly kept: number;
}

/** Removes the sessions that the rule does not keep. Throws an Unusable. */
export function prune(folder: string, rule: Rule, now: number): Pruned {
  const sessions = sessionFiles(folder);
  const going = sessions.filter((session, place) => isOver(session, place, rule, now));
  for (const session of going) remove(folder, allOf(session));
  return {
    removed: going.map(({ id }) => id),
    size: going.flatMap(allOf).reduce((sum, { size }) => sum + size, 0),
    kept: sessions.length - going.length,
  };
}

/** Removes one session, whatever the rule says; nothing where there is none of this id. Throws an Unusable. */
export function forget(folder: string, id: string): void {
  for (const session of sessionFiles(folder)) if (session.id === id) remove(folder, allOf(session));
}

/**
 * What is done beside every investigation that is kept: files that a killed process left half made go, runs whose session
 * has come to its end since, and what the standing rule does not keep. A session with a person's notes goes only when
 * somebody asks for it. It never throws: whoever waits for a cause has other worries.
 */
export async function tidyQuietly(folder: string, environment: NodeJS.ProcessEnv, running: string): Promise<void> {
  // The first questions are on their way by then.
  await setImmediate();
  try {
    const now = Date.now();
    for (const name of namesIn(folder)) if (isLeftOver(folder, name, now)) removeQuietly(join(folder, name));
    const sessions = sessionFiles(folder);
    for (const { whole, runs } of sessions) {
      if (whole)
        remove(
          folder,
          runs.filter(({ written }) => now - written > ABANDONED),
        );
    }
    const rule = standingRule(environment);
    const going = sessions.filter(
      (session, place) =>
        !session.user && session.id !== running && !isUnderWay(session, now) && isOver(session, place, rule, now),
    );
    for (const session of going) remove(folder, allOf(session));
  } catch (error) {
    // A rule that cannot be understood removes nothing; `lbdoctor sessions` tells it.
    if (!(error instanceof Unusable)) throw error;
  }
}

function isOver(session: SessionFiles, place: number, { newest, age }: Rule, now: number): boolean {
  return place >= newest || now - writtenAt(session) > age * 1000;
}

/** Whether it may be another process that is investigating just now: what has ended keeps no run. */
function isUnderWay({ runs }: SessionFiles, now: number): boolean {
  return runs.some(({ written }) => now - written <= ABANDONED);
}

function remove(folder: string, files: readonly SessionFile[]): void {
  for (const { name } of files) {
    const path = join(folder, name);
    try {
      rmSync(path, { force: true });
    } catch (error) {
      throw new Unusable(`${visible(path)}: ${writeTrouble(error)}`);
    }
  }
}

/** Whether a file was being made by a process that is no more. */
function isLeftOver(folder: string, name: string, now: number): boolean {
  const maker = /\.(\d+)\.part$/.exec(name)?.[1];
  if (maker === undefined) return false;
  if (!isRunning(Number(maker))) return true;
  try {
    // The number may be another process's by now.
    return now - statSync(join(folder, name)).mtimeMs > ABANDONED;
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be signalled, and it runs.
    return hasCode(error, "EPERM");
  }
}
