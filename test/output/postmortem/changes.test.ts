import { expect, it } from "vitest";
import type { ChangeFact, ChangesFact } from "../../../src/model/facts.ts";
import { session } from "../session.ts";
import { documentText, sectionText } from "./solved.ts";

const START = session().opening.window.start;

const change = (id: number, minute: number, more: Partial<ChangeFact>): ChangeFact => ({
  id,
  at: START + 60 * minute,
  until: START + 60 * minute,
  count: 1,
  kind: "scaling",
  from: "kubernetes",
  call: null,
  by: null,
  what: "shop scaled",
  settings: [],
  touches: [],
  reaches: "yes",
  because: "it is how many pods are behind what fails",
  ...more,
});
const scaled = change(1, 5, { settings: [{ name: "pods", before: "3", after: "5" }] });
const failing = change(2, 7, {
  kind: "event",
  what: "Unhealthy: 2 pods of shop",
  count: 3,
  until: START + 540,
  because: "it is of the pods behind what fails",
});
const bigger = change(3, 8, { from: "cloudtrail", what: "Auto Scaling group x changed", settings: [] });

/** A session whose autoscaler counted a rollout's surge too: 3, 4 and 3 pods again. */
const told = (changes: readonly ChangeFact[] | null, section: string) => {
  const { facts } = session();
  const known: ChangesFact | null = changes && { changes, trail: null, missing: [], changePoints: null };
  const replicas = { start: START, step: 60, values: [3, 4, 3] };
  const autoscaler = { target: null, atMaximum: null, replicas, orphaned: [] };
  return sectionText(
    documentText(session({ facts: { ...facts, autoscaler, ...(known && { changes: known }) } })),
    section,
  );
};

it("takes scalings from the timeline of changes, where there is one", () => {
  const timeline = told([scaled, failing, bigger], "Timeline");
  expect(timeline).toContain("**Scaling** from 3 to 5 pods");
  expect(timeline).not.toContain("to 4 pods");
  expect(told([], "Timeline")).not.toContain("Scaling");
  expect(told(null, "Timeline")).toContain("**Scaling** from 3 to 4 pods");
});

it("has scalings and events among what may have set it off, with what they can affect", () => {
  const trigger = told([scaled, failing], "Trigger");
  expect(trigger).toContain("Shop scaled: pods 3 → 5 | the cluster | It is how many pods are behind what fails");
  expect(trigger).toContain("Unhealthy: 2 pods of shop (3 times until 08:09) | the cluster");
});
