import { describe, expect, it } from "vitest";
import type { Session } from "../../src/model/session.ts";
import { type AsNetwork, solveAsNetwork } from "./as-network.ts";

const status = (session: Session, cause: string) => session.hypotheses.find((one) => one.cause === cause)?.status;

describe("an alarm on a Network Load Balancer's resets", () => {
  const resets: AsNetwork = { metric: "TCP_Target_Reset_Count" };

  it("is told as the pods that leave, with the 5 s that the load balancer gives them", async () => {
    const session = await solveAsNetwork("abrupt-deregistration", 1, {
      ...resets,
      targetGroup: { "deregistration_delay.timeout_seconds": "5" },
    });
    expect(session.playbook).toBe("network");
    expect(session.verdict).toMatchObject({ rootCause: "abrupt-deregistration", confidence: "confirmed" });
    expect(session.verdict?.summary).toContain("gives a leaving target 5 s");
    expect(session.findings.find(({ id }) => id === "flows.flows")?.statement).toContain("It publishes no latency");
  });

  it("is told as the containers that restart, and never as the pods' idle connections", async () => {
    const session = await solveAsNetwork("errors-with-restarts", 1, resets);
    expect(session.verdict?.rootCause).toBe("restarting-pods");
    expect(status(session, "idle-timeout-mismatch")).not.toBe("confirmed");
  });

  it("compares 350 s of the load balancer with what the server was told", async () => {
    const session = await solveAsNetwork("idle-timeout-mismatch", 1, resets);
    const judged = session.hypotheses.find(({ cause }) => cause === "idle-timeout-mismatch");
    expect(judged?.because).toContain("the load balancer forgets them after 350 s");
    expect([null, "idle-timeout-mismatch"]).toContain(session.verdict?.rootCause);
  });

  it("says that no metric tells whose the connections are, where several Services share it", async () => {
    const session = await solveAsNetwork("abrupt-deregistration", 1, { ...resets, groups: 7 });
    expect(session.verdict?.rootCause).toBeNull();
    expect(session.gaps.map(({ what }) => what).join()).toContain("to which target group the connections went");
  });
});

describe("an alarm on a Network Load Balancer's hosts", () => {
  const hosts: AsNetwork = { metric: "UnHealthyHostCount" };

  it("is told as a check that fails while the pods are ready and idle", async () => {
    const session = await solveAsNetwork("health-check-flapping", 1, hosts);
    expect(session.playbook).toBe("host-health");
    expect(session.verdict?.rootCause).toBe("health-check-flapping");
  });

  it("is not told as targets that are down, where a changed rule keeps the load balancer from ready pods", async () => {
    const session = await solveAsNetwork("blocked-by-network", 1, hosts);
    expect(session.verdict?.rootCause).toBe("blocked-by-network");
    expect(session.verdict?.headline).toMatch(/^A changed rule blocks what /);
    expect(status(session, "no-healthy-targets")).not.toBe("confirmed");
  });
});
