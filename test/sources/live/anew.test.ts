import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rig, SAMPLES, sampleSource } from "./rig.ts";

test("a login that was missing is seen when the source is asked anew, and the requests are counted on", async () => {
  const { loopback, live: known, folder } = await rig({ source: sampleSource });
  const kubeconfig = join(folder, "later");
  const { live } = await rig({ source: sampleSource }, { kubeconfig });
  const { question } = SAMPLES.kubernetes;
  expect(await live.ask(question)).toMatchObject({ status: "failed", failure: { kind: "unauthenticated" } });
  writeFileSync(kubeconfig, loopback.kubeconfig);
  const again = live.anew();
  expect(await again.ask(question)).toMatchObject({ status: "answered" });
  expect(again.tally).toBe(live.tally);
  expect(again.tally).not.toBe(known.tally);
});
