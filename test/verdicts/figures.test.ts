import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { solve, solveWorld } from "../../simulator/solve.ts";
import { buildWorld } from "../../simulator/world.ts";
import { worldFor } from "../../simulator/worlds.ts";
import type { Session } from "../../src/model/session.ts";
import { readRecording } from "../../src/sources/recording/recording.ts";
import { figuresIn, figuresOf } from "./figures.ts";
import { fixtures, recorded, replay } from "./replay.ts";

const MEASURED = fileURLToPath(new URL("../../fixtures/measured/", import.meta.url));
/** Kinds of incidents that no fixture is of, so that more sentences are looked at. */
const KINDS = ["insufficient-capacity", "low-traffic-artifact", "canary-worse", "cold-after-rollouts"] as const;

/** Characters: a few lines of a terminal, and no list of forty queries. */
const SHORT = 700;

const sessions: readonly (readonly [string, () => Promise<Session>])[] = [
  ...fixtures.map((name) => [name, async () => replay(await recorded(name))] as const),
  ...Object.entries(INCIDENTS).map(([name, incident]) => [`the incident ${name}`, () => solve(incident())] as const),
  ...readdirSync(MEASURED).map(
    (name) => [`measured ${name}`, async () => replay(await readRecording(`${MEASURED}${name}`))] as const,
  ),
  ...KINDS.map((kind) => [`a ${kind}`, () => solveWorld(buildWorld(worldFor(kind, 3).scenario))] as const),
];

describe.each(sessions)("%s", (_, investigated) => {
  let once: Promise<Session> | null = null;
  const session = () => {
    once ??= investigated();
    return once;
  };

  it("rules nothing out with a figure that does not stand in a finding which it cites", async () => {
    const { hypotheses, findings } = await session();
    const homeless = hypotheses
      .filter(({ status }) => status === "rejected")
      .flatMap(({ cause, because, evidence }) => {
        const cited = findings.filter(({ id }) => evidence.includes(id));
        const known = new Set(cited.flatMap((finding) => [...figuresOf(finding)]));
        return figuresIn(because).flatMap((figure) =>
          known.has(figure) ? [] : [`${cause}: ${figure} in "${because}"`],
        );
      });
    expect(homeless).toEqual([]);
  });

  it("shows each finding by one short command", async () => {
    for (const { id, short = "" } of (await session()).findings) {
      expect(short.length, id).toBeGreaterThan(0);
      expect(short.length, `${id}: ${short}`).toBeLessThan(SHORT);
    }
  });

  it("cites first a finding that holds one of the figures", async () => {
    const { hypotheses, findings } = await session();
    const astray = hypotheses.filter(({ status, because, evidence }) => {
      const figures = figuresIn(because);
      const first = findings.find(({ id }) => id === evidence[0]);
      const known = first ? figuresOf(first) : new Set<string>();
      return status === "rejected" && figures.length > 0 && !figures.some((figure) => known.has(figure));
    });
    expect(astray.map(({ cause, because }) => `${cause}: ${because}`)).toEqual([]);
  });
});

describe("figures in a sentence", () => {
  it.each([
    [
      "the breaches reach 4.65 s (9 of 10 lie below), 33 times the usual 0.14 s",
      ["4.65 s", "9", "10", "33 times", "0.14 s"],
    ],
    ["1,323 ms of v1.14.3-prod on k8s-1, 97 %", ["1,323 ms", "97 %"]],
    ["290 s–291 s, a quota of 1, within 1 h 30 min", ["290 s", "291 s", "1", "1 h 30 min"]],
  ])("are found: %s", (text, figures) => {
    expect(figuresIn(text)).toEqual(figures);
  });

  it("are shown by a finding as it says them, and by its measures in each unit", () => {
    const known = figuresOf({ statement: "in 3 spikes", measures: { share: 0.973, wait: 0.0421, cores: [0.91] } });
    for (const figure of ["3", "97 %", "0.042 s", "0.91"]) expect(known).toContain(figure);
    expect(known).not.toContain("96 %");
  });
});
