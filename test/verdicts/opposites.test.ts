import { beforeAll, describe, expect, it } from "vitest";
import { OPPOSITES, opposite } from "../../simulator/opposites.ts";
import { solve } from "../../simulator/solve.ts";
import type { Session } from "../../src/model/session.ts";

const names = Object.keys(OPPOSITES) as (keyof typeof OPPOSITES)[];

describe.each(names)("the main incident, %s", (name) => {
  const { cause } = OPPOSITES[name];
  let session: Session;
  beforeAll(async () => {
    session = await solve(opposite(name));
  });

  it(`is ${cause}`, () => {
    expect(session.verdict).toMatchObject({ rootCause: cause, confidence: "confirmed" });
  });

  it("has one confirmed cause, and what was the cause before is rejected where the evidence turned", () => {
    const status = Object.fromEntries(session.hypotheses.map((one) => [one.cause, one.status]));
    expect(status[cause]).toBe("confirmed");
    if (cause !== "worker-concurrency-ceiling" && cause !== "deploy-regression")
      expect(status["worker-concurrency-ceiling"]).toBe("rejected");
  });
});
