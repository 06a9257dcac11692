import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { WorldSource } from "../../simulator/source.ts";
import { buildWorld, type World } from "../../simulator/world.ts";
import { type Answer, questionKey } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import { type LiveOptions, LiveSource } from "../../src/sources/live.ts";
import type { Source } from "../../src/sources/port.ts";
import { awsEnvironment } from "../loopback/environment.ts";
import { type Loopback, type LoopbackOptions, startLoopback } from "../loopback/server.ts";
import { investigatedAt } from "./investigated.ts";

export const INCIDENT_NAMES = Object.keys(INCIDENTS) as (keyof typeof INCIDENTS)[];

export function worldOf(incident: keyof typeof INCIDENTS): World {
  return buildWorld(INCIDENTS[incident]());
}

export interface Online {
  readonly loopback: Loopback;
  readonly kubeconfig: string;
  /** A folder of its own, removed at the end. */
  readonly folder: string;
  /** New live adapters in front of the loopback. */
  live(more?: Partial<LiveOptions>): LiveSource;
  close(): Promise<void>;
}

/** A world behind the wire protocols. */
export async function online(options: LoopbackOptions): Promise<Online> {
  const loopback = await startLoopback(options);
  const folder = mkdtempSync(join(tmpdir(), "lbdoctor-online-"));
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(kubeconfig, loopback.kubeconfig);
  awsEnvironment(loopback.awsUrl);
  return {
    loopback,
    kubeconfig,
    folder,
    live: (more = {}) => new LiveSource({ kubeconfig, allowExec: true, environment: {}, ...more }),
    close: async () => {
      await loopback.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** An investigation of a world's alarm by a source, at the world's own moment. */
export function investigated({ scenario }: World, source: Source): Promise<Session> {
  return investigatedAt({ alarm: scenario.alarm.name, now: scenario.now, window: scenario.window }, source);
}

/** What an investigation says, without where it comes from and without the raw answers. */
export function said({ findings, hypotheses, factors, verdict, fixes, gaps, facts, outcome }: Session) {
  return { findings, hypotheses, factors, verdict, fixes, gaps, facts, outcome };
}

/** The same source, each answer made once: a simulated one takes longer than a server may. */
export function remembering(source: Source): Source {
  const known = new Map<string, Promise<Answer>>();
  return {
    ask: (question) => {
      const key = questionKey(question);
      const answer = known.get(key) ?? source.ask(question);
      known.set(key, answer);
      return answer;
    },
  };
}

export { WorldSource };
