import { expect, it } from "vitest";
import { withDiffs } from "../../src/manifests/diffs.ts";
import { manifestsOf } from "../../src/manifests/documents.ts";
import type { Change, Fix } from "../../src/model/judgement.ts";
import type { Session } from "../../src/model/session.ts";
import { plainPage } from "../../src/output/plain.ts";
import { fixSection } from "../../src/output/postmortem/sections/fix.ts";
import { session } from "../output/session.ts";

const COMMAND = "kubectl patch deployment data-service -n shop --type=merge -p '…'";

function fix(change: Partial<Change>): Fix {
  const whole = { target: "Deployment shop/data-service", patch: "{}", command: COMMAND, ...change };
  const words = { id: "more", for: [], title: "more pods", why: "too few", risk: "" };
  return { ...words, changes: [whole], preconditions: [], verify: [], rollback: [] };
}

const DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: data-service\nspec:\n  replicas: 4\n";
const PATCH = JSON.stringify({ spec: { replicas: 6 } });

function diffed(text: string, change: Partial<Change> = {}): Change {
  const [one] = withDiffs([fix({ patch: PATCH, ...change })], manifestsOf([{ path: "a b.yaml", text }]));
  const [first] = one?.changes ?? [];
  if (!first) throw new Error("the change is gone");
  return first;
}

it("a namespace that a manifest does not name is whichever it is applied to, and the page says so", () => {
  const { diff, manifest } = diffed(DEPLOYMENT);
  expect(manifest).toBe("it is in a b.yaml, which names no namespace");
  expect(diff).toContain("-  replicas: 4\n+  replicas: 6\n");
  const other = diffed(DEPLOYMENT.replace("service\n", "service\n  namespace: other\n"));
  expect(other).toMatchObject({ manifest: "none of the folder's manifests has it (1 were read)" });
});

it("of two documents the one that names the namespace is meant", () => {
  const named = DEPLOYMENT.replace("service\n", "service\n  namespace: shop\n");
  expect(diffed(`${DEPLOYMENT}---\n${named}`).diff).toContain("@@ -11,4 +11,4 @@");
});

it("what is no object of Kubernetes, or no patch, stays as it is", () => {
  for (const change of [{ target: "alarm slow" }, { patch: "image: data-service:v1" }])
    expect(diffed(DEPLOYMENT, change)).toEqual(fix({ patch: PATCH, ...change }).changes[0]);
});

it("under GitOps the diff is what is offered, and no command", () => {
  const fixes = [{ ...fix({}), changes: [diffed(DEPLOYMENT)] }];
  const by = (appliedBy: string) =>
    session({ fixes, facts: { ...session().facts, workload: { appliedBy } } as Session["facts"] });
  const commands = (one: Session) =>
    fixSection(one).blocks.flatMap((block) => (block.kind === "code" ? [block.language] : []));
  expect(commands(by("argocd"))).toEqual(["json", "diff"]);
  expect(commands(by("kubectl"))).toEqual(["json", "sh", "diff"]);
  const style = { width: 100, color: false };
  expect(plainPage(by("flux"), style)).toContain("DIFF      GitOps would take a live patch back: commit these diffs");
  expect(plainPage(by("kubectl"), style)).toContain("DIFF      For git apply");
});
