import { describe, expect, it } from "vitest";
import { healthyScenario } from "../../simulator/families/base.ts";
import { withThreshold } from "../../simulator/families/settle.ts";
import { Random } from "../../simulator/random.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { buildWorld } from "../../simulator/world.ts";
import type { Session } from "../../src/model/session.ts";
import { lookedUp, type Recorded } from "./trail.ts";

/** Minutes into the window from which on every request is slower by three seconds, and stays so. */
const FROM = 180;

const world = slowSince(FROM);
const { scenario } = world;
const start = scenario.now - scenario.window;
const at = (minute: number) => start + 60 * minute;
const ELB = `arn:aws:elasticloadbalancing:${scenario.place.region}:${scenario.place.account}`;
const dimension = `app/${scenario.loadBalancer.name}/${scenario.loadBalancer.id}`;

/** The load balancer, at a load that hardly varies. */
function slowSince(minute: number) {
  const random = new Random(7, "changes");
  const healthy = healthyScenario("changes", 7, random);
  const trouble = { at: 60 * minute, seconds: healthy.window - 60 * minute };
  const draft = { ...healthy, sharedSlowness: [{ ...trouble, extra: 3 }] };
  const settled = withThreshold(buildWorld(draft), [trouble], random);
  if (!settled) throw new Error("no threshold fits");
  return buildWorld(settled);
}

const attributes = (minute: number, balancer = dimension): Recorded => ({
  at: at(minute),
  name: "ModifyLoadBalancerAttributes",
  source: "elasticloadbalancing",
  request: {
    loadBalancerArn: `${ELB}:loadbalancer/${balancer}`,
    attributes: [{ key: "waf.fail_open.enabled", value: "false" }],
  },
});

async function solved(calls: readonly Recorded[] | null): Promise<Session> {
  return solveWorld(world, (question, answer) => {
    if (question.source !== "cloudtrail") return answer;
    if (calls === null)
      return { status: "failed", failure: { kind: "forbidden", message: "CloudTrail does not permit it" } };
    return lookedUp(question, calls);
  });
}

const cause = ({ verdict }: Session) => verdict?.rootCause ?? null;
const changed = ({ hypotheses }: Session) => hypotheses.find((one) => one.cause === "configuration-change");

describe("a change of the load balancer", () => {
  it("is the cause where trouble began with it at equal load", async () => {
    const session = await solved([attributes(FROM - 1)]);
    expect(changed(session)?.because).toContain("waf.fail_open.enabled");
    expect(cause(session)).toBe("configuration-change");
    expect(session.verdict?.headline).toContain("role deploy (ada@example.com)");
  });

  it.each([
    ["nothing is recorded", []],
    ["it touches another load balancer", [attributes(FROM - 1, "app/other/0123456789abcdef")]],
    ["it came after the trouble began", [attributes(FROM + 10)]],
    ["all was well at the same load for two hours after it", [attributes(FROM - 120)]],
    ["it was refused", [{ ...attributes(FROM - 1), error: "AccessDenied" }]],
  ])("is not where %s", async (_, calls) => {
    const session = await solved(calls);
    expect(changed(session)?.status).toBe("rejected");
    expect(cause(session)).not.toBe("configuration-change");
  });

  it("stays open where another one came beside it", async () => {
    const other = { ...attributes(FROM - 3), arn: "arn:aws:iam::111122223333:user/bob" };
    expect(changed(await solved([attributes(FROM - 1), other]))?.status).toBe("undetermined");
  });

  it("stays open where CloudTrail may not be read, and nothing else is worse off", async () => {
    const [denied, quiet] = [await solved(null), await solved([])];
    expect(changed(denied)?.status).toBe("undetermined");
    expect(denied.gaps.filter(({ source }) => source === "cloudtrail")).toHaveLength(1);
    expect(cause(denied)).toBe(cause(quiet));
    const others = ({ hypotheses }: Session) =>
      hypotheses.filter((one) => one.cause !== "configuration-change").map(({ cause: id, status }) => [id, status]);
    expect(others(denied)).toEqual(others(quiet));
  });
});
