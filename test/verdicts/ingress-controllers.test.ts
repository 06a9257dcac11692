import { describe, expect, it } from "vitest";
import { type Meddle, solve, solveWorld } from "../../simulator/solve.ts";
import { buildWorld } from "../../simulator/world.ts";
import { type WorldKind, worldFor } from "../../simulator/worlds.ts";
import type { Answer } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import { onArrival } from "../../src/redaction/arrival.ts";
import { Marks } from "../../src/redaction/marks.ts";

/** Seeds that the accuracy run does not use. */
const SEEDS = [3, 4] as const;
const OF_THE_PODS = [
  "worker-concurrency-ceiling",
  "uneven-pod-load",
  "cpu-throttling",
  "insufficient-capacity",
  "slow-dependency",
  "deploy-regression",
  "bad-target",
];

const world = (kind: WorldKind, seed: number) => worldFor(kind, seed).scenario;
const statuses = ({ hypotheses }: Session) =>
  hypotheses.filter(({ cause }) => OF_THE_PODS.includes(cause)).map(({ status }) => status);
const gapOf = ({ gaps }: Session) => gaps.filter(({ step }) => step === "ingress-controller");

describe.each(SEEDS)("one service behind ingress-nginx is slow (%d)", (seed) => {
  const scenario = world("behind-ingress-nginx-slow-backend", seed);
  const slow = scenario.behind?.services.find((one) => one.slow);

  it("is named with its figures, its pods and the command to go on with", async () => {
    const session = await solve(scenario);
    expect(session.verdict).toMatchObject({
      rootCause: null,
      service: { namespace: "shop", name: slow?.service },
      headline: `not established here: what is slow lies behind ingress-nginx, in Service shop/${slow?.service}.`,
    });
    expect(session.verdict?.summary).toContain(`kubectl -n shop top pods --containers -l app=${slow?.service}`);
    const guilty = session.findings.find(({ id }) => id === "ingress-controller.guilty");
    expect(guilty?.measures).toMatchObject({
      backend: `shop/${slow?.service}`,
      pods: slow?.replicas,
      owner: slow?.service,
    });
    expect(guilty?.reproduce.length).toBeGreaterThan(0);
    // This cluster has pods and a replica set of it, and no Deployment.
    const { gaps } = session;
    expect(gaps.map(({ step, what }) => `${step}: ${what}`)).toContainEqual(
      `workload: the cluster's API: no Deployment is found behind Service shop/${slow?.service}`,
    );
  });

  it("is told with its containers' restarts, of which nothing is concluded", async () => {
    const told = async (meddle?: Meddle) => {
      const session = await solve(scenario, meddle);
      const { statement } = session.findings.find(({ id }) => id === "ingress-controller.guilty") ?? {};
      return { statement, cause: session.verdict?.rootCause };
    };
    expect((await told()).statement).toMatch(/, \d+ ready, never restarted$/);
    const killed = await told((question, answer) =>
      question.input.resource === "pods" && question.input.labelSelector === `app=${slow?.service}`
        ? (JSON.parse(JSON.stringify(answer), (key, value) =>
            key === "status" && value?.phase
              ? {
                  ...value,
                  containerStatuses: [
                    { name: "app", restartCount: 2, lastState: { terminated: { reason: "OOMKilled" } } },
                  ],
                }
              : value,
          ) as Answer)
        : answer,
    );
    expect(killed.statement).toContain(`${2 * (slow?.replicas ?? 0)} restarts so far (the last ones: OOMKilled)`);
    expect(killed.cause).toBeNull();
  });

  it("is named from masked answers as well, whichever labels Prometheus keeps", async () => {
    for (const labels of ["honoured", "exported"] as const) {
      const behind = scenario.behind && { ...scenario.behind, labels };
      const marks = new Marks("salt");
      const masked = await solve({ ...scenario, ...(behind && { behind }) }, (question, answer) =>
        onArrival(question, answer, marks),
      );
      expect(masked.verdict?.service, labels).toEqual({ namespace: "shop", name: slow?.service });
    }
  });

  it("leaves every cause of the controller's own pods open", async () => {
    expect(new Set(statuses(await solve(scenario)))).toEqual(new Set(["undetermined"]));
  });

  it("has the same figures where a pair of Prometheus servers holds every series twice", async () => {
    const backends = async (doubled?: "replicas") => {
      const { findings } = await solve({ ...scenario, ...(doubled && { seen: { ...scenario.seen, doubled } }) });
      return findings.find(({ id }) => id === "ingress-controller.backends")?.statement;
    };
    expect(await backends("replicas")).toBe(await backends());
    expect(await backends()).toContain(" requests");
  });

  it("tells no share of failures where Prometheus does not answer that question", async () => {
    const { findings } = await solve(scenario, (question, answer) =>
      String(question.input.query).includes('status=~"5..')
        ? { status: "failed", failure: { kind: "timeout", message: "no answer" } }
        : answer,
    );
    const told = findings.find(({ id }) => id === "ingress-controller.backends")?.statement;
    expect(told).toContain(" requests");
    expect(told).not.toContain("failed");
  });

  it("names none, and rules out no cause of the pods, where the controller is not scraped", async () => {
    const behind = scenario.behind && { ...scenario.behind, scraped: false };
    const session = await solve({ ...scenario, ...(behind && { behind }) });
    expect(session.verdict).toMatchObject({ rootCause: null, service: { namespace: "ingress-nginx" } });
    expect(gapOf(session)[0]?.remedy).toContain("controller.metrics.enabled=true");
    expect(new Set(statuses(session))).toEqual(new Set(["undetermined"]));
  });

  it("names none where every backend is slower alike", async () => {
    const services = scenario.behind?.services.map((one) => ({ ...one, slow: true })) ?? [];
    const behind = scenario.behind && { ...scenario.behind, services };
    const session = await solve({ ...scenario, ...(behind && { behind }) });
    expect(session.findings.map(({ id }) => id)).not.toContain("ingress-controller.guilty");
    expect(session.verdict?.rootCause).toBeNull();
    expect(statuses(session)).not.toContain("rejected");
  });
});

