import { expect, it } from "vitest";
import { emptyFolder, lbdoctor } from "./lbdoctor.ts";

it("says of nothing that it may be read where there are neither credentials nor a region nor a cluster", async () => {
  const home = emptyFolder();
  const environment = { HOME: home, AWS_EC2_METADATA_DISABLED: "true" };
  const { code, stdout } = await lbdoctor(["doctor", "--json"], { environment });
  const checks: { name: string; state: string }[] = JSON.parse(stdout).checks;
  const permissions = checks.filter(({ name }) => name.startsWith("may "));
  expect(permissions.length).toBeGreaterThan(5);
  for (const { name, state } of permissions) expect(state, name).toBe("failed");
  expect(code).toBe(5);
});

it("tells a reason that several checks fail for once, with all their names", async () => {
  const environment = { HOME: emptyFolder(), AWS_EC2_METADATA_DISABLED: "true" };
  const [page, json] = await Promise.all([
    lbdoctor(["doctor"], { environment }),
    lbdoctor(["doctor", "--json"], { environment }),
  ]);
  const lines = page.stdout.split("\n");
  expect(lines.filter((line) => line.includes("there is no kubeconfig"))).toHaveLength(1);
  const checks: { name: string }[] = JSON.parse(json.stdout).checks;
  const own = lines.flatMap((line) => /^(?:ok|note|FAILED) +(\S+(?: \S+)*)/.exec(line)?.[1] ?? []);
  const blocked = page.stdout.replace(/\n +(?!→|also)/g, " ").match(/(?<=also blocked: ).+/g) ?? [];
  const beside = blocked.flatMap((names) => names.split(", "));
  expect(beside.length).toBeGreaterThan(5);
  const told = [...own, ...beside].map((name) => name.replace(/^may /, ""));
  expect(told.toSorted()).toEqual(checks.map(({ name }) => name.replace(/^may /, "")).toSorted());
});

it("fits the 100 columns of a page, and says what to do under each failure", async () => {
  const environment = { HOME: emptyFolder(), AWS_EC2_METADATA_DISABLED: "true" };
  const { stdout } = await lbdoctor(["doctor"], { environment });
  const lines = stdout.trimEnd().split("\n");
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
  expect(stdout.match(/^FAILED/gm)?.length).toBe(stdout.match(/^ +→ /gm)?.length);
});
