import { describe, expect, it } from "vitest";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { type Meddle, solve } from "../../simulator/solve.ts";
import { worldFor } from "../../simulator/worlds.ts";
import type { Session } from "../../src/model/session.ts";
import type { Factor } from "../../src/model/vocabulary.ts";
import { lost } from "./replay.ts";

const found = ({ factors }: Session, wanted: Factor) =>
  factors.find(({ factor }) => factor === wanted)?.statement ?? null;
const withoutMetric =
  (name: string): Meddle =>
  (question, answer) =>
    JSON.stringify(question.input).includes(name) ? lost : answer;
const main = INCIDENTS["worker-ceiling"];
const SEED = 3;

describe("retry-storm", () => {
  const { scenario } = worldFor("storm-of-hang-ups", SEED);

  it("is found where clients send again what they gave up, and no cause that rests on the load is named", async () => {
    const session = await solve(scenario);
    expect(found(session, "retry-storm")).toMatch(/closed by their client before the answer \(460\)/);
    expect(session.verdict?.rootCause).not.toBe("worker-concurrency-ceiling");
  });

  it("is not found in the main incident, where nobody gives up", async () => {
    expect(found(await solve(main()), "retry-storm")).toBeNull();
  });

  it("is not found where clients hang up amid bursts of their own, and nobody asks again", async () => {
    const session = await solve(worldFor("ceiling-with-hang-ups", SEED).scenario);
    expect(session.findings.find(({ id }) => id === "given-up.closed")?.measures.inside).toBeGreaterThan(0.1);
    expect(found(session, "retry-storm")).toBeNull();
    // Whether they ask again is not known, and the forecasts say so.
    const forecasts = session.fixes.flatMap(({ arithmetic = [] }) => arithmetic.filter((one) => /^forecast/.test(one)));
    const doubted = session.fixes.flatMap(({ arithmetic = [] }) =>
      arithmetic.filter((one) => /^the forecast does not hold as it stands: \d+ % of the requests/.test(one)),
    );
    expect(forecasts.length).toBeGreaterThan(0);
    expect(doubted).toHaveLength(forecasts.length);
  });

  it("is not said, and missed, where the load balancer's 4xx could not be read", async () => {
    const session = await solve(scenario, withoutMetric("HTTPCode_ELB_4XX_Count"));
    expect(found(session, "retry-storm")).toBeNull();
    expect(session.gaps.map(({ step }) => step)).toContain("given-up");
  });
});

describe("slow-scale-out", () => {
  const { focus, ...rest } = main();
  const autoscaler = { name: focus.deployment, min: focus.replicas, max: 12, target: 30 };
  const scenario = { ...rest, focus: { ...focus, startSeconds: 400, autoscaler } };

  it("is found where an autoscaler acts, and its pods come after the spikes", async () => {
    expect(found(await solve(scenario), "slow-scale-out")).toMatch(
      /^\d+ of \d+ pods added for a spike could serve only after/,
    );
  });

  it("is not found where the autoscaler never acts", async () => {
    expect(found(await solve(main()), "slow-scale-out")).toBeNull();
  });

  it("is not said, and missed, where Prometheus does not know when pods were ready", async () => {
    const session = await solve(scenario, withoutMetric("kube_pod_status_ready"));
    expect(found(session, "slow-scale-out")).toBeNull();
    expect(session.gaps.map(({ step }) => step)).toContain("readiness");
  });
});

describe("deploy-noise", () => {
  const { scenario } = worldFor("cold-after-rollouts", SEED);

  it("is found where the episodes follow rollouts, and nothing fails", async () => {
    expect(found(await solve(scenario), "deploy-noise")).toMatch(/after a rollout/);
  });

  it("is not found in the main incident, whose one rollout came after eight of nine", async () => {
    expect(found(await solve(main()), "deploy-noise")).toBeNull();
  });
});
