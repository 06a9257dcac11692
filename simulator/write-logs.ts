/**
 * `npm run logs -- DIR [--kind KIND] [--seed N] [--megabytes N]`: writes the log files of a simulated world into a folder,
 * under the keys that they have in a bucket. `--megabytes`: so much of access log unpacked, made of as many worlds of the
 * same load balancer, one day before the other; about 1,000 is a gigabyte, or 120 MB packed.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { logObjects, packed } from "./logs/objects.ts";
import type { LogKind } from "./logs/spec.ts";
import { buildWorld, type World } from "./world.ts";
import { WORLD_KINDS, worldFor } from "./worlds.ts";

const KINDS: readonly LogKind[] = ["access", "connection", "health-check"];

export interface Written {
  readonly objects: number;
  /** Bytes of the access log, unpacked and packed. */
  readonly raw: number;
  readonly packed: number;
}

/** Writes all objects of a world's logs into a folder. */
export async function writeLogs(world: World, folder: string): Promise<Written> {
  const { now } = world.scenario;
  let [objects, raw, size] = [0, 0, 0];
  for (const kind of KINDS)
    for (const object of logObjects(world, kind, world.start, now)) {
      const bytes = packed(object);
      const path = join(folder, object.key);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
      objects += 1;
      if (kind !== "access") continue;
      raw += object.lines.reduce((all, line) => all + line.length + 1, 0);
      size += bytes.length;
    }
  return { objects, raw, packed: size };
}

const DAY = 86_400;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kind: { type: "string", default: "logged-slow-dependency" },
      seed: { type: "string", default: "1" },
      megabytes: { type: "string", default: "0" },
    },
  });
  const kind = WORLD_KINDS.find((one) => one === values.kind);
  const [folder] = positionals;
  const [seed, wanted] = [Number(values.seed), Number(values.megabytes) * 1e6];
  if (!folder || !kind || !Number.isInteger(seed) || !(wanted >= 0))
    throw new RangeError(
      `a folder, a kind of world with logs, a seed and a size; not ${positionals.join(" ")} ${values.kind}`,
    );
  const { scenario } = worldFor(kind, seed);
  if (!scenario.logs) throw new RangeError(`worlds of kind ${kind} have no logs`);
  let written: Written = { objects: 0, raw: 0, packed: 0 };
  for (let day = 0; day === 0 || written.raw < wanted; day += 1) {
    // The first is the world itself; the others are days before it, which nobody has judged.
    const world = buildWorld(
      day === 0 ? scenario : { ...scenario, seed: scenario.seed + day, now: scenario.now - day * DAY },
    );
    const { objects, raw, packed: size } = await writeLogs(world, folder);
    written = { objects: written.objects + objects, raw: written.raw + raw, packed: written.packed + size };
  }
  console.log(
    `${written.objects} objects; access log ${Math.round(written.raw / 1e6)} MB, ${Math.round(written.packed / 1e6)} MB packed`,
  );
  console.log(
    `load balancer ${scenario.loadBalancer.name}, alarm ${scenario.alarm.name}, until ${new Date(scenario.now * 1000).toISOString()}`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