describe.each(SEEDS)("two services behind ingress-nginx are slow alike (%d)", (seed) => {
  it("are both named, and neither as the one", async () => {
    const scenario = world("behind-ingress-nginx-two-slow", seed);
    const { verdict, findings } = await solve(scenario);
    const those = (isSlow: boolean) =>
      (scenario.behind?.services ?? []).filter(({ slow }) => slow === isSlow).map(({ service }) => `shop/${service}`);
    const named = verdict?.headline.split(", while ").map((part) => part.match(/shop\/\w+/g)?.toSorted());
    expect(named).toEqual([those(true).toSorted(), those(false).toSorted()]);
    expect(verdict).toMatchObject({ rootCause: null, service: { namespace: "ingress-nginx" } });
    expect(findings.map(({ id }) => id)).not.toContain("ingress-controller.guilty");
  });
});

describe.each(SEEDS)("ingress-nginx itself is throttled (%d)", (seed) => {
  it("is the cause, and no backend is", async () => {
    const session = await solveWorld(buildWorld(world("behind-ingress-nginx-throttled", seed)));
    expect(session.verdict).toMatchObject({ rootCause: "cpu-throttling", confidence: "confirmed" });
    expect(session.findings.map(({ id }) => id)).not.toContain("ingress-controller.guilty");
  });
});

describe.each(SEEDS)("one service behind ingress-nginx answers with errors (%d)", (seed) => {
  it("is named, and the controller's pods answer for none of it", async () => {
    const scenario = world("behind-ingress-nginx-failing-backend", seed);
    const failing = scenario.behind?.services.find((one) => one.fails);
    const session = await solve(scenario);
    expect(session.playbook).toBe("target-errors");
    expect(session.verdict).toMatchObject({
      rootCause: null,
      headline: `not established here: what fails lies behind ingress-nginx, in Service shop/${failing?.service}.`,
    });
    const open = ["target-errors", "deploy-regression", "bad-target", "restarting-pods"];
    for (const cause of open)
      expect(session.hypotheses.find((one) => one.cause === cause)?.status, cause).toBe("undetermined");
    const [first] = session.findings.find(({ id }) => id === "ingress-controller.guilty")?.reproduce ?? [];
    expect(first).toContain('status=~"5.."');
  });
});
