import type { Command } from "commander";
import { knownAlarms } from "../../app/first-look/alarms.ts";
import { incidents } from "../../app/incidents.ts";
import { packageFile } from "../../app/package.ts";
import type { Terminal } from "../../app/terminal.ts";
import { oneLine } from "../../model/visible.ts";
import { sessionsFolder } from "../../sessions/files.ts";
import { listSessions } from "../../sessions/listing.ts";
import { LIMITS } from "../../sources/limits.ts";
import { LiveSource } from "../../sources/live.ts";
import { type Candidate, completed, type Names } from "../complete.ts";
import { readPages } from "../pages.ts";

/** Milliseconds that a person at the tab key waits for the account; what is not there by then is not offered. */
const QUICK = 900;
const LIMITED = { ...LIMITS, question: QUICK, request: QUICK, whole: QUICK, connect: QUICK / 2, attempts: 1 };
/** More would fill the screen. */
const MOST = 200;

/** Answers a shell's question what fits, one word with its meaning on a line. Never a complaint: it would stand in the prompt. */
export async function complete(
  program: Command,
  words: readonly string[],
  { environment, out }: Terminal,
): Promise<number> {
  const over = new AbortController();
  const names: Names = {
    alarms: async () =>
      distinct([...(await keptAlarms(environment)), ...(await accountAlarms(environment, over.signal))]),
    sessions: async () => {
      const kept = await listSessions(sessionsFolder(environment));
      return kept.map(({ id, about }) => ({ word: id, what: about?.conclusion?.headline ?? about?.alarmName ?? "" }));
    },
    pages: async () => (await readPages(packageFile("playbooks/"))).map(({ id, about }) => ({ word: id, what: about })),
    incidents: async () => (await incidents()).map(({ id, title }) => ({ word: id, what: title })),
    profiles: async () => {
      const { knownProfiles } = await import("../../sources/aws/client.ts");
      return (await knownProfiles()).map((word) => ({ word, what: "" }));
    },
  };
  const found = await completed(program, words, quietly(names));
  const lines =
    typeof found === "string"
      ? [`:${found}`]
      : found.slice(0, MOST).map(({ word, what }) => (what === "" ? word : `${oneLine(word)}\t${oneLine(what)}`));
  out.write(lines.map((line) => `${line}\n`).join(""));
  over.abort();
  return 0;
}

/** A folder that cannot be read has nothing to offer. */
function quietly(names: Names): Names {
  const quiet = Object.entries(names).map(([name, ask]) => [name, () => ask().catch((): Candidate[] => [])]);
  return Object.fromEntries(quiet) as Names;
}

async function keptAlarms(environment: NodeJS.ProcessEnv): Promise<Candidate[]> {
  const kept = await listSessions(sessionsFolder(environment)).catch(() => []);
  return kept.flatMap(({ about }) => (about ? [{ word: about.alarmName, what: "investigated before" }] : []));
}

/** The load balancers' alarms of the account, where a region is set and it answers at once. */
async function accountAlarms(environment: NodeJS.ProcessEnv, stop: AbortSignal): Promise<Candidate[]> {
  if (!environment.AWS_REGION && !environment.AWS_DEFAULT_REGION && !environment.AWS_PROFILE) return [];
  const live = new LiveSource({ environment, stop, limits: LIMITED, allowExec: false });
  const alarms = await knownAlarms(live);
  if ("kind" in alarms) return [];
  return alarms.filter(({ onLoadBalancer }) => onLoadBalancer).map(({ name, state }) => ({ word: name, what: state }));
}

function distinct(all: readonly Candidate[]): Candidate[] {
  const last = new Map(all.map((one) => [one.word, one]));
  return [...last.values()];
}
