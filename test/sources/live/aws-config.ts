import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { LiveSource } from "../../../src/sources/live.ts";
import type { Loopback } from "../../loopback/server.ts";
import { QUICK, rig, sampleSource } from "./rig.ts";

/* AWS as it is found by a configuration file alone. */

/** Gives back the environment as it was, after each test. */
export function keepEnvironment(): void {
  let before: NodeJS.ProcessEnv;
  beforeEach(() => {
    before = { ...process.env };
  });
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  });
}

/** The environment of somebody who has nothing but a configuration file, in a home of its own. */
export async function withConfig(config: (loopback: Loopback, folder: string) => string) {
  const { loopback, folder } = await rig({ source: sampleSource });
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  const file = join(folder, "config");
  writeFileSync(file, config(loopback, folder));
  Object.assign(process.env, {
    HOME: folder,
    AWS_CONFIG_FILE: file,
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "none"),
    AWS_EC2_METADATA_DISABLED: "true",
  });
  const live = (profile?: string, environment: NodeJS.ProcessEnv = process.env, stop?: AbortSignal) =>
    new LiveSource({
      profile,
      environment,
      stop,
      kubeconfig: join(folder, "kubeconfig"),
      allowExec: false,
      limits: QUICK,
    });
  return { loopback, folder, live };
}

export const KEYS = "aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret";

/** What was asked of AWS; beside the first question the search for a Prometheus begins. */
export function posts({ requests }: Loopback): string[] {
  return requests.filter((request) => request.startsWith("POST "));
}
