import { expect, test } from "vitest";
import { onArrival } from "../../src/redaction/arrival.ts";
import { Marks } from "../../src/redaction/marks.ts";
import { INCIDENT_NAMES, investigated, remembering, said, WorldSource, worldOf } from "../integration/worlds.ts";

/* Whole incidents: what is said of masked answers is what is said of the answers themselves. */

test.each(INCIDENT_NAMES)("%s is judged on masked answers as on the answers themselves", async (incident) => {
  const world = worldOf(incident);
  const source = remembering(new WorldSource(world));
  const marks = new Marks("salt");
  const masked = await investigated(world, {
    ask: async (question) => onArrival(question, await source.ask(question), marks),
  });
  const { facts: _, ...raw } = said(await investigated(world, source));
  expect(said(masked)).toMatchObject(raw);
  expect(marks.count).toBeGreaterThan(0);
});
