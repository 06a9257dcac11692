import { beforeAll, describe, expect, it } from "vitest";
import latency from "../../playbooks/alarms/latency/playbook.ts";
import { FAMILIES, type Family, scenarioFor } from "../../simulator/families.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld, type World } from "../../simulator/world.ts";
import type { Session } from "../../src/model/session.ts";
import { lost } from "./replay.ts";

/** One incident of each family, with a seed that the accuracy run does not use. */
const SEED = 3;
/** Where that seed's incident only points to its cause (one slow request makes most of its breaches), another. */
const SEEDS: { readonly [family: string]: number } = { "alarm-too-sensitive": 4 };
const causes = latency.causes.map(({ cause }) => cause);
/** The one cause that nothing specific shows; it is supported by what is left over, and not named. */
const ELIMINATED = "shared-load-balancer";
const worlds = new Map<Family, World>();
const sessions = new Map<Family, Session>();
const statusIn = (family: Family, cause: string) =>
  sessions.get(family)?.hypotheses.find((one) => one.cause === cause)?.status;

beforeAll(async () => {
  for (const family of FAMILIES) {
    const world = buildWorld(scenarioFor(family, SEEDS[family] ?? SEED));
    worlds.set(family, world);
    sessions.set(family, await solveWorld(world));
  }
}, 120_000);

/** Causes that the simulator has no incidents of yet: held by their decision tables alone. */
const without = causes.filter((cause) => !FAMILIES.some((family) => family === cause));

it.skipIf(without.length > 0)(`has a family of incidents for every cause; none yet: ${without.join(", ")}`, () => {
  expect(without).toEqual([]);
});

it("a load balancer is never named because everything rose together: the pods of each group are not judged", () => {
  expect(statusIn(ELIMINATED, ELIMINATED)).toBe("supported");
  expect(sessions.get(ELIMINATED)?.verdict).toMatchObject({
    rootCause: null,
    headline: expect.stringContaining("It looks like this: the load balancer itself"),
  });
});

describe.each(causes.filter((cause) => !without.includes(cause)))("%s", (cause) => {
  const family = cause as Family;

  it("is confirmed by an incident of its kind, and is then the verdict", () => {
    if (cause === ELIMINATED) return;
    expect(statusIn(family, cause)).toBe("confirmed");
    expect(sessions.get(family)?.verdict?.rootCause).toBe(cause);
  });

  it("is rejected by an incident of another kind, by a finding that is there", () => {
    const rejecting = FAMILIES.find((other) => other !== family && statusIn(other, cause) === "rejected");
    const session = sessions.get(rejecting ?? "healthy");
    const deciding = session?.hypotheses.find((one) => one.cause === cause)?.evidence[0];
    expect(session?.findings.map(({ id }) => id)).toContain(deciding);
  });

  it("is left open when what it needs could not be read, with the gap named", async () => {
    const world = worlds.get(family);
    if (!world) throw new Error("no world");
    const blind = await solveWorld(world, (question, answer) =>
      question.source === "prometheus" || question.operation === "GetMetricData" ? lost : answer,
    );
    const open = blind.hypotheses.find((one) => one.cause === cause);
    expect(open).toMatchObject({ status: "undetermined", because: expect.stringMatching(/needs|read/) });
    const title = open?.title ?? "?";
    expect(
      blind.gaps.some(({ consequence }) => consequence.includes(title)),
      `a gap whose consequence names "${title}"`,
    ).toBe(true);
  });
});

it("says nothing of a healthy service", () => {
  const healthy = sessions.get("healthy");
  expect(healthy?.verdict).toMatchObject({ rootCause: null, explains: { episodes: 0, of: 0 } });
});
