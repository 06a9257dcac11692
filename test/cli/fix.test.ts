import { expect, test } from "vitest";
import { emptyFolder, lbdoctor } from "./lbdoctor.ts";

const alarmOf = { "worker-ceiling": "k8s-api-prod-core-7db0ccf2c3-target-response-time" } as const;

test("fix prints each change of the latest session with its command, checks and rollback", async () => {
  const state = emptyFolder();
  const fixture = "fixtures/worker-ceiling";
  const { stdout: json } = await lbdoctor(["investigate", alarmOf["worker-ceiling"], "--fixture", fixture, "--json"], {
    state,
  });
  const { fixes } = JSON.parse(json) as { fixes: { title: string; changes: { command: string }[] }[] };
  const { stdout, code } = await lbdoctor(["fix"], { state });
  expect(code).toBe(0);
  expect(fixes.length).toBeGreaterThan(1);
  for (const { title, changes } of fixes) {
    expect(stdout).toContain(title.slice(0, 60));
    for (const { command } of changes) expect(stdout).toContain(command);
  }
  for (const part of ["Prerequisites:", "Verification:", "Rollback:"]) expect(stdout).toContain(part);
});

test("fix says where nothing is proposed, and exits with 3", async () => {
  const state = emptyFolder();
  const fixture = "fixtures/measured/retry-storm";
  await lbdoctor(["investigate", "--fixture", fixture, "--json"], { state });
  const { stdout, code } = await lbdoctor(["fix"], { state });
  expect(code).toBe(3);
  expect(stdout).toContain("No cause is established, so no change is proposed");
});
