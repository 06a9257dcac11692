/** `npm run fixtures`: simulates the seeds' incidents and records what an investigation of each asks and is answered. */
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { iso } from "../src/model/time.ts";
import { writeRecording } from "../src/sources/recording/recording.ts";
import { INCIDENTS } from "./catalogue.ts";
import { EXPECTED } from "./expected.ts";
import { solveWorld } from "./solve.ts";
import { buildWorld } from "./world.ts";

const PROVENANCE =
  "A reconstruction: simulated (simulator/) so as to show the figures that the incident's report states; everything else, names, ids and addresses included, is invented. Not a capture of a real account.";

/** Records one incident in a folder, replacing what was there. */
export async function writeFixture(name: keyof typeof INCIDENTS, folder: string): Promise<void> {
  const world = buildWorld(INCIDENTS[name]());
  const { scenario } = world;
  const { exchanges } = await solveWorld(world);
  const expected = EXPECTED[name];
  await rm(folder, { recursive: true, force: true });
  await writeRecording(
    folder,
    {
      id: name,
      title: scenario.description.split(/[.:](?:\s|$)/)[0] ?? name,
      description: scenario.description,
      provenance: PROVENANCE,
      alarm: scenario.alarm.name,
      now: iso(scenario.now),
      window: { start: iso(scenario.now - scenario.window), end: iso(scenario.now) },
      allowExec: true,
      ...(expected
        ? {
            expected: {
              rootCause: expected.rootCause,
              factors: [...expected.factors],
              rejected: [...expected.rejected],
            },
          }
        : {}),
    },
    exchanges.flatMap(({ question, answer }) => (answer ? [{ question, answer }] : [])),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of Object.keys(INCIDENTS) as (keyof typeof INCIDENTS)[])
    await writeFixture(name, fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url)));
