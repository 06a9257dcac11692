import { describe, expect, it } from "vitest";
import { solve } from "../../simulator/solve.ts";
import { worldFor } from "../../simulator/worlds.ts";
import type { Session } from "../../src/model/session.ts";

/* A pod that its node's disk holds up, where no log names pods: two worlds with other names, and the same without the disk. */

const said = ({ verdict, hypotheses }: Session) => ({
  cause: verdict?.rootCause ?? null,
  status: hypotheses.find(({ cause }) => cause === "bad-target")?.status,
});

describe.each(["bad-disk-behind-nodes", "bad-disk-behind-addresses"] as const)("%s", (kind) => {
  const { scenario } = worldFor(kind, 3);

  it("is named, by the one node that waits and the share of the requests that is slow", async () => {
    expect(said(await solve(scenario))).toEqual({ cause: "bad-target", status: "confirmed" });
  });

  it("stays open where no node waits for its disk", async () => {
    const faults = { ...scenario.faults, nodeTimes: [] };
    expect(said(await solve({ ...scenario, faults }))).toEqual({ cause: null, status: "undetermined" });
  });

  it("stays open where every pod's node waits as long", async () => {
    const all = (scenario.faults?.nodeTimes ?? []).flatMap((one) =>
      scenario.nodes.map((_, node) => ({ ...one, node })),
    );
    const { cause } = said(await solve({ ...scenario, faults: { ...scenario.faults, nodeTimes: all } }));
    expect(cause).not.toBe("bad-target");
  });
});
