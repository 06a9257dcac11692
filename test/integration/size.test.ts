import { expect, inject, test } from "vitest";
import { Served } from "./served.ts";

/*
 * A load balancer with 100 target groups and a cluster of 5,000 pods and 2,000 services, against the small incident:
 * time and memory of the built command line, as ratios. The server is a process of its own.
 */

/** The bound for the whole process. */
const MOST_MEMORY = 300 * 2 ** 20;

async function measured(size: "small" | "large" | "worst") {
  const served = await Served.start(size);
  try {
    // The first run warms the server, which makes its answers when they are first asked for.
    await served.run(inject("bin"), "--json");
    const { milliseconds, memory, stdout, stderr } = await served.run(inject("bin"), "--json", "--verbose");
    const { verdict, gaps, findings } = JSON.parse(stdout);
    return { milliseconds, memory, cause: verdict.rootCause, gaps, findings, cost: stderr.trim().split("\n").at(-1) };
  } finally {
    served.close();
  }
}

const told = ({ milliseconds, memory, cost }: Awaited<ReturnType<typeof measured>>) =>
  `${Math.round(milliseconds)} ms, ${Math.round(memory / 2 ** 20)} MB; ${cost}`;

test("a large cluster costs memory below 300 MB, and finds the same", { timeout: 300_000 }, async () => {
  const small = await measured("small");
  const large = await measured("large");
  const worst = await measured("worst");
  const ratios = ({ milliseconds, memory }: typeof small) =>
    `time ×${(milliseconds / small.milliseconds).toFixed(1)}, memory ×${(memory / small.memory).toFixed(1)}`;
  console.log(
    `small: ${told(small)}\nlarge: ${told(large)}; ${ratios(large)}\nall 5,000 pods behind one Service: ${told(worst)}; ${ratios(worst)}`,
  );
  for (const [one, pods] of [
    [large, 500],
    [worst, 5_000],
  ] as const) {
    expect(one.gaps.map(({ what }: { what: string }) => what)).toEqual([
      expect.stringContaining("the access log is off"),
    ]);
    expect(one.cause).toBe(small.cause);
    expect(one.findings.find(({ id }: { id: string }) => id === "workload.pods")?.measures.pods).toBe(pods);
  }
  expect(large.memory).toBeLessThan(MOST_MEMORY);
  expect(worst.memory).toBeLessThan(MOST_MEMORY);
});
