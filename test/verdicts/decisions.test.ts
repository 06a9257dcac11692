import { describe, expect, it } from "vitest";
import { playbooks } from "../../playbooks/index.ts";
import { differential } from "../../src/engine/differential.ts";
import { signalsOf } from "../../src/engine/judge.ts";
import { decided, decisionsOf } from "./decided.ts";

const causes = [...new Set(playbooks.flatMap((playbook) => playbook.causes))];
const tables = await Promise.all(
  causes.map(async (cause) => {
    const name = cause.table === undefined ? cause.cause : `${cause.cause}, ${cause.table}`;
    return [name, cause, await decisionsOf(cause)] as const;
  }),
);

describe.each(tables)("%s", (_, cause, decisions) => {
  it.each(decisions.map((one) => [one.when, one.status, one] as const))("%s → %s", (_when, status, decision) => {
    const known = new Set(signalsOf(cause).map(({ id }) => id));
    for (const id of Object.keys(decision.says)) expect(known, "a signal of this cause").toContain(id);
    expect(decided(cause, decision)).toEqual({ status, ...(decision.later && { later: decision.later }) });
  });

  it("is never ruled out by an answer that is unclear or unknown", () => {
    for (const { signal, answers } of cause.rejects) {
      expect(answers, signal.id).not.toContain("unclear");
      expect(answers, signal.id).not.toContain("unknown");
    }
  });
});

it.each(playbooks.map((one) => [one.judges, one] as const))(
  "%s: every pair of causes is told apart, or declared alike",
  (_, { causes: all }) => {
    const open = differential(all).alike.filter(({ declared }) => declared === null);
    expect(open.map(({ causes: pair }) => pair.join(" and "))).toEqual([]);
  },
);
