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
