import { describe, expect, it } from "vitest";
import { type Candidate, reachVerdict } from "../../src/engine/verdict.ts";
import { episodes } from "./made-up.ts";

/** A cause that was judged: by default it explains the only episode. */
function candidate(cause: Candidate["cause"], status: Candidate["status"], change: Partial<Candidate> = {}): Candidate {
  const explains = status === "confirmed" || status === "supported" ? [1] : [];
  const standing = { byElimination: false, doubts: false };
  const said = { title: cause, claim: "claim", because: "because", evidence: [] };
  return { cause, status, explains, ...said, ...standing, ...change };
}

const verdictOf = (candidates: readonly Candidate[], count = 1) =>
  reachVerdict(candidates, [], { episodes: episodes(count) });

describe("the verdict", () => {
  it("is the confirmed cause, in its own words", () => {
    const shown = candidate("cold-start", "confirmed", { headline: "headline", summary: "summary" });
    expect(verdictOf([candidate("deploy-regression", "rejected"), shown])).toMatchObject({
      rootCause: "cold-start",
      confidence: "confirmed",
      headline: "headline",
      summary: "summary",
      explains: { episodes: 1, of: 1 },
    });
  });

  it("is told by the cause's title and reason where it has no other words", () => {
    const shown = candidate("cold-start", "confirmed", { title: "new pods" });
    expect(verdictOf([shown])).toMatchObject({ headline: "new pods", summary: "because" });
  });

  it("is no cause between two that are only supported, and the one where it is alone", () => {
    const [one, other] = [candidate("cold-start", "supported"), candidate("slow-dependency", "supported")];
    expect(verdictOf([one, other])).toMatchObject({ rootCause: null, confidence: "none" });
    expect(verdictOf([one])).toMatchObject({ rootCause: "cold-start", confidence: "likely" });
  });

  it("says where the trouble leads, where no cause is established", () => {
    const service = { namespace: "shop", name: "checkout" };
    const ledTo = { service, because: "it lies behind the controller", next: "look there: kubectl top pods" };
    const open = candidate("cold-start", "undetermined");
    const known = { episodes: episodes(1), ledTo };
    expect(reachVerdict([open], [], known)).toMatchObject({
      rootCause: null,
      headline: "not established here: it lies behind the controller.",
      summary: "not established here: it lies behind the controller. Look there: kubectl top pods",
      service,
    });
    const shown = candidate("cold-start", "confirmed");
    expect(reachVerdict([shown], [], known)).toMatchObject({ rootCause: "cold-start", service: null });
    const [one, other] = [candidate("cold-start", "supported"), candidate("slow-dependency", "supported")];
    expect(reachVerdict([one, other], [], known).headline).toContain("2 explanations fit");
  });

  it("never names what is only left over", () => {
    const left = candidate("slow-dependency", "supported", { title: "a slow database", byElimination: true });
    expect(verdictOf([left])).toMatchObject({
      rootCause: null,
      headline:
        "not established. It looks like this: a slow database; but other causes that look the same are not ruled out.",
    });
  });

  it("is the confirmed cause that explains most, and in a tie the one declared first", () => {
    const wide = { explains: [1, 2] };
    const [one, other] = [candidate("cold-start", "confirmed"), candidate("slow-dependency", "confirmed", wide)];
    expect(verdictOf([one, other], 2).rootCause).toBe("slow-dependency");
    expect(verdictOf([{ ...one, ...wide }, other], 2).rootCause).toBe("cold-start");
  });

  it("is likely only while one declared before it is open and may have brought it about", () => {
    const open = candidate("deploy-regression", "undetermined", { doubts: true });
    const shown = candidate("cold-start", "confirmed");
    expect(verdictOf([open, shown])).toMatchObject({ rootCause: "cold-start", confidence: "likely" });
    expect(verdictOf([shown, open]).confidence).toBe("confirmed");
  });

  it.each(["supported", "undetermined"] as const)(
    "is no cause while one declared before it is %s and would explain as much",
    (status) => {
      const before = candidate("deploy-regression", status, { explains: [1] });
      const shown = candidate("cold-start", "confirmed");
      expect(verdictOf([before, shown]).rootCause).toBeNull();
      expect(verdictOf([shown, before]).rootCause).toBe("cold-start");
    },
  );

  it("is no supported cause either while one declared before it is open and would explain as much", () => {
    const before = candidate("deploy-regression", "undetermined", { explains: [1] });
    const likely = candidate("cold-start", "supported");
    expect(verdictOf([before, likely]).rootCause).toBeNull();
    expect(verdictOf([likely, before])).toMatchObject({ rootCause: "cold-start", confidence: "likely" });
  });

  it("does not take a cause that explains less than half of the episodes", () => {
    const part = candidate("cold-start", "confirmed");
    expect(verdictOf([part], 3)).toMatchObject({ rootCause: null, explains: { episodes: 0, of: 3 } });
    expect(verdictOf([part], 2)).toMatchObject({ rootCause: "cold-start", explains: { episodes: 1, of: 2 } });
  });

  it.each([
    [
      "the alarm was never in ALARM",
      [candidate("cold-start", "confirmed")],
      0,
      "the alarm was not in ALARM in this window.",
    ],
    ["a cause is still open", [candidate("cold-start", "undetermined")], 1, "One explanation is still open; "],
    ["no cause is left", [candidate("cold-start", "rejected")], 1, "Every cause that lbdoctor knows was ruled out"],
  ] as const)("says so where %s", (_, candidates, count, words) => {
    const { rootCause, headline } = verdictOf(candidates, count);
    expect(rootCause).toBeNull();
    expect(headline).toMatch(/^not established[:.] /);
    expect(headline).toContain(words);
  });
});
