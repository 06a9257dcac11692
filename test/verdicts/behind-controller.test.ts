import { describe, expect, it } from "vitest";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld } from "../../simulator/world.ts";
import { type WorldKind, worldFor } from "../../simulator/worlds.ts";
import { inFrontOf } from "./in-front-of.ts";

interface Named {
  readonly metadata: { readonly name: string };
}

/** Seeds that the accuracy run does not use. */
const SEED = 5;

const direct = (kind: WorldKind) => buildWorld(worldFor(kind, SEED).scenario);
const behind = (kind: WorldKind, others?: (seconds: number) => number) => {
  const world = direct(kind);
  return solveWorld(world, inFrontOf(world, others));
};

describe("the pods behind an ingress controller", () => {
  it.each(["worker-concurrency-ceiling", "cpu-throttling", "deploy-regression"] as const)(
    "are judged as those of a target group: %s",
    async (kind) => {
      const session = await behind(kind);
      const { focus } = worldFor(kind, SEED).scenario;
      expect(session.verdict).toMatchObject({
        rootCause: kind,
        confidence: "confirmed",
        service: { namespace: focus.namespace, name: focus.service },
      });
      const known = new Set(session.findings.map(({ id }) => id));
      const { evidence = [] } = session.hypotheses.find((one) => one.cause === kind) ?? {};
      // What it rests on is of the application and its controller's figures of it, and none of it is missing.
      const ofPods = evidence.filter((id) =>
        /^(backend|target-groups|workload|pod-cpu|rollouts|worker-quota|nodes)\./.test(id),
      );
      expect(ofPods.length).toBeGreaterThan(1);
      for (const id of ofPods) expect(known).toContain(id);
      expect(evidence.join()).not.toContain("front-");
      expect(session.verdict?.summary).toMatch(/^What is slow lies behind ingress-nginx, in Service /);
      // Others in the cluster may call the pods too: what is in flight through the controller is a part.
      expect(session.facts.demand?.part).toBe(true);
      // The fixes are for the application, and not for the controller.
      expect(session.fixes.length).toBeGreaterThan(0);
      expect(JSON.stringify(session.fixes)).not.toContain("ingress-nginx-controller");
    },
  );

  it("are to blame for errors since their rollout, and not where those are older", async () => {
    const since = await behind("errors-since-rollout");
    expect(since.verdict).toMatchObject({ rootCause: "deploy-regression", confidence: "confirmed" });
    expect(since.findings.map(({ id }) => id)).toContain("backend.errors");
    const older = await behind("errors-older-than-rollout");
    expect(older.verdict?.rootCause).toBeNull();
    expect(older.hypotheses.find(({ cause }) => cause === "deploy-regression")?.status).not.toBe("confirmed");
  });

  it("stay open where what they do does not decide", async () => {
    for (const kind of ["retry-storm", "garbage-collection"] as const) {
      const { verdict } = await behind(kind);
      expect(verdict, kind).toMatchObject({ rootCause: null, confidence: "none" });
    }
  });

  it("are told as not judged where the cluster has no Service of the name that the metrics give", async () => {
    const world = direct("worker-concurrency-ceiling");
    const { focus } = world.scenario;
    const front = inFrontOf(world);
    const session = await solveWorld(world, (question, answer) => {
      const given = front(question, answer);
      if (question.input.resource !== "services") return given;
      return JSON.parse(JSON.stringify(given), (key, value) =>
        key === "items" ? value.filter((one: Named) => one.metadata.name !== focus.service) : value,
      );
    });
    expect(session.verdict?.rootCause).toBeNull();
    const gap = session.gaps.find(({ step }) => step === "backend");
    expect(gap?.what).toContain(
      `has no Service ${focus.namespace}/${focus.service}, which ingress-nginx's metrics name`,
    );
    expect(gap?.remedy).toContain("kubectl get services");
    expect(gap?.consequence).toContain("too few workers");
  });

  it("are not judged where every backend is slow alike: that is the controller, or what all share", async () => {
    const { verdict, steps } = await behind("worker-concurrency-ceiling", (seconds) => seconds);
    expect(steps.map(({ id }) => id)).not.toContain("backend");
    expect(verdict?.rootCause).toBeNull();
  });
});
