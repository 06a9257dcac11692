import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { World } from "../../simulator/world.ts";
import { iso } from "../../src/model/time.ts";
import { emptyFolder, lbdoctor, type Ran, start } from "../cli/lbdoctor.ts";
import { remembering, WorldSource, worldOf } from "../integration/worlds.ts";
import { type Loopback, type LoopbackOptions, startLoopback } from "../loopback/server.ts";

export interface CommandLine {
  readonly world: World;
  readonly loopback: Loopback;
  /** Its home, where the kubeconfig and the sessions lie. */
  readonly home: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The alarm, and the options for the moment at which the incident happened. */
  readonly alarm: string;
  readonly when: readonly string[];
  run(...words: readonly string[]): Promise<Ran>;
  start(...words: readonly string[]): ReturnType<typeof start>;
}

/** The built command line before the main incident on a loopback, with an environment of its own. */
export async function commandLine(
  options: Partial<LoopbackOptions> = {},
  more: NodeJS.ProcessEnv = {},
): Promise<CommandLine> {
  const world = worldOf("worker-ceiling");
  const loopback = await startLoopback({ source: remembering(new WorldSource(world)), ...options });
  onTestFinished(() => loopback.close());
  const home = emptyFolder();
  mkdirSync(join(home, ".kube"));
  writeFileSync(join(home, ".kube", "config"), loopback.kubeconfig);
  const { alarm, now, window } = world.scenario;
  const environment = {
    HOME: home,
    AWS_ENDPOINT_URL: loopback.awsUrl,
    AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_REGION: "eu-west-2",
    AWS_EC2_METADATA_DISABLED: "true",
    ...more,
  };
  const surroundings = { state: home, environment };
  return {
    world,
    loopback,
    home,
    environment,
    alarm: alarm.name,
    when: ["--since", iso(now - window), "--window", `${window / 60}m`],
    run: (...words) => lbdoctor(words, surroundings),
    start: (...words) => start(words, surroundings),
  };
}
