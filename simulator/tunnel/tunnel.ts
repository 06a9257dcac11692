/**
 * `npm run tunnel -- [scenario …]`: runs scenarios with real processes, and their fixes, and writes what was measured under
 * fixtures/measured/ with the recordings made from it; all of them where none is named. Needs root, nginx, haproxy and
 * gunicorn (scripts/install-real-parts.sh).
 *
 * --map: only makes the recordings again from what was measured. --table: prints forecast against measured.
 * --after: only runs the fixes, of scenarios that were measured.
 */
import { parseArgs } from "node:util";
import { folderOf, type Measurement, readMeasurement, writeMeasurement } from "./measurement.ts";
import { outcomeOf } from "./outcome.ts";
import { investigateMeasured, recordMeasured } from "./record.ts";
import { runScenario } from "./run.ts";
import { mended, retold, type TunnelScenario } from "./scenario.ts";
import { SCENARIOS } from "./scenarios/index.ts";
import { isStarved } from "./starvation.ts";
import { rowsOf } from "./table.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    map: { type: "boolean", default: false },
    table: { type: "boolean", default: false },
    after: { type: "boolean", default: false },
  },
});

const unknown = positionals.find((name) => !SCENARIOS.some(({ id }) => id === name));
if (unknown !== undefined) {
  process.stderr.write(`There is no scenario ${unknown}; there are ${SCENARIOS.map(({ id }) => id).join(", ")}.\n`);
  process.exit(2);
}

for (const scenario of SCENARIOS.filter(({ id }) => positionals.length === 0 || positionals.includes(id))) {
  const folder = folderOf(scenario.id);
  const read = await readMeasurement(folder);
  const known = read && { ...read, scenario: retold(read.scenario, scenario) };
  if (values.table || values.map) {
    if (!known) continue;
    const session = values.map ? await recordMeasured(known, folder) : await investigateMeasured(known);
    say(rowsOf(known, session).join("\n"));
    continue;
  }
  if (values.after && !known) continue;
  const before = known && values.after ? known : await measure(scenario);
  const measurement = await withFix(before);
  await writeMeasurement(folder, measurement);
  say(rowsOf(measurement, await recordMeasured(measurement, folder)).join("\n"));
}

/** Adds what the fix does to the same load. */
async function withFix(before: Measurement): Promise<Measurement> {
  const { scenario } = before;
  if (!scenario.fix) return before;
  const after = await measure(mended(scenario));
  return { ...before, after: { says: scenario.fix.says, ...outcomeOf(after), busy: isStarved(after) } };
}

/** Runs once more where the machine was too busy; the second run is kept, and says so itself. */
async function measure(scenario: TunnelScenario): Promise<Measurement> {
  say(`${scenario.id}: ${scenario.minutes + scenario.lead} model minutes …`);
  const first = await runScenario(scenario);
  if (!isStarved(first)) return first;
  say(`${scenario.id}: the machine was busy; once more …`);
  return runScenario(scenario);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
